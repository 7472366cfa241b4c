package io.drawbar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How far a mixture is.
 *
 * @param phase what the next superstep is for
 * @param superstep how many have ended
 * @param weights of the components; not changed
 * @param means of the components
 * @param covariances of the components, the upper triangle packed by rows, or the diagonal
 * @param logLikelihood of the rows, of the last mixture of which it is known; NaN before that
 * @param component which one has no width, if one has none
 * @param element the first element along which it has none
 */
record Mixture(
    Phase phase,
    int superstep,
    double[] weights,
    double[][] means,
    double[][] covariances,
    double logLikelihood,
    int component,
    int element) {
  /** What a superstep is for. */
  enum Phase {
    /** Each row belongs to the component whose mean is nearest; there are no covariances yet. */
    STARTING,

    /** Rows belong to components in the proportion of their densities. */
    MIXING,

    /** There is none: the likelihood is that of this mixture. */
    DONE,

    /** There is none: a component has no width in some direction. */
    SINGULAR
  }

  /** Before the first superstep. */
  static Mixture start(double[][] centres, int covariances) {
    int components = centres.length;
    return new Mixture(
        Phase.STARTING,
        0,
        new double[components],
        centres,
        new double[components][covariances],
        Double.NaN,
        0,
        0);
  }

  /** The same mixture, of which the likelihood is known, and which is the last. */
  Mixture done(double likelihood) {
    return new Mixture(
        Phase.DONE, superstep + 1, weights, means, covariances, likelihood, component, element);
  }

  void encode(DataOutput out) throws IOException {
    out.writeByte(phase.ordinal());
    out.writeInt(superstep);
    out.writeDouble(logLikelihood);
    out.writeInt(component);
    out.writeInt(element);
    for (int k = 0; k < weights.length; k++) {
      out.writeDouble(weights[k]);
      for (double value : means[k]) {
        out.writeDouble(value);
      }
      for (double value : covariances[k]) {
        out.writeDouble(value);
      }
    }
  }

  static Mixture decode(DataInput in, int components, int elements, int covariances)
      throws IOException {
    int phase = in.readUnsignedByte();
    int superstep = in.readInt();
    double likelihood = in.readDouble();
    int component = in.readInt();
    int element = in.readInt();
    boolean isKnown = component >= 0 && component < components;
    isKnown &= element >= 0 && element < elements;
    if (phase >= Phase.values().length || superstep < 0 || !isKnown) {
      throw new IOException(
          "a mixture in phase %s after superstep %s, component %s, element %s"
              .formatted(phase, superstep, component, element));
    }
    Mixture decoded = start(new double[components][elements], covariances);
    for (int k = 0; k < components; k++) {
      decoded.weights[k] = in.readDouble();
      read(in, decoded.means[k]);
      read(in, decoded.covariances[k]);
    }
    return new Mixture(
        Phase.values()[phase],
        superstep,
        decoded.weights,
        decoded.means,
        decoded.covariances,
        likelihood,
        component,
        element);
  }

  private static void read(DataInput in, double[] values) throws IOException {
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
  }
}
