package io.drawbar.math;

import java.util.function.DoubleUnaryOperator;

/** The way back from a probability to a value. */
final class Tails {
  private Tails() {}

  /**
   * The value from 0 on at which a falling probability reaches another: the least double at which
   * it is no greater. Found by halving the doubles, so that it is as right as the tail is.
   */
  static double bound(DoubleUnaryOperator tail, double probability) {
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "a probability is above 0 and at most 1, not " + probability);
    }
    long low = -1;
    long high = Double.doubleToRawLongBits(Double.MAX_VALUE);
    while (high - low > 1) {
      long middle = low + (high - low) / 2;
      if (tail.applyAsDouble(Double.longBitsToDouble(middle)) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Double.longBitsToDouble(high);
  }
}
