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

  /** Rows by class, and what cannot be used. */
  final LabelSurvey labels;

  /** Weights of the classes; sums of features by class; sums; sums of squares. */
  ExactSums sums;

  /** The least and greatest value of each feature; infinite where it varies within a block. */
  final double[] least;

  final double[] greatest;

  ClassMoments(int classes, int elements) {
    this(
        classes,
        elements,
        new ExactSums(size(classes, elements)),
        new LabelSurvey(classes, elements));
  }

  private ClassMoments(int classes, int elements, ExactSums sums, LabelSurvey labels) {
    this.classes = classes;
    this.elements = elements;
    this.sums = sums;
    this.labels = labels;
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
    return labels.usable();
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

  /** The same, not rounded: about it large means cancel. */
  private BigDecimal exactWeight() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 0; k < classes; k++) {
      sum = sum.add(sums.exact(k));
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
    return sum.divide(exactWeight(), DIGITS).doubleValue() + 0.0;
  }

  /** The standard deviation over the weight of all rows; 0 of a constant. */
  double deviation(int element) {
    if (least[element] == greatest[element]) {
      return 0;
    }
    BigDecimal sum = sums.exact(classes + classes * elements + element);
    BigDecimal square = sums.exact(classes + (classes + 1) * elements + element);
    BigDecimal weight = exactWeight();
    BigDecimal spread = square.multiply(weight).subtract(sum.multiply(sum));
    return spread.signum() <= 0
        ? 0
        : spread.divide(weight.multiply(weight), DIGITS).sqrt(DIGITS).doubleValue();
  }

  /** The root of the mean square. */
  double magnitude(int element) {
    BigDecimal square = sums.exact(classes + (classes + 1) * elements + element);
    return square.divide(exactWeight(), DIGITS).sqrt(DIGITS).doubleValue();
  }

  /** Whether the sum of an element's squares is a number. */
  boolean hasSquares(int element) {
    return Double.isFinite(sums.round(classes + (classes + 1) * elements + element));
  }

  @Override
  public void merge(ClassMoments other) {
    sums.merge(other.sums);
    labels.merge(other.labels);
    for (int j = 0; j < elements; j++) {
      least[j] = Math.min(least[j], other.least[j]);
      greatest[j] = Math.max(greatest[j], other.greatest[j]);
    }
  }

  /** Forgets all. */
  void clear() {
    sums = new ExactSums(sums.size());
    labels.clear();
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(greatest, Double.NEGATIVE_INFINITY);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    sums.encode(out);
    labels.encode(out);
    for (int j = 0; j < elements; j++) {
      out.writeDouble(least[j]);
      out.writeDouble(greatest[j]);
    }
  }

  static ClassMoments decode(DataInput in, int classes, int elements) throws IOException {
    ExactSums sums = ExactSums.decode(in, size(classes, elements));
    LabelSurvey labels = LabelSurvey.decode(in, classes, elements);
    ClassMoments moments = new ClassMoments(classes, elements, sums, labels);
    for (int j = 0; j < elements; j++) {
      moments.least[j] = in.readDouble();
      moments.greatest[j] = in.readDouble();
    }
    return moments;
  }
}
