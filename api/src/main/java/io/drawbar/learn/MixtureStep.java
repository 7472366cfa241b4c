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
 * A round of expectation and maximisation: rows are shared out among components in the proportion
 * of their densities, and each component takes the mean and the covariances of its shares. The
 * first round shares rows out by the nearest mean; the last one only measures.
 *
 * @param describe the trainer
 * @param features the vector column
 * @param elements how many it has
 * @param components how many there are
 * @param shape which covariances they have
 * @param rows how many rows there are
 * @param floors what is added to the variance of each element
 * @param tolerance by how much the mean log-likelihood of a row changes at the end, at most
 * @param most how many rounds there are at most
 */
record MixtureStep(
    String describe,
    String features,
    int elements,
    int components,
    CovarianceShape shape,
    long rows,
    List<Double> floors,
    double tolerance,
    int most)
    implements Superstep<Mixture, MixtureSums> {
  private static final long serialVersionUID = 1;

  @Override
  public List<String> columns() {
    return List.of(features);
  }

  /** How many numbers the covariances of a component are. */
  static int covariances(CovarianceShape shape, int elements) {
    return shape == CovarianceShape.FULL
        ? Math.toIntExact((long) elements * (elements + 1) / 2)
        : elements;
  }

  @Override
  public MixtureSums identity() {
    return new MixtureSums(shape, components, elements);
  }

  @Override
  public MixtureSums decode(DataInput in) throws IOException {
    return MixtureSums.decode(in, shape, components, elements);
  }

  @Override
  public BlockFold<MixtureSums> open(Mixture state) {
    return new MixtureFold(state, shape, elements);
  }

  @Override
  public Mixture next(Mixture state, MixtureSums total) {
    double[] sums = total.rounded();
    double likelihood = sums[sums.length - 1];
    if (state.phase() == Mixture.Phase.STARTING) {
      return maximised(state, sums, Double.NaN);
    }
    // The first time there is nothing to compare with: NaN is not less.
    boolean isSettled = Math.abs(likelihood - state.logLikelihood()) <= tolerance * rows;
    return isSettled || isEnough(state)
        ? state.done(likelihood)
        : maximised(state, sums, likelihood);
  }

  private Mixture maximised(Mixture state, double[] sums, double likelihood) {
    double[] weights = new double[components];
    double[][] means = new double[components][];
    double[][] covariances = new double[components][];
    int length = (sums.length - 1) / components;
    for (int k = 0; k < components; k++) {
      double share = sums[(k + 1) * length - 1];
      weights[k] = share / rows;
      if (!(share > 0)) {
        // What no row is left of stays where it is, and counts for nothing.
        means[k] = state.means()[k];
        covariances[k] = state.covariances()[k];
        continue;
      }
      ComponentMoments moments =
          shape == CovarianceShape.FULL
              ? ComponentMoments.full(sums, k * length, elements)
              : ComponentMoments.diagonal(sums, k * length, elements);
      means[k] = moments.mean(state.means()[k]);
      covariances[k] = moments.covariances(floors);
    }
    int superstep = state.superstep() + 1;
    try {
      NormalFactors.of(shape, weights, covariances, elements);
      return new Mixture(
          Mixture.Phase.MIXING, superstep, weights, means, covariances, likelihood, 0, 0);
    } catch (NormalFactors.NoWidthException e) {
      return new Mixture(
          Mixture.Phase.SINGULAR,
          superstep,
          weights,
          means,
          covariances,
          likelihood,
          e.component,
          e.element);
    }
  }

  @Override
  public boolean isDone(Mixture state) {
    return state.phase() == Mixture.Phase.DONE || state.phase() == Mixture.Phase.SINGULAR;
  }

  /** The likelihood of a mixture that has just been made is not known: see {@link #measuring}. */
  @Override
  public boolean mayEnd(Mixture state) {
    return state.phase() == Mixture.Phase.MIXING && !isEnough(state);
  }

  /** One that only measures has no more by its nature. */
  @Override
  public boolean hasRunOut(Mixture last) {
    return last.phase() == Mixture.Phase.DONE && isEnough(last) && most > 0;
  }

  /** A superstep that finds the likelihood of a mixture, and changes it no more. */
  MixtureStep measuring() {
    return new MixtureStep(
        describe + ", measured", features, elements, components, shape, rows, floors, tolerance, 0);
  }

  private boolean isEnough(Mixture state) {
    return state.superstep() > most;
  }

  @Override
  public OptionalInt mostSupersteps() {
    return OptionalInt.of((int) Math.min(most + 2L, Integer.MAX_VALUE));
  }

  /** Minus the mean log-likelihood of a row. */
  @Override
  public OptionalDouble loss(Mixture state) {
    return Double.isNaN(state.logLikelihood())
        ? OptionalDouble.empty()
        : OptionalDouble.of(-state.logLikelihood() / rows);
  }

  @Override
  public void encodeState(Mixture state, DataOutput out) throws IOException {
    state.encode(out);
  }

  @Override
  public Mixture decodeState(DataInput in) throws IOException {
    return Mixture.decode(in, components, elements, covariances(shape, elements));
  }
}
