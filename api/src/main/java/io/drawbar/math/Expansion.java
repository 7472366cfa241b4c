package io.drawbar.math;

/**
 * The error-free transformations behind exact sums, as plain functions of doubles.
 *
 * <p>Sources: T. J. Dekker, "A Floating-Point Technique for Extending the Available Precision"
 * (1971); D. E. Knuth, The Art of Computer Programming, volume 2 (TwoSum, 1969); J. R. Shewchuk,
 * "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates" (1997).
 */
final class Expansion {

  /**
   * Values of this magnitude or more never enter the inline doubles: 2^63 additions of smaller ones
   * stay below 2^1023, so that no inline addition can overflow.
   */
  static final double INLINE_LIMIT = 0x1p960;

  /** From this magnitude on, Veltkamp's split (a multiplication by 2^27 + 1) might overflow. */
  private static final double SPLIT_LIMIT = 0x1p990;

  /** Below this magnitude, the error of a product might reach under the smallest subnormal. */
  private static final double SMALLEST_PRODUCT = 0x1p-960;

  private static final double SPLITTER = 0x1p27 + 1;

  private Expansion() {}

  /** Whether a value may enter the inline doubles; false for infinities and NaN as well. */
  static boolean fitsInline(double value) {
    return Math.abs(value) < INLINE_LIMIT;
  }

  /** What {@code sum = a + b} lost to rounding, exactly (Knuth's TwoSum, any magnitudes). */
  static double sumError(double a, double b, double sum) {
    double virtual = sum - a;
    return (a - (sum - virtual)) + (b - virtual);
  }

  /** Whether {@link #productError} is exact for {@code product = a * b}. */
  static boolean fitsProduct(double a, double b, double product) {
    double magnitude = Math.abs(product);
    return Math.abs(a) < SPLIT_LIMIT
        && Math.abs(b) < SPLIT_LIMIT
        && magnitude < INLINE_LIMIT
        && (magnitude >= SMALLEST_PRODUCT || a == 0 || b == 0);
  }

  /** What {@code product = a * b} lost to rounding, exactly, without FMA (Dekker 1971). */
  static double productError(double a, double b, double product) {
    double scaledA = SPLITTER * a;
    double highA = scaledA - (scaledA - a);
    double lowA = a - highA;
    double scaledB = SPLITTER * b;
    double highB = scaledB - (scaledB - b);
    double lowB = b - highB;
    return lowA * lowB - (((product - highA * highB) - lowA * highB) - highA * lowB);
  }

  /**
   * The sum of three doubles below the inline limit, rounded once, half to even.
   *
   * <p>Two steps of Shewchuk's Grow-Expansion make the three doubles non-overlapping; then the two
   * upper ones decide, and the third only where they are exactly half way between two doubles. The
   * correction is the one of Python's {@code math.fsum}.
   */
  static double round(double high, double middle, double low) {
    double upper = middle + low;
    double lower = sumError(middle, low, upper);
    double partial = high + lower;
    double third = sumError(high, lower, partial);
    double first = partial + upper;
    double second = sumError(partial, upper, first);
    if (second == 0) {
      // Never −0.0: the inline doubles start at +0.0, and only −0.0 plus −0.0 is −0.0.
      return first + third;
    }
    if ((second < 0 && third < 0) || (second > 0 && third > 0)) {
      // Only when second is half a unit of first is this sum exact, and then half-even rounding
      // looked at second alone and stopped one unit short.
      double twice = second * 2;
      double beyond = first + twice;
      if (beyond - first == twice) {
        return beyond;
      }
    }
    return first;
  }
}
