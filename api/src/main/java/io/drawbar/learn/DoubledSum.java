package io.drawbar.learn;

/**
 * A sum of numbers and products in twice the digits of a double, for what is left to compute on the
 * driver (T. Ogita, S. M. Rump, S. Oishi, "Accurate Sum and Dot Product", 2005, algorithm Dot2).
 */
final class DoubledSum {
  private static final double SPLITTER = 0x1p27 + 1;

  private double high;
  private double low;

  /** What {@code sum = a + b} lost to rounding, exactly (Knuth). */
  static double sumError(double a, double b, double sum) {
    double virtual = sum - a;
    return (a - (sum - virtual)) + (b - virtual);
  }

  /** What {@code product = a * b} lost to rounding, exactly (Dekker). */
  static double productError(double a, double b, double product) {
    double scaledA = SPLITTER * a;
    double highA = scaledA - (scaledA - a);
    double lowA = a - highA;
    double scaledB = SPLITTER * b;
    double highB = scaledB - (scaledB - b);
    double lowB = b - highB;
    return lowA * lowB - (((product - highA * highB) - lowA * highB) - highA * lowB);
  }

  DoubledSum add(double value) {
    double sum = high + value;
    low += sumError(high, value, sum);
    high = sum;
    return this;
  }

  DoubledSum addProduct(double a, double b) {
    double product = a * b;
    add(product);
    low += productError(a, b, product);
    return this;
  }

  /** Adds {@code (high + low) * factor}, where low is a rounding error of high. */
  DoubledSum addProduct(double high, double low, double factor) {
    addProduct(high, factor);
    this.low += low * factor;
    return this;
  }

  /** The sum as a double. */
  double high() {
    return high + low;
  }

  /** What {@link #high} has lost. */
  double low() {
    return sumError(high, low, high + low);
  }
}
