package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Sums of features by class, in one pass.
 *
 * @param columns features, label and, if there is one, weight
 * @param classes how many labels there are, from 0
 * @param elements how many the features have
 * @param distribution that of the elements, which says what is summed up
 */
record ClassSumKernel(List<String> columns, int classes, int elements, Distribution distribution)
    implements LeafKernel<ClassSums> {
  private static final long serialVersionUID = 1;

  @Override
  public ClassSums identity() {
    return new ClassSums(classes, elements, distribution);
  }

  @Override
  public BlockFold<ClassSums> open() {
    return new ClassSumFold(classes, elements, distribution);
  }

  @Override
  public ClassSums decode(DataInput in) throws IOException {
    return ClassSums.decode(in, classes, elements, distribution);
  }
}
