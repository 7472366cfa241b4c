package io.drawbar.iterate;

import io.drawbar.column.Batch;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Takes the {@link DataFingerprint} of some columns, and nothing else.
 *
 * @param columns their names
 */
public record FingerprintKernel(List<String> columns) implements LeafKernel<DataFingerprint> {
  private static final long serialVersionUID = 1;

  /** Copies the names. */
  public FingerprintKernel {
    columns = List.copyOf(columns);
  }

  @Override
  public DataFingerprint identity() {
    return new DataFingerprint();
  }

  @Override
  public BlockFold<DataFingerprint> open() {
    DataFingerprint block = new DataFingerprint();
    return new BlockFold<>() {
      @Override
      public void batch(Batch batch) {
        block.add(batch);
      }

      @Override
      public void endBlock(DataFingerprint into) {
        into.merge(block);
        block.clear();
      }
    };
  }

  @Override
  public DataFingerprint decode(DataInput in) throws IOException {
    return DataFingerprint.decode(in);
  }
}
