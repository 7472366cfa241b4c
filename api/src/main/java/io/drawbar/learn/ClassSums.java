package io.drawbar.learn;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * For each class the weight of its rows, and for each element and class the weighted sum of its
 * values and, where that is wanted, of their squares, both as sums of two doubles; and what cannot
 * be used. The sums are exact between blocks.
 */
final class ClassSums implements Partial<ClassSums> {
  final int classes;
  final int elements;
  final Distribution distribution;

  /** Rows by class, and what cannot be used. */
  final LabelSurvey labels;

  /** Weights of the classes; by element, then class, sums; squares. */
  final ExactSums sums;

  /** Values that the distribution does not have. */
  final RefusedValues refused;

  ClassSums(int classes, int elements, Distribution distribution) {
    this(
        classes,
        elements,
        distribution,
        new ExactSums(Math.toIntExact(size(classes, elements, distribution))),
        new LabelSurvey(classes, elements),
        new RefusedValues());
  }

  private ClassSums(
      int classes,
      int elements,
      Distribution distribution,
      ExactSums sums,
      LabelSurvey labels,
      RefusedValues refused) {
    this.classes = classes;
    this.elements = elements;
    this.distribution = distribution;
    this.sums = sums;
    this.labels = labels;
    this.refused = refused;
  }

  /** How many sums there are. */
  static long size(int classes, int elements, Distribution distribution) {
    return classes + (distribution == Distribution.GAUSSIAN ? 2L : 1L) * classes * elements;
  }

  /** Where the sum of an element over the rows of a class is. */
  private int at(int element, int label) {
    return classes + element * classes + label;
  }

  /** The weight of the rows of a class, not rounded: about it large means cancel. */
  BigDecimal exactWeight(int label) {
    return sums.exact(label);
  }

  /** The weight of the rows of a class, rounded once. */
  double weight(int label) {
    return sums.round(label);
  }

  /** The weighted sum of an element over the rows of a class, rounded once. */
  double sum(int label, int element) {
    return sums.round(at(element, label));
  }

  /** The same, not rounded; there must be no overflow. */
  BigDecimal exactSum(int label, int element) {
    return sums.exact(at(element, label));
  }

  /** The weighted sum of an element's squares, not rounded; there must be no overflow. */
  BigDecimal exactSquare(int label, int element) {
    return sums.exact(at(element, label) + classes * elements);
  }

  /** Whether all sums of an element are numbers. */
  boolean isFinite(int element) {
    boolean isFinite = true;
    for (int k = 0; k < classes; k++) {
      isFinite &= Double.isFinite(sum(k, element));
      if (distribution == Distribution.GAUSSIAN) {
        isFinite &= Double.isFinite(sums.round(at(element, k) + classes * elements));
      }
    }
    return isFinite;
  }

  @Override
  public void merge(ClassSums other) {
    sums.merge(other.sums);
    labels.merge(other.labels);
    refused.merge(other.refused);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    sums.encode(out);
    labels.encode(out);
    refused.encode(out);
  }

  static ClassSums decode(DataInput in, int classes, int elements, Distribution distribution)
      throws IOException {
    int size = Math.toIntExact(size(classes, elements, distribution));
    ExactSums sums = ExactSums.decode(in, size);
    LabelSurvey labels = LabelSurvey.decode(in, classes, elements);
    RefusedValues refused = RefusedValues.decode(in, elements);
    return new ClassSums(classes, elements, distribution, sums, labels, refused);
  }
}
