package io.drawbar.learn;

import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.Superstep;
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
 */
record LogisticStep(
    String describe,
    List<String> columns,
    int classes,
    Coordinates coordinates,
    QuasiNewton descent,
    double weight,
    int mostSteps)
    implements Superstep<Descent, LogisticSums> {
  private static final long serialVersionUID = 1;

  /** How many sums there are, with room for all trials that there can be. */
  static int mostSums(Coordinates coordinates) {
    return coordinates.size() + 1 + 2 * QuasiNewton.MOST_TRIALS;
  }

  @Override
  public LogisticSums identity() {
    return new LogisticSums(mostSums(coordinates));
  }

  @Override
  public LogisticSums decode(DataInput in) throws IOException {
    return LogisticSums.decode(in, mostSums(coordinates));
  }

  @Override
  public BlockFold<LogisticSums> open(Descent state) {
    return new LogisticFold(coordinates, classes, state);
  }

  @Override
  public Descent next(Descent state, LogisticSums total) {
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
    return descent.next(state, sums[at] / weight, gradient, losses, slopes);
  }

  @Override
  public boolean isDone(Descent state) {
    return state.ending() != Descent.Ending.NONE || state.step() >= mostSteps;
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

  @Override
  public OptionalDouble loss(Descent state) {
    return OptionalDouble.of(state.value());
  }
}
