package io.drawbar.testkit;

import io.drawbar.expr.Interpolate;
import io.drawbar.expr.NormalLogs;
import io.drawbar.expr.Rescale;
import io.drawbar.math.Exponential;
import io.drawbar.math.Logarithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What functions of a vector give, of the vector in an array. */
final class VectorOracle {
  private VectorOracle() {}

  /** Element i goes to lane i mod 8; the lanes are added as io.drawbar.math.Dot says. */
  static double dot(double[] vector, List<Double> weights) {
    double[] lanes = new double[8];
    for (int i = 0; i < vector.length; i++) {
      double product = vector[i] * weights.get(i);
      lanes[i % 8] += product;
    }
    return added(lanes);
  }

  private static double added(double[] lanes) {
    double even = (lanes[0] + lanes[4]) + (lanes[2] + lanes[6]);
    double odd = (lanes[1] + lanes[5]) + (lanes[3] + lanes[7]);
    return even + odd;
  }

  static double[] rescaled(double[] vector, Rescale rescale) {
    double[] result = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      double difference = vector[i] - rescale.shift().get(i);
      result[i] = difference * rescale.factor().get(i);
    }
    return result;
  }

  static double[] shares(double[] vector) {
    double most = vector[greatest(vector)];
    double[] shares = Arrays.stream(vector).map(x -> Exponential.exp(x - most)).toArray();
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    for (int k = 0; k < shares.length; k++) {
      shares[k] /= sum;
    }
    return shares;
  }

  static int greatest(double[] vector) {
    int best = 0;
    for (int k = 1; k < vector.length; k++) {
      // compare has NaN greatest, but tells zeros apart
      best = Double.compare(vector[k] + 0.0, vector[best] + 0.0) > 0 ? k : best;
    }
    return best;
  }

  static Long nearest(double[] vector, List<List<Double>> centres) {
    Long found = null;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.size(); c++) {
      double[] lanes = new double[8];
      for (int j = 0; j < vector.length; j++) {
        double difference = vector[j] - centres.get(c).get(j);
        lanes[j % 8] += difference * difference;
      }
      double distance = added(lanes);
      if (distance < least || found == null && distance == least) {
        found = (long) c;
        least = distance;
      }
    }
    return found;
  }

  static double[] normalLogs(double[] vector, NormalLogs normalLogs) {
    int size = vector.length;
    double[] logs = new double[normalLogs.means().size()];
    for (int k = 0; k < logs.length; k++) {
      List<Double> factor = normalLogs.factors().get(k);
      boolean isDiagonal = factor.size() == size;
      double squares = 0;
      int at = 0;
      for (int i = 0; i < size; i++) {
        double sum = 0;
        for (int j = isDiagonal ? i : 0; j <= i; j++) {
          sum += (vector[j] - normalLogs.means().get(k).get(j)) * factor.get(at++);
        }
        squares += sum * sum;
      }
      logs[k] = normalLogs.constants().get(k) - 0.5 * squares;
    }
    return logs;
  }

  static double logSumExp(double[] vector) {
    double most = vector[greatest(vector)];
    if (Double.isNaN(most) || Double.isInfinite(most)) {
      return most;
    }
    double sum = 0;
    for (double x : vector) {
      sum += Exponential.exp(x - most);
    }
    return most + Logarithm.log(sum);
  }

  static double[] interpolated(double[] vector, Interpolate interpolate) {
    double span = interpolate.to() - interpolate.from();
    double[] result = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      double width = interpolate.greatest().get(i) - interpolate.least().get(i);
      double share = (vector[i] - interpolate.least().get(i)) / (width == 0 ? 1 : width);
      result[i] = share * span + interpolate.from();
    }
    return result;
  }

  /** Powers of the last variable outside, then those of the one before, and so on. */
  static double[] products(double[] vector, int degree) {
    List<Double> products = new ArrayList<>();
    powers(vector, new int[vector.length], vector.length - 1, degree, products);
    return products.stream().skip(1).mapToDouble(Double::doubleValue).toArray();
  }

  private static void powers(
      double[] vector, int[] powers, int last, int degree, List<Double> into) {
    if (last < 0) {
      double product = Double.NaN;
      boolean isFirst = true;
      for (int i = 0; i < vector.length; i++) {
        for (int k = 0; k < powers[i]; k++) {
          product = isFirst ? vector[i] : product * vector[i];
          isFirst = false;
        }
      }
      into.add(product);
      return;
    }
    for (powers[last] = 0; powers[last] <= degree; powers[last]++) {
      powers(vector, powers, last - 1, degree - powers[last], into);
    }
    powers[last] = 0;
  }
}
