package io.drawbar.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * A vector of exact sums of fixed size: what a block adds its partial gradient, Gram matrix or
 * histogram to.
 *
 * <p>Each element is what {@link ExactSum} is: the exact sum of everything added, whatever the
 * order. Not safe for use by several threads.
 */
public final class ExactSums {

  private final ExactColumns columns;

  /**
   * {@code size} empty sums.
   *
   * @throws IllegalArgumentException if the size is negative
   */
  public ExactSums(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("size is " + size);
    }
    columns = new ExactColumns(size);
  }

  private ExactSums(ExactColumns columns) {
    this.columns = columns;
  }

  /** The number of sums. */
  public int size() {
    return columns.size();
  }

  /**
   * Adds one value to each sum: the fast way, about a nanosecond an element.
   *
   * @throws IllegalArgumentException if the length is not {@link #size()}
   */
  public void add(double[] values) {
    checkSize(values.length);
    columns.addAll(values, values.length);
  }

  /** Adds a value to one sum. */
  public void add(int index, double value) {
    Objects.checkIndex(index, size());
    columns.add(index, value);
  }

  /** Adds the exact product of two doubles to one sum. */
  public void addProduct(int index, double a, double b) {
    Objects.checkIndex(index, size());
    columns.addProduct(index, a, b);
  }

  /**
   * Adds other sums, element by element; they stay as they are.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public void merge(ExactSums other) {
    checkSize(other.size());
    columns.merge(other.columns);
  }

  /**
   * Takes other sums out again, exactly: a model of blocks A and B less B is the model of A.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public void subtract(ExactSums other) {
    checkSize(other.size());
    columns.subtract(other.columns);
  }

  /** One sum rounded once, half to even; see {@link ExactSum#round()}. */
  public double round(int index) {
    Objects.checkIndex(index, size());
    return columns.round(index);
  }

  /** All sums, each rounded once; a new array. */
  public double[] round() {
    double[] rounded = new double[size()];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = columns.round(i);
    }
    return rounded;
  }

  /**
   * One sum without any rounding, for algebra on the driver (a centred Gram matrix, for example).
   *
   * @throws ArithmeticException if an infinity or NaN was added
   */
  public BigDecimal exact(int index) {
    Objects.checkIndex(index, size());
    return columns.exact(index);
  }

  /** Writes the state: 5 bytes and 16 or 24 an element, more where a sum does not fit. */
  public void encode(DataOutput out) throws IOException {
    columns.encode(out);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if the size is not the expected one (checked before anything is allocated),
   *     the input ends early or holds what {@code encode} cannot write
   */
  public static ExactSums decode(DataInput in, int expectedSize) throws IOException {
    if (expectedSize < 0) {
      throw new IllegalArgumentException("size is " + expectedSize);
    }
    return new ExactSums(ExactColumns.decode(in, expectedSize));
  }

  private void checkSize(int found) {
    if (found != size()) {
      throw new IllegalArgumentException(found + " values for " + size() + " sums");
    }
  }
}
