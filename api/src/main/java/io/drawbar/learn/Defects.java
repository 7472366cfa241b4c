package io.drawbar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Counts of what cannot be fitted to: rows with a null, and, in rows without one, values that are
 * NaN or infinite, by column; the last column is the label.
 */
final class Defects {
  long rows;
  long nullFeatures;
  long nullLabels;
  final long[] notNumbers;
  final long[] infinities;

  Defects(int columns) {
    notNumbers = new long[columns];
    infinities = new long[columns];
  }

  /** Counts a value if it is not finite. */
  void inspect(int column, double value) {
    if (value != value) {
      notNumbers[column]++;
    } else if (Double.isInfinite(value)) {
      infinities[column]++;
    }
  }

  /** Whether a value was NaN or infinite. */
  boolean hasValues() {
    return LongStream.concat(LongStream.of(notNumbers), LongStream.of(infinities)).sum() > 0;
  }

  void add(Defects other) {
    rows += other.rows;
    nullFeatures += other.nullFeatures;
    nullLabels += other.nullLabels;
    for (int i = 0; i < notNumbers.length; i++) {
      notNumbers[i] += other.notNumbers[i];
      infinities[i] += other.infinities[i];
    }
  }

  void clear() {
    rows = 0;
    nullFeatures = 0;
    nullLabels = 0;
    Arrays.fill(notNumbers, 0);
    Arrays.fill(infinities, 0);
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    if (rows == 0) {
      return;
    }
    out.writeLong(nullFeatures);
    out.writeLong(nullLabels);
    for (int i = 0; i < notNumbers.length; i++) {
      out.writeLong(notNumbers[i]);
      out.writeLong(infinities[i]);
    }
  }

  static Defects decode(DataInput in, int columns) throws IOException {
    Defects defects = new Defects(columns);
    defects.rows = count(in);
    if (defects.rows == 0) {
      return defects;
    }
    defects.nullFeatures = count(in);
    defects.nullLabels = count(in);
    for (int i = 0; i < columns; i++) {
      defects.notNumbers[i] = count(in);
      defects.infinities[i] = count(in);
    }
    return defects;
  }

  private static long count(DataInput in) throws IOException {
    long count = in.readLong();
    if (count < 0) {
      throw new IOException("moments: a count is " + count);
    }
    return count;
  }
}
