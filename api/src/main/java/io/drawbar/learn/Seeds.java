package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Of the points that were offered, those with the lowest keys, each once, lowest first; and how
 * many rows are nearest to each known candidate.
 *
 * <p>A point that is there several times counts with its lowest key; equal keys go by the points
 * themselves. So what is kept of some blocks is a function of their rows, in whatever tree they
 * were merged.
 */
final class Seeds implements Partial<Seeds> {
  /** A point and its key. */
  record Seed(double key, double[] point) {
    int compareTo(Seed other) {
      int byKey = Double.compare(key, other.key);
      return byKey != 0 ? byKey : Arrays.compare(point, other.point);
    }
  }

  private final int most;
  private final List<Seed> seeds = new ArrayList<>();
  private long[] weights = new long[0];

  /**
   * None yet.
   *
   * @param most how many are kept, at least 1
   */
  Seeds(int most) {
    this.most = most;
  }

  List<Seed> seeds() {
    return seeds;
  }

  /** How many rows are nearest to each candidate; empty where none was weighed. */
  long[] weights() {
    return weights;
  }

  /** Adds rows to those that are nearest to the first candidates. */
  void add(long[] more) {
    if (weights.length < more.length) {
      weights = Arrays.copyOf(weights, more.length);
    }
    for (int c = 0; c < more.length; c++) {
      weights[c] += more[c];
    }
  }

  /** A key from which on nothing is kept. */
  double bound() {
    return seeds.size() == most ? seeds.get(most - 1).key() : Double.POSITIVE_INFINITY;
  }

  void offer(Seed seed) {
    int place = 0;
    int end = seeds.size();
    while (place < end) {
      int middle = (place + end) >>> 1;
      if (seeds.get(middle).compareTo(seed) < 0) {
        place = middle + 1;
      } else {
        end = middle;
      }
    }
    if (place == most || find(seed.point(), 0, place) >= 0) {
      return;
    }
    int higher = find(seed.point(), place, seeds.size());
    if (higher >= 0) {
      seeds.remove(higher);
    } else if (seeds.size() == most) {
      seeds.remove(most - 1);
    }
    seeds.add(place, seed);
  }

  private int find(double[] point, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Arrays.equals(seeds.get(i).point(), point)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void merge(Seeds other) {
    other.seeds.forEach(this::offer);
    add(other.weights);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeInt(seeds.size());
    for (Seed seed : seeds) {
      out.writeDouble(seed.key());
      for (double value : seed.point()) {
        out.writeDouble(value);
      }
    }
    out.writeInt(weights.length);
    for (long weight : weights) {
      out.writeLong(weight);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param most how many seeds, and how many candidates, there may be
   */
  static Seeds decode(DataInput in, int elements, int mostSeeds, int mostCandidates)
      throws IOException {
    int count = count(in, mostSeeds);
    List<Seed> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double key = in.readDouble();
      double[] point = new double[elements];
      for (int j = 0; j < elements; j++) {
        point[j] = in.readDouble();
      }
      read.add(new Seed(key, point));
    }
    Seeds seeds = new Seeds(mostSeeds);
    read.forEach(seeds::offer);
    long[] weights = new long[count(in, mostCandidates)];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = in.readLong();
    }
    seeds.add(weights);
    return seeds;
  }

  private static int count(DataInput in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("seeds: %s where %s is the most".formatted(count, most));
    }
    return count;
  }
}
