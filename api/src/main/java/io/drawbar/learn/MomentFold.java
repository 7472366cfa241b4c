package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.math.GramFold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Folds blocks of features, and of a label if there is one, into {@link Moments}.
 *
 * <p>A shift is taken from each row; the Gram matrix of the differences and a column of ones then
 * holds their moments, their sums and the count, with the lanes of {@link GramFold}. Usable rows
 * are collected to tiles of 512, and the shift is near the mean of the block's first tile, by
 * weight. Where a later tile weighs more than 64 times as much, as only rows of very different
 * weights can, the rows so far are put aside and the shift from there on is near its mean. So the
 * result is a function of the block's usable rows in order, however the batches are cut.
 *
 * <p>A row of weight w is one of differences, and of a one, times the root of w. The weight that a
 * block has by the sum of those squares may be off by some 1e-15; it is the same in all moments, so
 * that only the block counts so much more or less, and nothing is lost where means are large.
 */
final class MomentFold implements BlockFold<Moments> {
  /** Rows that are folded at a time: some stay in the second-level cache. */
  private static final int TILE = 512;

  /** How much more than the tile that the shift is from a tile weighs that gives another. */
  private static final double HEAVIER = 64;

  private final int elements;
  private final int columns;
  private final boolean isWeighted;
  private final GramFold gram;
  private Unshift unshift;

  /** What rows of other shifts amount to. */
  private final List<Unshift> putAside = new ArrayList<>();

  private final double[] packed;
  private final double[] shift;
  private final Defects defects;
  private double shiftWeight;
  private long used;
  private long badWeights;

  /** Rows of weight 0, which add nothing: one of them would make a bad shift. */
  private long weightless;

  /** The rows in work, by column; then the ones, or the roots of weights. */
  private double[][] piece;

  /** Usable rows that do not fill a tile yet, likewise. */
  private double[][] tile;

  private int filled;

  /** The indices of the rows in work. */
  private final int[] rows = new int[TILE];

  /** Zero for a row of finite values. */
  private final double[] probe = new double[TILE];

  /**
   * A fold.
   *
   * @param elements of the features
   * @param columns as many, or one more for a label
   * @param isWeighted whether rows have weights, after the label
   */
  MomentFold(int elements, int columns, boolean isWeighted) {
    this.elements = elements;
    this.columns = columns;
    this.isWeighted = isWeighted;
    gram = new GramFold(columns + 1);
    unshift = new Unshift(columns);
    packed = new double[Moments.size(columns)];
    shift = new double[columns];
    defects = new Defects(columns);
    piece = new double[columns + 1][TILE];
    tile = new double[columns + 1][TILE];
    Arrays.fill(piece[columns], 1.0);
    Arrays.fill(tile[columns], 1.0);
  }

  @Override
  public void batch(Batch batch) {
    ColumnVector features = batch.column(0);
    for (int from = 0; from < batch.selected(); ) {
      int length = Math.min(TILE, batch.selected() - from);
      int count = present(batch, from, length);
      LabelledColumns.copyFeatures(features, rows, count, piece);
      if (columns > elements) {
        copy(batch.column(1), count, piece[elements]);
      }
      collect(finite(count));
      from += length;
    }
  }

  /** Takes rows of the piece into the tile, which is folded when it is full. */
  private void collect(int count) {
    if (filled == 0) {
      double[][] empty = tile;
      tile = piece;
      piece = empty;
      filled = count;
    } else {
      int some = Math.min(count, TILE - filled);
      append(0, some);
      if (some < count) {
        fold(TILE);
        append(some, count - some);
      }
    }
    if (filled == TILE) {
      fold(TILE);
    }
  }

  private void append(int from, int count) {
    for (int j = 0; j <= columns; j++) {
      System.arraycopy(piece[j], from, tile[j], filled, count);
    }
    filled += count;
  }

  /** Finds the rows without a null; counts the others. */
  private int present(Batch batch, int from, int length) {
    boolean[] noFeatures = batch.column(0).nulls();
    boolean[] noLabel = columns > elements ? batch.column(1).nulls() : null;
    int count = 0;
    for (int n = from; n < from + length; n++) {
      int row = batch.row(n);
      boolean first = noFeatures != null && noFeatures[row];
      boolean second = noLabel != null && noLabel[row];
      if (first || second) {
        defects.rows++;
        defects.nullFeatures += first ? 1 : 0;
        defects.nullLabels += second ? 1 : 0;
      } else if (isWeighted && !hasWeight(batch.column(2), row, count)) {
        badWeights++;
      } else {
        rows[count++] = row;
      }
    }
    return count;
  }

  /** Takes the root of a row's weight; whether it is one. */
  private boolean hasWeight(ColumnVector weights, int row, int to) {
    double weight = weights.isNull(row) ? -1 : LabelledColumns.number(weights, row);
    piece[columns][to] = Math.sqrt(weight);
    return weight >= 0 && weight <= Double.MAX_VALUE;
  }

  private void copy(double[] values, int count, double[] target) {
    if (count > 0 && rows[count - 1] - rows[0] == count - 1) {
      System.arraycopy(values, rows[0], target, 0, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[i] = values[rows[i]];
    }
  }

  private void copy(ColumnVector column, int count, double[] target) {
    if (column instanceof DoubleColumn doubles) {
      copy(doubles.values(), count, target);
    } else if (column instanceof LongColumn longs) {
      for (int i = 0; i < count; i++) {
        target[i] = longs.values()[rows[i]];
      }
    } else {
      BooleanColumn flags = (BooleanColumn) column;
      for (int i = 0; i < count; i++) {
        target[i] = flags.values()[rows[i]] ? 1 : 0;
      }
    }
  }

  /** Closes up over rows with a value that is not finite, or of no weight, and counts those. */
  private int finite(int count) {
    Arrays.fill(probe, 0, count, 0.0);
    for (int j = 0; j < columns; j++) {
      // Zero times a finite number is zero; times anything else, NaN, which stays.
      addZeros(piece[j], probe, count);
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (probe[i] != 0) {
        defects.rows++;
        for (int j = 0; j < columns; j++) {
          defects.inspect(j, piece[j][i]);
        }
        continue;
      }
      if (isWeighted && piece[columns][i] == 0) {
        weightless++;
        continue;
      }
      if (kept < i) {
        for (int j = 0; j <= columns; j++) {
          piece[j][kept] = piece[j][i];
        }
      }
      kept++;
    }
    return kept;
  }

  private static void addZeros(double[] values, double[] probe, int count) {
    for (int i = 0; i < count; i++) {
      probe[i] += values[i] * 0.0;
    }
  }

  private void fold(int count) {
    filled = 0;
    if (count == 0) {
      return;
    }
    double weight = weight(count);
    if (used == 0) {
      shiftTo(weight, count);
    } else if (weight > HEAVIER * shiftWeight) {
      unshift();
      putAside.add(unshift);
      unshift = new Unshift(columns);
      shiftTo(weight, count);
    }
    for (int j = 0; j < columns; j++) {
      subtract(tile[j], shift[j], count);
      if (isWeighted) {
        multiply(tile[j], tile[columns], count);
      }
    }
    gram.add(tile, count);
    used += count;
  }

  private double weight(int count) {
    double weight = 0;
    for (int i = 0; i < count; i++) {
      weight += tile[columns][i] * tile[columns][i];
    }
    return weight;
  }

  /** Ends the rows with the shift so far. */
  private void unshift() {
    gram.finish(packed);
    unshift.compute(shift, packed);
  }

  /**
   * Takes for the shift of each column the tile's value that is nearest to its mean, at most a
   * standard deviation away: differences of whole numbers are then exact, as of a constant. The
   * mean is taken as one from the row that weighs most.
   */
  private void shiftTo(double weight, int count) {
    shiftWeight = weight;
    double[] roots = tile[columns];
    int heaviest = 0;
    for (int i = 1; i < count; i++) {
      heaviest = roots[i] > roots[heaviest] ? i : heaviest;
    }
    for (int j = 0; j < columns; j++) {
      double near = tile[j][heaviest];
      double mean = near + sumFrom(near, tile[j], roots, count) / weight;
      shift[j] = nearest(mean, near, tile[j], count);
    }
  }

  private static double sumFrom(double near, double[] values, double[] roots, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += roots[i] * roots[i] * (values[i] - near);
    }
    return sum;
  }

  /** The value nearest to a mean; if that is no number, the one to begin with. */
  private static double nearest(double mean, double begin, double[] values, int count) {
    double nearest = begin;
    for (int i = 0; i < count; i++) {
      nearest = Math.abs(values[i] - mean) < Math.abs(nearest - mean) ? values[i] : nearest;
    }
    return nearest;
  }

  private static void multiply(double[] values, double[] factors, int count) {
    for (int i = 0; i < count; i++) {
      values[i] *= factors[i];
    }
  }

  private static void subtract(double[] values, double shift, int count) {
    for (int i = 0; i < count; i++) {
      values[i] -= shift;
    }
  }

  @Override
  public void endBlock(Moments into) {
    fold(filled);
    if (used > 0) {
      unshift();
      unshift.addTo(into);
    }
    putAside.forEach(some -> some.addTo(into));
    putAside.clear();
    into.count(used + weightless, badWeights);
    used = 0;
    weightless = 0;
    badWeights = 0;
    if (defects.rows > 0) {
      into.add(defects);
      defects.clear();
    }
  }
}
