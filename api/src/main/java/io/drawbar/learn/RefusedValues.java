package io.drawbar.learn;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Finite values of features that a distribution does not have. */
final class RefusedValues {
  private static final int NONE = Integer.MAX_VALUE;

  private long count;
  private int element = NONE;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;

  /** How many there are. */
  long count() {
    return count;
  }

  /** The first element that has some. */
  int element() {
    return element;
  }

  double least() {
    return least;
  }

  double greatest() {
    return greatest;
  }

  void add(int ofElement, double value) {
    count++;
    element = Math.min(element, ofElement);
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }

  void merge(RefusedValues other) {
    count += other.count;
    element = Math.min(element, other.element);
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeInt(element);
    out.writeDouble(least);
    out.writeDouble(greatest);
  }

  static RefusedValues decode(DataInput in, int elements) throws IOException {
    RefusedValues values = new RefusedValues();
    values.count = LabelSurvey.count(in);
    values.element = in.readInt();
    values.least = in.readDouble();
    values.greatest = in.readDouble();
    boolean hasElement = values.element >= 0 && values.element < elements;
    if (values.count == 0 ? values.element != NONE : !hasElement) {
      throw new IOException(
          "sums by class: %s values refused, the first of element %s"
              .formatted(values.count, values.element));
    }
    return values;
  }
}
