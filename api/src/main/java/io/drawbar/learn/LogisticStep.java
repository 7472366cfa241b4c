package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.Superstep;
import io.drawbar.math.Logarithm;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A superstep of a logistic regression: one look at the rows.
 *
 * @param describe the trainer
 * @param columns features, label and, if there is one, weight
 * @param classes how many there are
 * @param coordinates in which the loss is made smaller
 * @param descent how
 * @param weight of all rows
 * @param mostSteps how many supersteps there are at most
 * @param stride of how many rows one is looked at for the curvature
 */
record LogisticStep(
    String describe,
    List<String> columns,
    int classes,
    Coordinates coordinates,
    QuasiNewton descent,
    double weight,
    int mostSteps,
    int stride)
    implements Superstep<Descent, LogisticSums> {
  private static final long serialVersionUID = 1;

  private static final double[] NOTHING = {};

  /** How many sums there are, with room for all trials that there can be. */
  static int mostSums(Coordinates coordinates) {
    return coordinates.size() + 1 + 2 * QuasiNewton.MOST_TRIALS;
  }

  /** The weight of the rows that are looked at for the curvature, and how the loss curves there. */
  static int curvatureSums(Coordinates coordinates) {
    int width = InformationPairs.width(coordinates, coordinates.elements());
    return 1 + InformationPairs.size(coordinates.margins(), width);
  }

  @Override
  public LogisticSums identity() {
    return new LogisticSums(mostSums(coordinates));
  }

  @Override
  public LogisticSums decode(DataInput in) throws IOException {
    boolean curves = coordinates.size() <= Curvature.MOST;
    return LogisticSums.decode(in, mostSums(coordinates), curves ? curvatureSums(coordinates) : 0);
  }

  @Override
  public BlockFold<LogisticSums> open(Descent state) {
    return new LogisticFold(coordinates, classes, stride, state);
  }

  @Override
  public Descent next(Descent state, LogisticSums total) {
    double[] curvature = state.look().isAtCurvature() ? curvature(total) : NOTHING;
    if (!state.look().isAtLoss()) {
      return descent.next(state, curvature, corrections(curvature));
    }
    double[] sums = total.sums.round();
    int at = coordinates.size();
    if (descent.penalty().isNone() && total.least > 0) {
      return state.ended(Descent.Ending.SEPARATED);
    }
    double[] losses = new double[state.trials().length];
    double[] slopes = new double[losses.length];
    for (int t = 0; t < losses.length; t++) {
      losses[t] = sums[at + 1 + 2 * t] / weight;
      slopes[t] = sums[at + 2 + 2 * t] / weight;
    }
    double[] gradient = coordinates.gradient(sums, weight);
    return descent.next(state, sums[at] / weight, gradient, losses, slopes, curvature);
  }

  /**
   * The mean curvature of the loss over the rows that were looked at for it; empty if they say
   * nothing.
   */
  double[] curvature(LogisticSums total) {
    if (total.curvature == null) {
      return NOTHING;
    }
    double[] sums = total.curvature(curvatureSums(coordinates)).round();
    int elements = coordinates.elements();
    int width = InformationPairs.width(coordinates, elements);
    double[] packed = new double[Curvature.packedLength(coordinates.size())];
    int at = 1;
    for (int a = 0; a < coordinates.margins(); a++) {
      for (int b = a; b < coordinates.margins(); b++) {
        for (int i = 0; i < width; i++) {
          for (int j = i; j < width; j++, at++) {
            double mean = sums[at] / sums[0];
            if (!Double.isFinite(mean)) {
              return NOTHING;
            }
            set(packed, a * coordinates.stride() + i, b * coordinates.stride() + j, mean);
            if (a < b) {
              set(packed, a * coordinates.stride() + j, b * coordinates.stride() + i, mean);
            }
          }
        }
      }
    }
    return packed;
  }

  private void set(double[] packed, int row, int column, double value) {
    packed[Curvature.at(row, column, coordinates.size())] = value;
  }

  private double[] corrections(double[] packed) {
    if (packed.length == 0) {
      return NOTHING;
    }
    return stride > 1
        ? Curvature.corrections(packed, descent.curvature(), coordinates)
        : descent.ones();
  }

  @Override
  public boolean isDone(Descent state) {
    return state.ending() != Descent.Ending.NONE || state.step() >= mostSteps;
  }

  @Override
  public boolean hasRunOut(Descent last) {
    return last.ending() == Descent.Ending.NONE;
  }

  @Override
  public void encodeState(Descent state, DataOutput out) throws IOException {
    state.encode(out);
  }

  @Override
  public Descent decodeState(DataInput in) throws IOException {
    return Descent.decode(in, coordinates.size());
  }

  @Override
  public OptionalInt mostSupersteps() {
    return OptionalInt.of(mostSteps);
  }

  /** A descent of limited memory is linear: its slope falls by about the same factor each time. */
  @Override
  public OptionalDouble distance(Descent state) {
    double left = Logarithm.log(state.steepness() / descent.tolerance());
    return Double.isFinite(left) ? OptionalDouble.of(Math.max(0, left)) : OptionalDouble.empty();
  }

  @Override
  public OptionalDouble loss(Descent state) {
    return OptionalDouble.of(state.value());
  }
}
