package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * Fisher's information of the classes after the first, in coordinates, at a place.
 *
 * @param columns features, label and, if there is one, weight
 * @param classes how many there are
 * @param varying the elements that count, ascending
 * @param place where
 */
record InformationKernel(
    List<String> columns, int classes, Coordinates coordinates, int[] varying, double[] place)
    implements LeafKernel<InformationSums> {
  private static final long serialVersionUID = 1;

  /** Coefficients of a margin. */
  int width() {
    return InformationPairs.width(coordinates, varying.length);
  }

  /** Pairs of margins, times pairs of coefficients, both with themselves. */
  int size() {
    return InformationPairs.size(classes - 1, width());
  }

  @Override
  public InformationSums identity() {
    return new InformationSums(size());
  }

  @Override
  public BlockFold<InformationSums> open() {
    return new InformationFold(this);
  }

  @Override
  public InformationSums decode(DataInput in) throws IOException {
    return InformationSums.decode(in, size());
  }
}
