package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.math.ColumnLanes;
import java.util.Arrays;

/**
 * Folds blocks into {@link ClassMoments}.
 *
 * <p>Squares are taken about a shift, the element's first value in the block that is not zero, so
 * that large means cost no digits; zeros are left out, as they add nothing to a sum about zero.
 * Hence elements that a sparse vector does not store need not be looked at, and its bits are those
 * of a dense one. Each sum has the lanes of {@link ColumnLanes}.
 *
 * <p>The row of the first value may weigh next to nothing, and be far from all others. So where a
 * row weighs more than 4096 times as much as the one that the shift is from, what there is of the
 * element so far is put aside, and its value there becomes the shift.
 */
final class ClassMomentFold implements BlockFold<ClassMoments> {
  private static final int PIECE = LabelledRows.MOST;

  /** What a row weighs more than the row of a shift, if it gives another. */
  private static final double HEAVIER = 4096;

  private final int classes;
  private final int elements;
  private final ClassMoments found;
  private final ColumnLanes deviations;
  private final ColumnLanes squares;

  /** Of values that are not zero, their weight; only where rows have weights. */
  private final ColumnLanes weights;

  /** Of values that are not zero, how many there are. */
  private final double[] present;

  /** Values, by class from 1. */
  private final ColumnLanes[] values;

  /** In twice the digits, so that large means cancel. */
  private final DoubledSum[] classWeights;

  /** What of an element's weight has been put aside. */
  private final DoubledSum[] aside;

  private final double[] shifts;

  /** The weights of the rows that shifts are from. */
  private final double[] shiftWeights;

  private final double[] finished;

  private final LabelledRows taken;
  private final int[] labels;
  private final double[] rowWeights;

  /** The weights of a tile's rows by their class, zero for rows of others. */
  private final double[][] byClass;

  private double[][] piece;
  private double[][] indicators;
  private int[] indices = new int[0];
  private double[] stored = new double[0];
  private double[] changed = new double[0];
  private boolean isWeighted;
  private long used;

  ClassMomentFold(int classes, int elements) {
    this.classes = classes;
    this.elements = elements;
    found = new ClassMoments(classes, elements);
    taken = new LabelledRows(classes, elements, found.labels);
    labels = taken.labels;
    rowWeights = taken.weights;
    deviations = new ColumnLanes(elements);
    squares = new ColumnLanes(elements);
    weights = new ColumnLanes(elements);
    classWeights = new DoubledSum[classes];
    aside = new DoubledSum[elements];
    Arrays.setAll(classWeights, k -> new DoubledSum());
    values = new ColumnLanes[classes];
    Arrays.setAll(values, k -> new ColumnLanes(k == 0 ? 1 : elements));
    present = new double[elements];
    shifts = new double[elements];
    shiftWeights = new double[elements];
    finished = new double[Math.max(elements, classes)];
    byClass = new double[classes][PIECE];
  }

  @Override
  public void batch(Batch batch) {
    ColumnVector features = batch.column(0);
    isWeighted = batch.schema().size() > 2;
    for (int from = 0; from < batch.selected(); from += PIECE) {
      int count = taken.take(batch, from);
      foldWeights(count);
      if (features instanceof SparseVectorColumn sparse) {
        fold(sparse, count);
      } else {
        piece = taken.columns;
        fold(count);
      }
      used += count;
    }
  }

  private void foldWeights(int count) {
    for (int k = 0; k < classes; k++) {
      Arrays.fill(byClass[k], 0, count, 0.0);
    }
    for (int i = 0; i < count; i++) {
      byClass[labels[i]][i] = rowWeights[i];
      classWeights[labels[i]].add(rowWeights[i]);
    }
  }

  private void fold(int count) {
    if (isWeighted && !isEven(count)) {
      foldRows(count);
      return;
    }
    if (isWeighted) {
      weights.add(indicators(count), rowWeights, 0, count);
    }
    for (int k = 1; k < classes; k++) {
      values[k].add(piece, byClass[k], 0, count);
    }
    for (int j = 0; j < elements; j++) {
      int zeros = zeros(piece[j], count);
      present[j] += count - zeros;
      if (shifts[j] == 0 && zeros < count) {
        int first = firstOf(piece[j]);
        shifts[j] = piece[j][first];
        shiftWeights[j] = rowWeights[first];
      }
      if (zeros == 0) {
        subtract(piece[j], shifts[j], count);
      } else {
        subtractFromOthers(piece[j], shifts[j], count);
      }
    }
    deviations.add(piece, rowWeights, 0, count);
    for (int j = 0; j < elements; j++) {
      square(piece[j], count);
    }
    squares.add(piece, rowWeights, 0, count);
  }

  /** Whether no row weighs so much that it gives another shift. */
  private boolean isEven(int count) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, rowWeights[i]);
      most = Math.max(most, rowWeights[i]);
    }
    for (int j = 0; j < elements; j++) {
      least = shifts[j] == 0 ? least : Math.min(least, shiftWeights[j]);
    }
    return most <= HEAVIER * least;
  }

  /** The same row by row. */
  private void foldRows(int count) {
    reserve(elements);
    for (int i = 0; i < count; i++) {
      int length = 0;
      for (int j = 0; j < elements; j++) {
        if (piece[j][i] != 0) {
          indices[length] = j;
          stored[length++] = piece[j][i];
        }
      }
      foldRow(length, i);
    }
  }

  /** 1 where a value is not zero. */
  private double[][] indicators(int count) {
    if (indicators == null) {
      indicators = new double[elements][PIECE];
    }
    for (int j = 0; j < elements; j++) {
      for (int i = 0; i < count; i++) {
        indicators[j][i] = piece[j][i] == 0 ? 0 : 1;
      }
    }
    return indicators;
  }

  private static int zeros(double[] column, int count) {
    int zeros = 0;
    for (int i = 0; i < count; i++) {
      zeros += column[i] == 0 ? 1 : 0;
    }
    return zeros;
  }

  private static int firstOf(double[] column) {
    int i = 0;
    while (column[i] == 0) {
      i++;
    }
    return i;
  }

  private static void subtract(double[] column, double shift, int count) {
    for (int i = 0; i < count; i++) {
      column[i] -= shift;
    }
  }

  private static void subtractFromOthers(double[] column, double shift, int count) {
    for (int i = 0; i < count; i++) {
      column[i] = column[i] == 0 ? 0 : column[i] - shift;
    }
  }

  private static void square(double[] column, int count) {
    for (int i = 0; i < count; i++) {
      column[i] *= column[i];
    }
  }

  private void fold(SparseVectorColumn column, int count) {
    for (int i = 0; i < count; i++) {
      foldRow(stored(column, taken.rows[i]), i);
    }
  }

  /** A row, whose values that are not zero are stored. */
  private void foldRow(int length, int i) {
    double weight = rowWeights[i];
    for (int k = 1; k < classes; k++) {
      int most = labels[i] == k ? length : 0;
      values[k].addRow(indices, stored, 0, most, weight);
    }
    for (int k = 0; k < length; k++) {
      int j = indices[k];
      if (shifts[j] != 0 && weight > HEAVIER * shiftWeights[j]) {
        DoubledSum lighter = new DoubledSum().add(weights.take(j));
        addMoments(j, lighter, deviations.take(j), squares.take(j));
        aside[j] = (aside[j] == null ? new DoubledSum() : aside[j]).add(lighter.high());
        shifts[j] = 0;
      }
      present[j]++;
      if (shifts[j] == 0) {
        shifts[j] = stored[k];
        shiftWeights[j] = weight;
      }
      changed[k] = 1;
      stored[k] -= shifts[j];
    }
    if (isWeighted) {
      weights.addRow(indices, changed, 0, length, weight);
    }
    deviations.addRow(indices, stored, 0, length, weight);
    for (int k = 0; k < length; k++) {
      stored[k] *= stored[k];
    }
    squares.addRow(indices, stored, 0, length, weight);
  }

  /** Copies the elements of a row that are not zero. */
  private int stored(SparseVectorColumn column, int at) {
    int from = column.starts()[at];
    int to = column.ends()[at];
    reserve(to - from);
    int length = 0;
    for (int k = from; k < to; k++) {
      if (column.values()[k] != 0) {
        indices[length] = column.indices()[k];
        stored[length++] = column.values()[k];
      }
    }
    return length;
  }

  private void reserve(int length) {
    if (stored.length < length) {
      indices = new int[length];
      stored = new double[length];
      changed = new double[length];
    }
  }

  @Override
  public void endBlock(ClassMoments into) {
    DoubledSum whole = new DoubledSum();
    for (int k = 0; k < classes; k++) {
      found.sums.add(k, classWeights[k].high());
      found.sums.add(k, classWeights[k].low());
      whole.add(classWeights[k].high()).add(classWeights[k].low());
      classWeights[k] = new DoubledSum();
    }
    for (int k = 1; k < classes; k++) {
      values[k].finish(finished, 0);
      for (int j = 0; j < elements; j++) {
        found.sums.add(classes + k * elements + j, finished[j]);
      }
    }
    addMoments(whole);
    into.merge(found);
    used = 0;
    Arrays.fill(present, 0.0);
    Arrays.fill(shifts, 0.0);
    Arrays.fill(aside, null);
    found.clear();
  }

  /**
   * Adds all, given the weight of the block. Of an element without zeros, n is what that leaves, to
   * the same digits: about a large mean, weights that differ in the last digit would show.
   */
  private void addMoments(DoubledSum whole) {
    double[] weight = present;
    if (isWeighted) {
      weight = new double[elements];
      weights.finish(weight, 0);
    }
    double[] first = new double[elements];
    deviations.finish(first, 0);
    squares.finish(finished, 0);
    for (int j = 0; j < elements; j++) {
      DoubledSum n = new DoubledSum();
      if (isWeighted && present[j] == used) {
        n.add(whole.high()).add(whole.low());
        n.add(aside[j] == null ? 0 : -aside[j].high()).add(aside[j] == null ? 0 : -aside[j].low());
      } else {
        n.add(weight[j]);
      }
      addMoments(j, n, first[j], finished[j]);
      if (present[j] < used) {
        addRange(j, 0.0);
      }
    }
  }

  /** Takes them back to zero: {@code D + n c} and {@code M + 2 c D + n c^2}. */
  private void addMoments(int j, DoubledSum n, double d, double m) {
    double c = shifts[j];
    DoubledSum sum = new DoubledSum().add(d).addProduct(n.high(), n.low(), c);
    DoubledSum twice = new DoubledSum().add(2 * d).addProduct(n.high(), n.low(), c);
    DoubledSum square = new DoubledSum().add(m).addProduct(twice.high(), twice.low(), c);
    int at = classes + classes * elements + j;
    found.sums.add(at, sum.high());
    found.sums.add(at, sum.low());
    found.sums.add(at + elements, square.high());
    found.sums.add(at + elements, square.low());
    if (m != 0) {
      addRange(j, Double.NEGATIVE_INFINITY);
      addRange(j, Double.POSITIVE_INFINITY);
    } else if (present[j] > 0) {
      addRange(j, c);
    }
  }

  private void addRange(int j, double value) {
    found.least[j] = Math.min(found.least[j], value);
    found.greatest[j] = Math.max(found.greatest[j], value);
  }
}
