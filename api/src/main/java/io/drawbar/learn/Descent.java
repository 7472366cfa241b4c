package io.drawbar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a descent is: the state of the supersteps of {@link QuasiNewton}.
 *
 * @param step how many places have been evaluated
 * @param baseStep when the base was: a number that tells places apart
 * @param base the best place so far
 * @param value the objective there
 * @param gradient that of the objective without magnitudes there
 * @param steepness the largest slope there, magnitudes included
 * @param candidate the place that is evaluated next
 * @param trials shares of the way from the base to the candidate, ascending, at which the loss is
 *     evaluated, too
 * @param rejected how many candidates in a row were no better than the base
 * @param moves the last steps from base to base
 * @param turns what each changed in the gradient
 * @param values the objective at the base after each step, the first at the beginning: for people
 * @param look what the next look at the rows is to find out
 * @param curvature the second derivatives of the loss near the base, as the last look for them has
 *     found them: the upper triangle, packed by rows; empty if there has been none
 * @param corrections one a coordinate, of those looks: see {@link Curvature#corrections}; empty as
 *     well
 */
record Descent(
    Ending ending,
    int step,
    int baseStep,
    double[] base,
    double value,
    double[] gradient,
    double steepness,
    double[] candidate,
    double[] trials,
    int rejected,
    List<double[]> moves,
    List<double[]> turns,
    List<Double> values,
    Look look,
    double[] curvature,
    double[] corrections) {
  /** Why there is no next step, if there is none. */
  enum Ending {
    /** There is one. */
    NONE,
    /** The slope is as small as was asked for. */
    SETTLED,
    /** No step that doubles can tell apart is better. */
    STALLED,
    /** All rows are on the right side: the further, the better, without end. */
    SEPARATED
  }

  /** What the rows are looked at for. */
  enum Look {
    /** The loss at the candidate, and how it slopes there. */
    LOSS,
    /** How it slopes and, by a sample, how it curves there. */
    LOSS_AND_CURVATURE,
    /** How it slopes and how it curves there, over all rows. */
    LOSS_AND_ALL_CURVATURE,
    /** By a sample, how it curves there, where the rest is known. */
    CURVATURE;

    boolean isAtLoss() {
      return this != CURVATURE;
    }

    boolean isAtCurvature() {
      return this != LOSS;
    }
  }

  /** The values with one more. */
  List<Double> followedBy(double next) {
    List<Double> all = new ArrayList<>(values);
    all.add(next);
    return all;
  }

  Descent ended(Ending ending) {
    return new Descent(
        ending,
        step,
        baseStep,
        base,
        value,
        gradient,
        steepness,
        candidate,
        trials,
        rejected,
        moves,
        turns,
        values,
        look,
        curvature,
        corrections);
  }

  void encode(DataOutput out) throws IOException {
    out.writeByte(ending.ordinal());
    out.writeInt(step);
    out.writeInt(baseStep);
    out.writeDouble(value);
    out.writeDouble(steepness);
    out.writeInt(rejected);
    write(out, base);
    write(out, gradient);
    write(out, candidate);
    out.writeInt(trials.length);
    write(out, trials);
    out.writeInt(moves.size());
    for (int i = 0; i < moves.size(); i++) {
      write(out, moves.get(i));
      write(out, turns.get(i));
    }
    out.writeInt(values.size());
    for (double past : values) {
      out.writeDouble(past);
    }
    out.writeByte(look.ordinal());
    out.writeBoolean(curvature.length > 0);
    write(out, curvature);
    write(out, corrections);
  }

  static Descent decode(DataInput in, int size) throws IOException {
    int ending = in.readUnsignedByte();
    if (ending >= Ending.values().length) {
      throw new IOException("a descent that ended as " + ending);
    }
    int step = in.readInt();
    int baseStep = in.readInt();
    double value = in.readDouble();
    double steepness = in.readDouble();
    int rejected = in.readInt();
    double[] base = read(in, size);
    double[] gradient = read(in, size);
    double[] candidate = read(in, size);
    double[] trials = read(in, count(in, QuasiNewton.MOST_TRIALS));
    List<double[]> moves = new ArrayList<>();
    List<double[]> turns = new ArrayList<>();
    int pairs = count(in, QuasiNewton.MEMORY);
    for (int i = 0; i < pairs; i++) {
      moves.add(read(in, size));
      turns.add(read(in, size));
    }
    List<Double> values = new ArrayList<>();
    for (int left = count(in, Math.max(0, step) + 1); left > 0; left--) {
      // One after the other: a step count that is wrong allocates nothing.
      values.add(in.readDouble());
    }
    int look = in.readUnsignedByte();
    if (look >= Look.values().length) {
      throw new IOException("a descent that looks for " + look);
    }
    boolean isKnown = in.readBoolean();
    if (isKnown && size > Curvature.MOST) {
      throw new IOException("a curvature of " + size + " coordinates");
    }
    double[] curvature = read(in, isKnown ? Curvature.packedLength(size) : 0);
    double[] corrections = read(in, isKnown ? size : 0);
    return new Descent(
        Ending.values()[ending],
        step,
        baseStep,
        base,
        value,
        gradient,
        steepness,
        candidate,
        trials,
        rejected,
        moves,
        turns,
        values,
        Look.values()[look],
        curvature,
        corrections);
  }

  private static int count(DataInput in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("a descent with %s of at most %s".formatted(count, most));
    }
    return count;
  }

  private static void write(DataOutput out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static double[] read(DataInput in, int size) throws IOException {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
