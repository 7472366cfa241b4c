package io.drawbar.quality;

import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is counted of numbers: all of it merges exactly. */
final class NumberTally {
  /** All whole numbers up to here are doubles, and so is each product of two. */
  private static final long EXACT = 1L << 53;

  private static final int SUM = 0;
  private static final int SQUARES = 1;

  private final NumberBins bins;
  private ExactSums sums = new ExactSums(2);
  private long count;
  private long zeros;
  private long negatives;
  private long notNumbers;
  private long infinities;
  private long negativeInfinities;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private long leastWhole = Long.MAX_VALUE;
  private long greatestWhole = Long.MIN_VALUE;

  NumberTally(int mostBins) {
    bins = new NumberBins(mostBins);
  }

  void add(double number) {
    if (number - number != 0) {
      addOther(number);
      return;
    }
    sums.add(SUM, number);
    sums.addProduct(SQUARES, number, number);
    addFinite(number);
  }

  void add(long number) {
    leastWhole = Math.min(leastWhole, number);
    greatestWhole = Math.max(greatestWhole, number);
    double rounded = number;
    if (number >= -EXACT && number <= EXACT) {
      sums.add(SUM, rounded);
      sums.addProduct(SQUARES, rounded, rounded);
    } else {
      double high = (double) (number >> 32) * 0x1p32;
      double low = number & 0xFFFF_FFFFL;
      sums.add(SUM, high);
      sums.add(SUM, low);
      sums.addProduct(SQUARES, high, high);
      sums.addProduct(SQUARES, high, 2 * low);
      sums.addProduct(SQUARES, low, low);
    }
    addFinite(rounded);
  }

  /** Counts 0.0 so many times. */
  void addZeros(long times) {
    if (times > 0) {
      count += times;
      zeros += times;
      least = Math.min(least, 0.0);
      greatest = Math.max(greatest, 0.0);
    }
  }

  private void addFinite(double number) {
    count++;
    if (number == 0) {
      zeros++;
    } else {
      bins.add(number, 1);
    }
    if (number < 0) {
      negatives++;
    }
    if (number < least) {
      least = number + 0.0;
    }
    if (number > greatest) {
      greatest = number + 0.0;
    }
  }

  private void addOther(double number) {
    if (number != number) {
      notNumbers++;
    } else if (number > 0) {
      infinities++;
    } else {
      negativeInfinities++;
    }
  }

  long leastWhole() {
    return leastWhole;
  }

  long greatestWhole() {
    return greatestWhole;
  }

  Distribution distribution() {
    return new Distribution(
        new Distribution.Counts(
            count, zeros, negatives, notNumbers, infinities, negativeInfinities),
        least,
        greatest,
        new Distribution.Moments(count, sums.exact(SUM), sums.exact(SQUARES)),
        ranges());
  }

  /** Zeros are counted by themselves, however coarse the bins are. */
  private Distribution.Range[] ranges() {
    List<Distribution.Range> all = new ArrayList<>(Arrays.asList(bins.ranges()));
    if (zeros > 0) {
      int at = 0;
      // The low end of the largest negative numbers may be no number's bits.
      while (at < all.size() && !(all.get(at).low() >= 0)) {
        at++;
      }
      all.add(at, new Distribution.Range(0.0, 0.0, zeros));
    }
    return all.toArray(Distribution.Range[]::new);
  }

  /** Begins anew, as part of another. */
  void clear(NumberTally whole) {
    bins.clear(whole.bins.bits());
    sums = new ExactSums(2);
    count = 0;
    zeros = 0;
    negatives = 0;
    notNumbers = 0;
    infinities = 0;
    negativeInfinities = 0;
    least = Double.POSITIVE_INFINITY;
    greatest = Double.NEGATIVE_INFINITY;
    leastWhole = Long.MAX_VALUE;
    greatestWhole = Long.MIN_VALUE;
  }

  void merge(NumberTally other) {
    bins.merge(other.bins);
    sums.merge(other.sums);
    count += other.count;
    zeros += other.zeros;
    negatives += other.negatives;
    notNumbers += other.notNumbers;
    infinities += other.infinities;
    negativeInfinities += other.negativeInfinities;
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    leastWhole = Math.min(leastWhole, other.leastWhole);
    greatestWhole = Math.max(greatestWhole, other.greatestWhole);
  }

  void encode(DataOutput out) throws IOException {
    long[] counts = {count, zeros, negatives, notNumbers, infinities, negativeInfinities};
    for (long one : counts) {
      out.writeLong(one);
    }
    out.writeDouble(least);
    out.writeDouble(greatest);
    out.writeLong(leastWhole);
    out.writeLong(greatestWhole);
    sums.encode(out);
    bins.encode(out);
  }

  /** Adds what {@link #encode} wrote to nothing. */
  void decode(DataInput in) throws IOException {
    long[] counts = new long[6];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = in.readLong();
      if (counts[i] < 0) {
        throw new IOException("a count is " + counts[i]);
      }
    }
    count = counts[0];
    zeros = counts[1];
    negatives = counts[2];
    notNumbers = counts[3];
    infinities = counts[4];
    negativeInfinities = counts[5];
    least = in.readDouble();
    greatest = in.readDouble();
    leastWhole = in.readLong();
    greatestWhole = in.readLong();
    sums = ExactSums.decode(in, 2);
    bins.addDecoded(in);
  }
}
