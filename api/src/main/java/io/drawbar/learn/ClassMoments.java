package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * What is known of rows with classes before a classifier is fitted: for each class its rows and
 * their weight, for each but the first the weighted sum of their features; for each feature its
 * weighted sum and sum of squares, both as sums of two doubles; and what cannot be used.
 */
final class ClassMoments implements Partial<ClassMoments> {
  private static final MathContext DIGITS = MathContext.DECIMAL128;

  final int classes;
  final int elements;

  /** Of each class. */
  final long[] rows;

  /** Weights of the classes; sums of features by class; sums; sums of squares. */
  ExactSums sums;

  /** The least and greatest value of each feature; infinite where it varies within a block. */
  final double[] least;

  final double[] greatest;
  final Defects defects;

  /** Rows whose label is none of the classes, and the least and greatest of those labels. */
  long strangers;

  double leastStranger = Double.POSITIVE_INFINITY;
  double greatestStranger = Double.NEGATIVE_INFINITY;

  /** Rows whose weight is null, NaN, infinite or less than 0. */
  long badWeights;

  ClassMoments(int classes, int elements) {
    this(classes, elements, new ExactSums(size(classes, elements)), new Defects(elements + 1));
  }

  private ClassMoments(int classes, int elements, ExactSums sums, Defects defects) {
    this.classes = classes;
    this.elements = elements;
    this.sums = sums;
    this.defects = defects;
    rows = new long[classes];
    least = new double[elements];
    greatest = new double[elements];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
  }

  static int size(int classes, int elements) {
    return Math.toIntExact(classes + (classes + 2L) * elements);
  }

  /** How many rows could be used. */
  long usable() {
    return Arrays.stream(rows).sum();
  }

  double weight(int label) {
    return sums.round(label);
  }

  /** The weight of all rows. */
  double weight() {
    double sum = 0;
    for (int k = 0; k < classes; k++) {
      sum += weight(k);
    }
    return sum;
  }

  /** The weighted sum of a feature over the rows of a class. */
  double sum(int label, int element) {
    double sum = sums.round(classes + label * elements + element);
    for (int k = 1; k < classes && label == 0; k++) {
      sum -= sums.round(classes + k * elements + element);
    }
    return label == 0 ? sum + sum(element) : sum;
  }

  /** The weighted sum of a feature over all rows. */
  double sum(int element) {
    return sums.round(classes + classes * elements + element);
  }

  double mean(int element) {
    BigDecimal sum = sums.exact(classes + classes * elements + element);
    return sum.divide(new BigDecimal(weight()), DIGITS).doubleValue() + 0.0;
  }

  /** The standard deviation over the weight of all rows; 0 of a constant. */
  double deviation(int element) {
    if (least[element] == greatest[element]) {
      return 0;
    }
    BigDecimal sum = sums.exact(classes + classes * elements + element);
    BigDecimal square = sums.exact(classes + (classes + 1) * elements + element);
    BigDecimal weight = new BigDecimal(weight());
    BigDecimal spread = square.multiply(weight).subtract(sum.multiply(sum));
    return spread.signum() <= 0
        ? 0
        : spread.divide(weight.multiply(weight), DIGITS).sqrt(DIGITS).doubleValue();
  }

  /** The root of the mean square. */
  double magnitude(int element) {
    BigDecimal square = sums.exact(classes + (classes + 1) * elements + element);
    return square.divide(new BigDecimal(weight()), DIGITS).sqrt(DIGITS).doubleValue();
  }

  /** Whether the sum of an element's squares is a number. */
  boolean hasSquares(int element) {
    return Double.isFinite(sums.round(classes + (classes + 1) * elements + element));
  }

  @Override
  public void merge(ClassMoments other) {
    sums.merge(other.sums);
    defects.add(other.defects);
    for (int k = 0; k < classes; k++) {
      rows[k] += other.rows[k];
    }
    for (int j = 0; j < elements; j++) {
      least[j] = Math.min(least[j], other.least[j]);
      greatest[j] = Math.max(greatest[j], other.greatest[j]);
    }
    strangers += other.strangers;
    leastStranger = Math.min(leastStranger, other.leastStranger);
    greatestStranger = Math.max(greatestStranger, other.greatestStranger);
    badWeights += other.badWeights;
  }

  /** Forgets all. */
  void clear() {
    sums = new ExactSums(sums.size());
    defects.clear();
    Arrays.fill(rows, 0);
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
    strangers = 0;
    leastStranger = Double.POSITIVE_INFINITY;
    greatestStranger = Double.NEGATIVE_INFINITY;
    badWeights = 0;
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    sums.encode(out);
    defects.encode(out);
    for (long count : rows) {
      out.writeLong(count);
    }
    for (int j = 0; j < elements; j++) {
      out.writeDouble(least[j]);
      out.writeDouble(greatest[j]);
    }
    out.writeLong(strangers);
    out.writeDouble(leastStranger);
    out.writeDouble(greatestStranger);
    out.writeLong(badWeights);
  }

  static ClassMoments decode(DataInput in, int classes, int elements) throws IOException {
    ExactSums sums = ExactSums.decode(in, size(classes, elements));
    Defects defects = Defects.decode(in, elements + 1);
    ClassMoments moments = new ClassMoments(classes, elements, sums, defects);
    for (int k = 0; k < classes; k++) {
      moments.rows[k] = count(in);
    }
    for (int j = 0; j < elements; j++) {
      moments.least[j] = in.readDouble();
      moments.greatest[j] = in.readDouble();
    }
    moments.strangers = count(in);
    moments.leastStranger = in.readDouble();
    moments.greatestStranger = in.readDouble();
    moments.badWeights = count(in);
    return moments;
  }

  private static long count(DataInput in) throws IOException {
    long count = in.readLong();
    if (count < 0) {
      throw new IOException("moments of classes: a count is " + count);
    }
    return count;
  }
}
