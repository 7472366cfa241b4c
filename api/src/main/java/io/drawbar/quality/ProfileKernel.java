package io.drawbar.quality;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.type.DataType;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Counts what a profile says of columns.
 *
 * @param columns their names
 * @param types their types
 */
record ProfileKernel(List<String> columns, List<DataType> types)
    implements LeafKernel<ProfileTally> {
  private static final long serialVersionUID = 1;

  @Override
  public ProfileTally identity() {
    return new ProfileTally(types);
  }

  @Override
  public ProfileTally decode(DataInput in) throws IOException {
    return ProfileTally.decode(in, types);
  }

  /*
   * All that is counted is a function of the rows alone, blocks or not. A block leaves out what the
   * partial that blocks are added to has given up already, which is most of it when there are many
   * different values; a fold is asked for one partial, and it is an error if that were not so.
   */
  @Override
  public BlockFold<ProfileTally> open() {
    return new BlockFold<>() {
      private final ProfileTally block = identity();
      private ProfileTally whole;

      @Override
      public void batch(Batch batch) {
        block.add(batch);
      }

      @Override
      public void endBlock(ProfileTally into) {
        if (whole != null && whole != into) {
          throw new IllegalStateException("the blocks of one fold go into one partial");
        }
        whole = into;
        into.merge(block);
        block.clear(into);
      }
    };
  }
}
