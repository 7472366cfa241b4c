package io.drawbar.math;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A mutable sum of doubles without rounding: its value is the exact real sum of everything added,
 * whatever the order and whoever merged what.
 *
 * <p>{@link #round()} rounds that value once, half to even. Infinities and NaN are counted, so that
 * they can be subtracted again; overflow happens only where the true total overflows. Not safe for
 * use by several threads. The package page says how it works and what it costs.
 *
 * <pre>{@code
 * ExactSum sum = new ExactSum();
 * sum.add(1e308);
 * sum.add(1e308);
 * sum.add(-1e308);
 * sum.round(); // 1e308
 * }</pre>
 */
public final class ExactSum {

  private static final int HAS_REST = 1;

  private double high;
  private double middle;
  private double low;
  private Rest rest;

  /** An empty sum: +0.0. */
  public ExactSum() {}

  /** Adds a value; infinities and NaN are counted. */
  public void add(double value) {
    if (!Expansion.fitsInline(value)) {
      Rest target = rest();
      target.add(value);
      settle(target);
      return;
    }
    double sum = high + value;
    double error = Expansion.sumError(high, value, sum);
    high = sum;
    if (error != 0) {
      addError(error);
    }
  }

  private void addError(double first) {
    double sum = middle + first;
    double second = Expansion.sumError(middle, first, sum);
    middle = sum;
    if (second == 0) {
      return;
    }
    sum = low + second;
    double residual = Expansion.sumError(low, second, sum);
    low = sum;
    if (residual != 0) {
      Rest target = rest();
      target.add(residual);
      settle(target);
    }
  }

  /**
   * Takes a value out again, exactly: the sum is as if it had never been added. An infinity or NaN
   * that had not been added makes the sum NaN until it is.
   */
  public void subtract(double value) {
    if (Double.isFinite(value)) {
      add(-value);
      return;
    }
    Rest target = rest();
    target.subtract(value);
    settle(target);
  }

  /** Adds the exact product of two doubles, also where {@code a * b} overflows or underflows. */
  public void addProduct(double a, double b) {
    double product = a * b;
    if (Expansion.fitsProduct(a, b, product)) {
      add(product);
      add(Expansion.productError(a, b, product));
      return;
    }
    Rest target = rest();
    target.addProduct(a, b);
    settle(target);
  }

  /** Adds another sum, which stays as it is. */
  public void merge(ExactSum other) {
    double otherMiddle = other.middle;
    double otherLow = other.low;
    Rest otherRest = other.rest;
    if (otherRest != null) {
      Rest target = rest();
      target.merge(otherRest);
      settle(target);
    }
    add(other.high);
    add(otherMiddle);
    add(otherLow);
  }

  /** Takes another sum out again, exactly; the other stays as it is. */
  public void subtract(ExactSum other) {
    double otherMiddle = other.middle;
    double otherLow = other.low;
    Rest otherRest = other.rest;
    if (otherRest != null) {
      Rest target = rest();
      target.subtract(otherRest);
      settle(target);
    }
    add(-other.high);
    add(-otherMiddle);
    add(-otherLow);
  }

  /**
   * The exact value rounded once, half to even: +0.0 for zero, infinite only where the true total
   * is, the canonical NaN if a NaN or both infinities were added.
   */
  public double round() {
    return rest == null ? Expansion.round(high, middle, low) : rest.round(high, middle, low);
  }

  /**
   * Writes the state: 25 bytes, or up to 600 when it does not fit three doubles. Equal sums may
   * have different bytes, as the same value has several states.
   */
  public void encode(DataOutput out) throws IOException {
    out.writeByte(rest == null ? 0 : HAS_REST);
    out.writeDouble(high);
    out.writeDouble(middle);
    out.writeDouble(low);
    if (rest != null) {
      rest.encode(out);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if the input ends early or holds what {@code encode} cannot write; that a
   *     digit of a finite number has changed is not seen
   */
  public static ExactSum decode(DataInput in) throws IOException {
    int flags = in.readUnsignedByte();
    if (flags > HAS_REST) {
      throw new IOException("exact sum: unknown flags " + flags);
    }
    ExactSum sum = new ExactSum();
    for (int part = 0; part < 3; part++) {
      double value = in.readDouble();
      if (!Double.isFinite(value)) {
        throw new IOException("exact sum: an inline part is " + value);
      }
      // Adding, and not assigning, keeps the inline doubles below the limit for any input.
      sum.add(value);
    }
    if (flags == HAS_REST) {
      Rest decoded = Rest.decode(in);
      Rest target = sum.rest();
      target.merge(decoded);
      sum.settle(target);
    }
    return sum;
  }

  /** For messages: the rounded value. */
  @Override
  public String toString() {
    return "ExactSum[" + round() + "]";
  }

  private Rest rest() {
    return rest == null ? new Rest() : rest;
  }

  /** Keeps a rest only while it holds something, so that rounding is fast again afterwards. */
  private void settle(Rest changed) {
    rest = changed.isEmpty() ? null : changed;
  }
}
