package io.drawbar.feature;

import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The least and the greatest value of each element of vectors; NaN counts as infinite. */
final class Extents implements Partial<Extents> {
  private final double[] least;
  private final double[] greatest;
  private long rows;
  private long nulls;

  Extents(int elements) {
    least = new double[elements];
    greatest = new double[elements];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
  }

  int elements() {
    return least.length;
  }

  long rows() {
    return rows;
  }

  long nulls() {
    return nulls;
  }

  void addRows(long more) {
    rows += more;
  }

  void addNull() {
    nulls++;
  }

  void add(int element, double value) {
    if (value != value) {
      least[element] = Double.NEGATIVE_INFINITY;
      greatest[element] = Double.POSITIVE_INFINITY;
    }
    if (value < least[element]) {
      least[element] = value;
    }
    if (value > greatest[element]) {
      greatest[element] = value;
    }
  }

  /** The least value; never -0.0. */
  double least(int element) {
    return least[element] + 0.0;
  }

  /** The greatest value; never -0.0. */
  double greatest(int element) {
    return greatest[element] + 0.0;
  }

  /** Whether there was a value, and all of them were finite. */
  boolean isFinite(int element) {
    return Double.isFinite(least[element]) && Double.isFinite(greatest[element]);
  }

  @Override
  public void merge(Extents other) {
    rows += other.rows;
    nulls += other.nulls;
    for (int j = 0; j < least.length; j++) {
      if (other.least[j] < least[j]) {
        least[j] = other.least[j];
      }
      if (other.greatest[j] > greatest[j]) {
        greatest[j] = other.greatest[j];
      }
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(nulls);
    for (int j = 0; j < least.length; j++) {
      out.writeDouble(least(j));
      out.writeDouble(greatest(j));
    }
  }

  static Extents decode(DataInput in, int elements) throws IOException {
    Extents extents = new Extents(elements);
    extents.rows = in.readLong();
    extents.nulls = in.readLong();
    if (extents.rows < 0 || extents.nulls < 0) {
      throw new IOException(
          "extents of %s rows and %s nulls".formatted(extents.rows, extents.nulls));
    }
    for (int j = 0; j < elements; j++) {
      extents.least[j] = in.readDouble();
      extents.greatest[j] = in.readDouble();
    }
    return extents;
  }
}
