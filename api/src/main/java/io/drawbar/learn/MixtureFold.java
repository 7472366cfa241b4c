package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.math.ColumnLanes;
import io.drawbar.math.Exponential;
import io.drawbar.math.GramFold;
import io.drawbar.math.LogDensities;
import io.drawbar.math.Logarithm;
import io.drawbar.math.NearestCentre;
import java.util.Arrays;

/**
 * Shares the rows of blocks out among components, and sums their moments up by share: the products
 * of deviations from the component's mean, which keep the digits that those of the values would
 * lose where means are large.
 *
 * <p>A share of less than 2^-80 of the largest counts as none: it would change no digit of a sum,
 * and rows far from a component need not be added to it.
 */
final class MixtureFold implements BlockFold<MixtureSums> {
  /** The logarithm of 2^-80. */
  private static final double LEAST = -55.45;

  private final CovarianceShape shape;
  private final int elements;
  private final int components;
  private final double[][] means;
  private final NearestCentre nearest;
  private final LogDensities densities;
  private final FeatureTile tile;

  /** By component, then row. */
  private final double[][] shares;

  private final double[] most;
  private final double[] sum;
  private final int[] which;
  private final int[] kept;
  private final double[] factor;

  /** Deviations of the rows of one component, by element, and what a one becomes. */
  private final double[][] piece;

  private final GramFold[] products;
  private final ColumnLanes[] deviations;
  private final ColumnLanes[] squares;
  private final double[] flat;
  private double likelihood;

  MixtureFold(Mixture state, CovarianceShape shape, int elements) {
    this.shape = shape;
    this.elements = elements;
    means = state.means();
    components = means.length;
    boolean isStart = state.phase() == Mixture.Phase.STARTING;
    nearest = isStart ? new NearestCentre(means) : null;
    densities = isStart ? null : densities(state, shape, elements);
    tile = new FeatureTile(elements);
    int rows = tile.most();
    shares = new double[components][rows];
    most = new double[rows];
    sum = new double[rows];
    which = new int[rows];
    kept = new int[rows];
    factor = new double[rows];
    piece = new double[elements + 1][rows];
    boolean isFull = shape == CovarianceShape.FULL;
    products = new GramFold[isFull ? components : 0];
    Arrays.setAll(products, k -> new GramFold(elements + 1));
    deviations = new ColumnLanes[isFull ? 0 : components];
    squares = new ColumnLanes[isFull ? 0 : components];
    Arrays.setAll(deviations, k -> new ColumnLanes(elements));
    // The last column holds ones, whose squares they are.
    Arrays.setAll(squares, k -> new ColumnLanes(elements + 1));
    flat = new double[Math.toIntExact(MixtureSums.length(shape, components, elements))];
  }

  private static LogDensities densities(Mixture state, CovarianceShape shape, int elements) {
    NormalFactors factors =
        NormalFactors.sure(shape, state.weights(), state.covariances(), elements);
    return new LogDensities(state.means(), factors.factors(), factors.constants());
  }

  @Override
  public void batch(Batch batch) {
    for (int from = 0; from < batch.selected(); from += tile.most()) {
      int count = tile.fill(batch, 0, from);
      if (densities == null) {
        shareByDistance(count);
      } else {
        densities.compute(tile.columns, count, shares);
        shareByDensity(count);
      }
      for (int k = 0; k < components; k++) {
        add(k, count);
      }
    }
  }

  private void shareByDistance(int count) {
    nearest.find(tile.columns, count, which, most, sum);
    for (int k = 0; k < components; k++) {
      for (int i = 0; i < count; i++) {
        shares[k][i] = which[i] == k ? 1 : 0;
      }
    }
  }

  /** Makes shares of logarithms of densities, and adds those of the mixture up. */
  private void shareByDensity(int count) {
    System.arraycopy(shares[0], 0, most, 0, count);
    for (int k = 1; k < components; k++) {
      raise(shares[k], most, count);
    }
    Arrays.fill(sum, 0, count, 0.0);
    for (int k = 0; k < components; k++) {
      exponentiate(shares[k], most, sum, count);
    }
    for (int i = 0; i < count; i++) {
      likelihood += most[i] + Logarithm.log(sum[i]);
    }
    for (int k = 0; k < components; k++) {
      divide(shares[k], sum, count);
    }
  }

  private static void raise(double[] values, double[] most, int count) {
    for (int i = 0; i < count; i++) {
      most[i] = Math.max(most[i], values[i]);
    }
  }

  private static void exponentiate(double[] logs, double[] most, double[] sum, int count) {
    for (int i = 0; i < count; i++) {
      double behind = logs[i] - most[i];
      double share = behind > LEAST ? Exponential.exp(behind) : 0;
      logs[i] = share;
      sum[i] += share;
    }
  }

  private static void divide(double[] shares, double[] sum, int count) {
    for (int i = 0; i < count; i++) {
      shares[i] /= sum[i];
    }
  }

  /** Adds rows to a component that have a share in it. */
  private void add(int component, int count) {
    double[] share = shares[component];
    int rows = 0;
    for (int i = 0; i < count; i++) {
      kept[rows] = i;
      rows += share[i] > 0 ? 1 : 0;
    }
    if (rows == 0) {
      return;
    }
    double[] mean = means[component];
    if (rows == count) {
      System.arraycopy(share, 0, factor, 0, count);
      for (int j = 0; j < elements; j++) {
        subtract(tile.columns[j], mean[j], count, piece[j]);
      }
    } else {
      for (int n = 0; n < rows; n++) {
        factor[n] = share[kept[n]];
      }
      for (int j = 0; j < elements; j++) {
        subtract(tile.columns[j], kept, mean[j], rows, piece[j]);
      }
    }
    if (shape == CovarianceShape.FULL) {
      addProducts(component, rows);
    } else {
      addSquares(component, rows);
    }
  }

  private static void subtract(double[] values, double mean, int count, double[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = values[i] - mean;
    }
  }

  private static void subtract(
      double[] values, int[] rows, double mean, int count, double[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = values[rows[i]] - mean;
    }
  }

  private void addProducts(int component, int rows) {
    double[] root = piece[elements];
    for (int i = 0; i < rows; i++) {
      root[i] = Math.sqrt(factor[i]);
    }
    for (int j = 0; j < elements; j++) {
      multiply(piece[j], root, rows);
    }
    products[component].add(piece, rows);
  }

  private static void multiply(double[] values, double[] factors, int count) {
    for (int i = 0; i < count; i++) {
      values[i] *= factors[i];
    }
  }

  private void addSquares(int component, int rows) {
    deviations[component].add(piece, factor, 0, rows);
    for (int j = 0; j < elements; j++) {
      multiply(piece[j], piece[j], rows);
    }
    Arrays.fill(piece[elements], 0, rows, 1.0);
    squares[component].add(piece, factor, 0, rows);
  }

  @Override
  public void endBlock(MixtureSums into) {
    int length = (flat.length - 1) / components;
    for (int k = 0; k < components; k++) {
      if (shape == CovarianceShape.FULL) {
        double[] packed = new double[length];
        products[k].finish(packed);
        System.arraycopy(packed, 0, flat, k * length, length);
      } else {
        deviations[k].finish(flat, k * length);
        squares[k].finish(flat, k * length + elements);
      }
    }
    flat[flat.length - 1] = likelihood;
    into.add(flat);
    likelihood = 0;
  }
}
