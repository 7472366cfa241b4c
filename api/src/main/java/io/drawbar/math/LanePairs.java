package io.drawbar.math;

/**
 * Sums of squared differences of few elements, two lanes at a time: a lane of at most three
 * elements, and the one of at most two that is added to it, are done in one pass without being
 * stored in between. It gives the bits of eight lanes. An element that is not there is taken from a
 * column of zeros, which adds a zero to a sum that is not negative, and so nothing.
 */
final class LanePairs {
  /** Three in a lane and two in the other; with six, the loop is too big for C2 to unroll. */
  private static final int MOST = 2 * Dot.LANES + Dot.LANES / 2;

  private final double[] zeros;
  private final double[] first;
  private final double[] second;
  private final double[] third;
  private final double[] fourth;

  LanePairs(int mostRows) {
    zeros = new double[mostRows];
    first = new double[mostRows];
    second = new double[mostRows];
    third = new double[mostRows];
    fourth = new double[mostRows];
  }

  /** Computes the sum for each row of a tile; or returns false if there are too many elements. */
  boolean sum(double[][] tile, double[] centre, int rows, double[] out) {
    if (centre.length > MOST) {
      return false;
    }
    pair(tile, centre, 0, rows, first);
    pair(tile, centre, 1, rows, second);
    pair(tile, centre, 2, rows, third);
    pair(tile, centre, 3, rows, fourth);
    combine(first, second, third, fourth, rows, out);
    return true;
  }

  /** In the order of {@link Dot}. */
  private static void combine(
      double[] s04, double[] s15, double[] s26, double[] s37, int rows, double[] out) {
    for (int i = 0; i < rows; i++) {
      out[i] = (s04[i] + s26[i]) + (s15[i] + s37[i]);
    }
  }

  private double[] column(double[][] tile, int element) {
    return element < tile.length ? tile[element] : zeros;
  }

  private static double value(double[] centre, int element) {
    return element < centre.length ? centre[element] : 0;
  }

  /** A lane and the fourth after it. */
  private void pair(double[][] tile, double[] centre, int lane, int rows, double[] out) {
    int other = lane + Dot.LANES / 2;
    double[] a = column(tile, lane);
    double[] b = column(tile, other);
    double ca = value(centre, lane);
    double cb = value(centre, other);
    if (lane + Dot.LANES >= centre.length) {
      two(a, b, ca, cb, rows, out);
      return;
    }
    double[] c = column(tile, lane + Dot.LANES);
    double[] d = column(tile, other + Dot.LANES);
    double cc = value(centre, lane + Dot.LANES);
    double cd = value(centre, other + Dot.LANES);
    if (lane + 2 * Dot.LANES >= centre.length) {
      four(a, b, c, d, ca, cb, cc, cd, rows, out);
      return;
    }
    double[] e = column(tile, lane + 2 * Dot.LANES);
    double ce = value(centre, lane + 2 * Dot.LANES);
    five(a, b, c, d, e, ca, cb, cc, cd, ce, rows, out);
  }

  private static void two(double[] a, double[] b, double ca, double cb, int rows, double[] out) {
    for (int i = 0; i < rows; i++) {
      double da = a[i] - ca;
      double db = b[i] - cb;
      out[i] = da * da + db * db;
    }
  }

  private static void four(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double ca,
      double cb,
      double cc,
      double cd,
      int rows,
      double[] out) {
    for (int i = 0; i < rows; i++) {
      double da = a[i] - ca;
      double db = b[i] - cb;
      double dc = c[i] - cc;
      double dd = d[i] - cd;
      out[i] = (da * da + dc * dc) + (db * db + dd * dd);
    }
  }

  private static void five(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double ca,
      double cb,
      double cc,
      double cd,
      double ce,
      int rows,
      double[] out) {
    for (int i = 0; i < rows; i++) {
      double da = a[i] - ca;
      double db = b[i] - cb;
      double dc = c[i] - cc;
      double dd = d[i] - cd;
      double de = e[i] - ce;
      out[i] = ((da * da + dc * dc) + de * de) + (db * db + dd * dd);
    }
  }
}
