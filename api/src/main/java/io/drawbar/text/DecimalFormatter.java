package io.drawbar.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Writes numbers as ASCII bytes, the same on every JDK.
 *
 * <p>{@link Double#toString(double)} cannot be used: it changed in JDK 19. Before, it was not
 * always the shortest decimal (2E23 is {@code 1.9999999999999998E23} on JDK 17), so workers on JDK
 * 17 and 21 would write different files. This class gives on every JDK what JDK 19 and later give.
 */
public final class DecimalFormatter {

  /** The longest text of a double, in bytes: {@code -2.2250738585072014E-308}. */
  public static final int MAX_DOUBLE_LENGTH = 24;

  /** The longest text of a long, in bytes: {@code -9223372036854775808}. */
  public static final int MAX_LONG_LENGTH = 20;

  private static final long[] POWERS_OF_10 = new long[19];

  static {
    POWERS_OF_10[0] = 1;
    for (int i = 1; i < POWERS_OF_10.length; i++) {
      POWERS_OF_10[i] = 10 * POWERS_OF_10[i - 1];
    }
  }

  private DecimalFormatter() {}

  /**
   * Writes the shortest decimal that reads back as {@code value}; of several that short, the
   * nearest to it, then the one with the even last digit. A decimal counts as having two digits at
   * least, so the smallest double is {@code 4.9E-324} and not the less exact {@code 5E-324}.
   *
   * <p>The notation is that of {@link Double#toString(double)} in JDK 19 and later: plain with at
   * least one digit after the point from 10^-3 up to, not including, 10^7, else {@code d.dEn} or
   * {@code d.dE-n}; {@code NaN}, {@code Infinity}, {@code -0.0}.
   *
   * @param into where to write; needs room for {@link #MAX_DOUBLE_LENGTH} bytes from {@code at}
   * @return the end of what was written
   */
  public static int format(double value, byte[] into, int at) {
    long bits = Double.doubleToLongBits(value);
    if (bits == Double.doubleToLongBits(Double.NaN)) {
      return put("NaN", into, at);
    }
    int i = at;
    if (bits < 0) {
      into[i++] = '-';
    }
    long magnitude = bits & Long.MAX_VALUE;
    if (magnitude == 0) {
      return put("0.0", into, i);
    }
    if (magnitude == Double.doubleToLongBits(Double.POSITIVE_INFINITY)) {
      return put("Infinity", into, i);
    }
    return Shortest.put(magnitude, into, i);
  }

  /**
   * Writes a long in decimal, with {@code -} if negative.
   *
   * @param into where to write; needs room for {@link #MAX_LONG_LENGTH} bytes from {@code at}
   * @return the end of what was written
   */
  public static int format(long value, byte[] into, int at) {
    int i = at;
    // Negated, the smallest long stays what it is, which is right when read without a sign.
    long magnitude = value;
    if (value < 0) {
      into[i++] = '-';
      magnitude = -value;
    }
    int end = i + digits(magnitude);
    putDigits(magnitude, into, i, end);
    return end;
  }

  /** The text of a double, as {@link #format(double, byte[], int)} writes it. */
  public static String toString(double value) {
    byte[] text = new byte[MAX_DOUBLE_LENGTH];
    return new String(text, 0, format(value, text, 0), StandardCharsets.ISO_8859_1);
  }

  private static int put(String word, byte[] into, int at) {
    for (int i = 0; i < word.length(); i++) {
      into[at + i] = (byte) word.charAt(i);
    }
    return at + word.length();
  }

  /** Writes an unsigned long of as many digits as there are places. */
  private static void putDigits(long value, byte[] into, int from, int to) {
    long rest = value;
    int i = to;
    if (rest < 0) { // 2^63
      into[--i] = (byte) ('0' + Long.remainderUnsigned(rest, 10));
      rest = Long.divideUnsigned(rest, 10);
    }
    while (i > from) {
      long quotient = rest / 10;
      into[--i] = (byte) ('0' + (rest - quotient * 10));
      rest = quotient;
    }
  }

  /** The number of decimal digits of an unsigned long up to 2^63; 1 for zero. */
  private static int digits(long value) {
    if (value < 0) {
      return MAX_LONG_LENGTH - 1;
    }
    // log10(2) is 1233 / 4096, near enough for 64 bits: the guess is right or one too low.
    int guess = (Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233 >>> 12;
    return value < POWERS_OF_10[guess] ? Math.max(guess, 1) : guess + 1;
  }

  /*
   * Schubfach: R. Giulietti, "The Schubfach way to render doubles", 2020-2022. In the terms of the
   * paper a double is c 2^q; its rounding interval is scaled by 10^-k, with k so chosen that the
   * interval is between 1 and 10 units wide or just over. Then at most two integers and at most one
   * multiple of ten need be looked at, and a 126-bit approximation g of 10^-k, rounded up, decides
   * all comparisons when the scaled bounds are kept to odd (section 9.9).
   */
  private static final class Shortest {

    private static final int FRACTION_BITS = 52;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
    private static final int LEAST_Q = -1074;
    private static final long LOW_63_BITS = Long.MAX_VALUE;

    /** The least and largest k that a double leads to. */
    private static final int LEAST_K = -324;

    private static final int LARGEST_K = 292;

    /** The 617 values of g, each as its upper and its lower 63 bits. */
    private static final long[] G = powers();

    private static long[] powers() {
      long[] table = new long[2 * (LARGEST_K - LEAST_K + 1)];
      BigInteger low = BigInteger.valueOf(LOW_63_BITS);
      for (int k = LEAST_K; k <= LARGEST_K; k++) {
        int shift = 125 - floorLog2OfPowerOf10(-k);
        BigInteger power = BigInteger.TEN.pow(Math.abs(k));
        // floor(10^-k 2^shift) + 1, in [2^125, 2^126].
        BigInteger beta =
            k > 0 ? BigInteger.ONE.shiftLeft(shift).divide(power) : power.shiftLeft(shift);
        BigInteger g = beta.add(BigInteger.ONE);
        table[2 * (k - LEAST_K)] = g.shiftRight(63).longValueExact();
        table[2 * (k - LEAST_K) + 1] = g.and(low).longValueExact();
      }
      return table;
    }

    /** Writes a positive finite double, given as bits. */
    static int put(long bits, byte[] into, int at) {
      int biased = (int) (bits >>> FRACTION_BITS);
      long fraction = bits & HIDDEN_BIT - 1;
      if (biased == 0) {
        // Of the two smallest, the next digit is wanted: two digits at least.
        return fraction < 3
            ? put(LEAST_Q, 10 * fraction, -1, into, at)
            : put(LEAST_Q, fraction, 0, into, at);
      }
      long c = HIDDEN_BIT | fraction;
      int q = biased + LEAST_Q - 1;
      if (q < 0 && q > -FRACTION_BITS - 1 && c >>> -q << -q == c) {
        return layOut(c >>> -q, 0, into, at);
      }
      return put(q, c, 0, into, at);
    }

    private static int put(int q, long c, int scale, byte[] into, int at) {
      // A bound is itself inside the interval when c is even; if not, it is moved in by one.
      int odd = (int) c & 1;
      long center = c << 2;
      long right = center + 2;
      boolean regular = c != HIDDEN_BIT || q == LEAST_Q;
      // Below a power of two, doubles are twice as dense.
      long left = regular ? center - 2 : center - 1;
      int k = regular ? floorLog10OfPowerOf2(q) : floorLog10OfThreeQuartersOfPowerOf2(q);
      int h = q + floorLog2OfPowerOf10(-k) + 2;
      long g1 = G[2 * (k - LEAST_K)];
      long g0 = G[2 * (k - LEAST_K) + 1];
      long v = roundToOdd(g1, g0, center << h);
      long low = roundToOdd(g1, g0, left << h) + odd;
      long high = roundToOdd(g1, g0, right << h) - odd;

      // All three are four times the scaled value.
      long s = v >> 2;
      if (s >= 100) {
        long tenBelow = s / 10 * 10;
        long tenAbove = tenBelow + 10;
        boolean belowIn = low <= tenBelow << 2;
        boolean aboveIn = tenAbove << 2 <= high;
        if (belowIn != aboveIn) {
          return layOut(belowIn ? tenBelow : tenAbove, k, into, at);
        }
      }
      long t = s + 1;
      boolean sIn = low <= s << 2;
      boolean tIn = t << 2 <= high;
      boolean takeS;
      if (sIn != tIn) {
        takeS = sIn;
      } else {
        long side = v - (s + t << 1);
        takeS = side < 0 || side == 0 && (s & 1) == 0;
      }
      return layOut(takeS ? s : t, k + scale, into, at);
    }

    /** floor(g c 2^-127), its last bit set if anything was cut off; g = g1 2^63 + g0. */
    private static long roundToOdd(long g1, long g0, long c) {
      long x1 = Math.multiplyHigh(g0, c);
      long y0 = g1 * c;
      long y1 = Math.multiplyHigh(g1, c);
      long z = (y0 >>> 1) + x1;
      long w = y1 + (z >>> 63);
      return w | (z & LOW_63_BITS) + LOW_63_BITS >>> 63;
    }

    /** floor(log10(2^e)); log10(2) to 41 bits is enough for these exponents (section 9.8). */
    private static int floorLog10OfPowerOf2(int e) {
      return (int) (e * 661_971_961_083L >> 41);
    }

    /** floor(log10(3/4 2^e)). */
    private static int floorLog10OfThreeQuartersOfPowerOf2(int e) {
      return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    /** floor(log2(10^e)). */
    private static int floorLog2OfPowerOf10(int e) {
      return (int) (e * 913_124_641_741L >> 38);
    }

    /** Writes significand 10^exponent in the notation of Double.toString. */
    private static int layOut(long significand, int exponent, byte[] into, int at) {
      long f = significand;
      int e = exponent;
      // Halving steps: a value with few digits comes with up to 15 zeros.
      for (int zeros = 8; zeros > 0; zeros >>= 1) {
        long power = POWERS_OF_10[zeros];
        while (f % power == 0) {
          f /= power;
          e += zeros;
        }
      }
      int n = digits(f);
      // The value is d.ddd 10^x.
      int x = e + n - 1;
      if (x >= 0 && x < 7) {
        return putPlain(f, n, x + 1, into, at);
      }
      if (x < 0 && x >= -3) {
        return putSmall(f, n, -x - 1, into, at);
      }
      return putScientific(f, n, x, into, at);
    }

    private static int putPlain(long f, int n, int whole, byte[] into, int at) {
      int point = at + whole;
      if (n <= whole) {
        putDigits(f, into, at, at + n);
        for (int i = at + n; i < point; i++) {
          into[i] = '0';
        }
        into[point] = '.';
        into[point + 1] = '0';
        return point + 2;
      }
      putDigits(f, into, at + 1, at + 1 + n);
      System.arraycopy(into, at + 1, into, at, whole);
      into[point] = '.';
      return at + 1 + n;
    }

    private static int putSmall(long f, int n, int zeros, byte[] into, int at) {
      into[at] = '0';
      into[at + 1] = '.';
      int i = at + 2;
      for (int zero = 0; zero < zeros; zero++) {
        into[i++] = '0';
      }
      putDigits(f, into, i, i + n);
      return i + n;
    }

    private static int putScientific(long f, int n, int x, byte[] into, int at) {
      int i = at + 1 + n;
      putDigits(f, into, at + 1, i);
      into[at] = into[at + 1];
      into[at + 1] = '.';
      if (n == 1) {
        into[i++] = '0';
      }
      into[i++] = 'E';
      return format((long) x, into, i);
    }
  }
}
