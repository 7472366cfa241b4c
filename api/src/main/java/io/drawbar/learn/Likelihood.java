package io.drawbar.learn;

import io.drawbar.math.Exponential;
import io.drawbar.math.Logarithm;
import java.util.Arrays;

/**
 * What rows cost, given their margins and classes, and the slopes of that along the margins; all
 * without cancellation where the cost is small. Rows come some at a time, so that each step is a
 * loop over arrays; what a row costs depends on that row alone.
 *
 * <p>Margins, like slopes, are one array a margin. Arrays that come and go with a block share one
 * index; those of the rows in work begin at 0.
 */
sealed interface Likelihood {
  /**
   * The likelihood of so many classes: of two, one margin decides; of more, one each.
   *
   * @param classes at least 2
   * @param most how many rows there are at a time
   */
  static Likelihood of(int classes, int most) {
    return classes == 2 ? new Binary() : new Softmax(most);
  }

  /**
   * Minus the logarithms of the probabilities that the classes have.
   *
   * @param margins of the rows, from {@code at}
   * @param labels the classes of the rows, from 0
   * @param count how many rows there are
   * @param losses gets them, from 0
   * @param slopes gets those along each margin, from 0
   */
  void losses(
      double[][] margins, int at, int[] labels, int count, double[] losses, double[][] slopes);

  /**
   * By how much the class of a row is ahead of the others; the row is on the right side if above
   * zero.
   */
  double lead(double[][] margins, int row, int label);

  /** Two classes: {@code log(1 + e^-m)}, where m is the margin of class 1, negated for class 0. */
  record Binary() implements Likelihood {
    @Override
    public void losses(
        double[][] margins, int at, int[] labels, int count, double[] losses, double[][] slopes) {
      double[] z = margins[0];
      double[] slope = slopes[0];
      for (int i = 0; i < count; i++) {
        double sign = labels[i] == 0 ? -1 : 1;
        double m = sign * z[at + i];
        double e = Exponential.exp(-Math.abs(m));
        double q = 1 / (1 + e);
        slope[i] = m >= 0 ? -sign * (e * q) : -sign * q;
        losses[i] = Math.max(-m, 0.0) + Logarithm.log1p(e);
      }
    }

    @Override
    public double lead(double[][] margins, int row, int label) {
      return label == 0 ? -margins[0][row] : margins[0][row];
    }
  }

  /** Any number of classes: {@code log sum_k e^(z_k - z_y)}. */
  final class Softmax implements Likelihood {
    private final double[] most;
    private final double[] others;

    private Softmax(int rows) {
      most = new double[rows];
      others = new double[rows];
    }

    @Override
    public void losses(
        double[][] margins, int at, int[] labels, int count, double[] losses, double[][] slopes) {
      for (int i = 0; i < count; i++) {
        most[i] = margins[0][at + i];
      }
      for (int k = 1; k < margins.length; k++) {
        raise(most, margins[k], at, count);
      }
      Arrays.fill(others, 0, count, 0.0);
      for (int k = 0; k < margins.length; k++) {
        shares(margins[k], at, k, labels, count, slopes[k]);
      }
      for (int i = 0; i < count; i++) {
        int label = labels[i];
        double sum = others[i] + slopes[label][i];
        double behind = most[i] - margins[label][at + i];
        // With its own class ahead, e^0 is the 1 of log1p.
        losses[i] = behind == 0 ? Logarithm.log1p(others[i]) : behind + Logarithm.log(sum);
        slopes[label][i] = -others[i];
        others[i] = sum;
      }
      for (double[] slope : slopes) {
        divide(slope, others, count);
      }
    }

    private static void raise(double[] most, double[] margins, int at, int count) {
      for (int i = 0; i < count; i++) {
        most[i] = Math.max(most[i], margins[at + i]);
      }
    }

    private void shares(double[] margins, int at, int k, int[] labels, int count, double[] shares) {
      for (int i = 0; i < count; i++) {
        double share = Exponential.exp(margins[at + i] - most[i]);
        shares[i] = share;
        others[i] += labels[i] == k ? 0 : share;
      }
    }

    private static void divide(double[] values, double[] by, int count) {
      for (int i = 0; i < count; i++) {
        values[i] /= by[i];
      }
    }

    @Override
    public double lead(double[][] margins, int row, int label) {
      double ahead = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < margins.length; k++) {
        ahead = k == label ? ahead : Math.max(ahead, margins[k][row]);
      }
      return margins[label][row] - ahead;
    }
  }
}
