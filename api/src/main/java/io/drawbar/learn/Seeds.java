package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Of the points that were offered, those with the lowest keys, lowest first; equal keys go by the
 * points themselves, and a point that comes twice with the same key is one. So what is kept of some
 * blocks is a function of their rows, in whatever tree they were merged.
 */
final class Seeds implements Partial<Seeds> {
  /** A point and its key. */
  record Seed(double key, double[] point) implements Comparable<Seed> {
    @Override
    public int compareTo(Seed other) {
      int byKey = Double.compare(key, other.key);
      return byKey != 0 ? byKey : Arrays.compare(point, other.point);
    }
  }

  private final int most;
  private final TreeSet<Seed> seeds = new TreeSet<>();

  /**
   * None yet.
   *
   * @param most how many are kept, at least 1
   */
  Seeds(int most) {
    this.most = most;
  }

  /** What was kept, lowest first. */
  List<Seed> seeds() {
    return List.copyOf(seeds);
  }

  /** A key beyond which nothing is kept. */
  double bound() {
    return seeds.size() == most ? seeds.last().key() : Double.POSITIVE_INFINITY;
  }

  void offer(Seed seed) {
    if (seed.key() <= bound() && seeds.add(seed) && seeds.size() > most) {
      seeds.pollLast();
    }
  }

  void clear() {
    seeds.clear();
  }

  @Override
  public void merge(Seeds other) {
    other.seeds.forEach(this::offer);
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
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param most how many there may be
   */
  static Seeds decode(DataInput in, int elements, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException("seeds: %s where %s is the most".formatted(count, most));
    }
    List<Seed> read = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double key = in.readDouble();
      double[] point = new double[elements];
      for (int j = 0; j < elements; j++) {
        point[j] = in.readDouble();
      }
      read.add(new Seed(key, point));
    }
    Seeds seeds = new Seeds(most);
    read.forEach(seeds::offer);
    return seeds;
  }
}
