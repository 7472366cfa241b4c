package io.drawbar.math;

import java.util.Arrays;

/**
 * Dot products of few weights with rows given as columns: the lanes of {@link Dot} two at a time,
 * each with the fourth after it, to which it is added, so that no lane is stored in between.
 *
 * <p>A lane begins with its first product instead of adding it to a zero. That can only make a zero
 * of a zero with another sign, and the last addition, of +0.0, makes them one.
 */
final class NarrowDot {
  /** Three products in a lane. */
  static final int MOST = 3 * Dot.LANES;

  private NarrowDot() {}

  /**
   * Some rows.
   *
   * @param columns at least one, at most {@link #MOST}
   * @param scratch three arrays as long as {@code out}
   */
  static void margins(
      double[][] columns, double[] weights, int from, int to, double[] out, double[][] scratch) {
    pair(columns, weights, 0, from, to, out);
    pair(columns, weights, 1, from, to, scratch[0]);
    pair(columns, weights, 2, from, to, scratch[1]);
    pair(columns, weights, 3, from, to, scratch[2]);
    combine(out, scratch[0], scratch[1], scratch[2], from, to);
  }

  private static void combine(
      double[] out, double[] second, double[] third, double[] fourth, int from, int to) {
    for (int row = from; row < to; row++) {
      out[row] = ((out[row] + third[row]) + (second[row] + fourth[row])) + 0.0;
    }
  }

  /** A lane and the fourth after it, which has as many products or one less. */
  private static void pair(double[][] x, double[] w, int lane, int from, int to, double[] out) {
    int a = lane;
    int d = lane + Dot.LANES / 2;
    int b = a + Dot.LANES;
    int e = d + Dot.LANES;
    int c = b + Dot.LANES;
    int f = e + Dot.LANES;
    int n = x.length;
    if (f < n) {
      six(x[a], x[b], x[c], x[d], x[e], x[f], w[a], w[b], w[c], w[d], w[e], w[f], from, to, out);
    } else if (c < n) {
      five(x[a], x[b], x[c], x[d], x[e], w[a], w[b], w[c], w[d], w[e], from, to, out);
    } else if (e < n) {
      four(x[a], x[b], x[d], x[e], w[a], w[b], w[d], w[e], from, to, out);
    } else if (b < n) {
      three(x[a], x[b], x[d], w[a], w[b], w[d], from, to, out);
    } else if (d < n) {
      two(x[a], x[d], w[a], w[d], from, to, out);
    } else if (a < n) {
      one(x[a], w[a], from, to, out);
    } else {
      Arrays.fill(out, from, to, 0.0);
    }
  }

  private static void one(double[] a, double wa, int from, int to, double[] out) {
    for (int row = from; row < to; row++) {
      out[row] = a[row] * wa;
    }
  }

  private static void two(
      double[] a, double[] d, double wa, double wd, int from, int to, double[] out) {
    for (int row = from; row < to; row++) {
      out[row] = a[row] * wa + d[row] * wd;
    }
  }

  private static void three(
      double[] a,
      double[] b,
      double[] d,
      double wa,
      double wb,
      double wd,
      int from,
      int to,
      double[] out) {
    for (int row = from; row < to; row++) {
      out[row] = (a[row] * wa + b[row] * wb) + d[row] * wd;
    }
  }

  private static void four(
      double[] a,
      double[] b,
      double[] d,
      double[] e,
      double wa,
      double wb,
      double wd,
      double we,
      int from,
      int to,
      double[] out) {
    for (int row = from; row < to; row++) {
      out[row] = (a[row] * wa + b[row] * wb) + (d[row] * wd + e[row] * we);
    }
  }

  private static void five(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double wa,
      double wb,
      double wc,
      double wd,
      double we,
      int from,
      int to,
      double[] out) {
    for (int row = from; row < to; row++) {
      out[row] = ((a[row] * wa + b[row] * wb) + c[row] * wc) + (d[row] * wd + e[row] * we);
    }
  }

  private static void six(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double[] f,
      double wa,
      double wb,
      double wc,
      double wd,
      double we,
      double wf,
      int from,
      int to,
      double[] out) {
    for (int row = from; row < to; row++) {
      out[row] =
          ((a[row] * wa + b[row] * wb) + c[row] * wc) + ((d[row] * wd + e[row] * we) + f[row] * wf);
    }
  }
}
