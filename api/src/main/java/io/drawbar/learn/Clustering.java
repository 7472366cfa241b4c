package io.drawbar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How far k-means is.
 *
 * @param centres of each cluster; not changed
 * @param moved how far each centre has come from where it was a superstep before, at most
 * @param superstep how many have ended
 * @param phase what the next one is for
 * @param sizes how many rows each cluster had in the last
 * @param cost the sum of squared distances in the last
 * @param costs that of each superstep, for people
 */
record Clustering(
    double[][] centres,
    double[] moved,
    int superstep,
    Phase phase,
    long[] sizes,
    double cost,
    List<Double> costs) {
  /** What a superstep is for. */
  enum Phase {
    /** Centres move. */
    MOVING,

    /** Centres stay where they are, and rows are counted. */
    MEASURING,

    /** Nothing. */
    DONE
  }

  /** Before the first superstep. */
  static Clustering start(double[][] centres) {
    int clusters = centres.length;
    return new Clustering(
        centres,
        new double[clusters],
        0,
        Phase.MOVING,
        new long[clusters],
        Double.POSITIVE_INFINITY,
        List.of());
  }

  /** The same, whose centres stay where they are: one more superstep measures them. */
  Clustering still() {
    return new Clustering(centres, moved, superstep, Phase.MEASURING, sizes, cost, costs);
  }

  /** The costs with one more. */
  List<Double> followedBy(double next) {
    List<Double> all = new ArrayList<>(costs);
    all.add(next);
    return all;
  }

  void encode(DataOutput out) throws IOException {
    for (int c = 0; c < centres.length; c++) {
      for (double value : centres[c]) {
        out.writeDouble(value);
      }
      out.writeDouble(moved[c]);
      out.writeLong(sizes[c]);
    }
    out.writeInt(superstep);
    out.writeByte(phase.ordinal());
    out.writeDouble(cost);
    for (double past : costs) {
      out.writeDouble(past);
    }
  }

  static Clustering decode(DataInput in, int clusters, int elements) throws IOException {
    double[][] centres = new double[clusters][elements];
    double[] moved = new double[clusters];
    long[] sizes = new long[clusters];
    for (int c = 0; c < clusters; c++) {
      for (int j = 0; j < elements; j++) {
        centres[c][j] = in.readDouble();
      }
      moved[c] = in.readDouble();
      sizes[c] = in.readLong();
    }
    int superstep = in.readInt();
    int phase = in.readByte();
    if (superstep < 0 || phase < 0 || phase >= Phase.values().length) {
      throw new IOException("superstep %s, phase %s".formatted(superstep, phase));
    }
    double cost = in.readDouble();
    List<Double> costs = new ArrayList<>();
    for (int i = 0; i < superstep; i++) {
      costs.add(in.readDouble());
    }
    return new Clustering(centres, moved, superstep, Phase.values()[phase], sizes, cost, costs);
  }
}
