package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * First and second moments of features by class, in one pass.
 *
 * @param columns features, label and, if there is one, weight
 * @param classes how many labels there are, from 0
 * @param elements how many the features have
 */
record ClassMomentKernel(List<String> columns, int classes, int elements)
    implements LeafKernel<ClassMoments> {
  private static final long serialVersionUID = 1;

  @Override
  public ClassMoments identity() {
    return new ClassMoments(classes, elements);
  }

  @Override
  public BlockFold<ClassMoments> open() {
    return new ClassMomentFold(classes, elements);
  }

  @Override
  public ClassMoments decode(DataInput in) throws IOException {
    return ClassMoments.decode(in, classes, elements);
  }
}
