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
 */
final class ClassMomentFold implements BlockFold<ClassMoments> {
  private static final int PIECE = LabelledRows.MOST;

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

  private final ColumnLanes classWeights;
  private final double[] shifts;
  private final double[] finished;

  private final LabelledRows taken;
  private final int[] labels;
  private final double[] rowWeights;

  /** The weights of a tile's rows by their class, zero for rows of others. */
  private final double[][] byClass;

  private final double[] ones = new double[PIECE];
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
    classWeights = new ColumnLanes(classes);
    values = new ColumnLanes[classes];
    Arrays.setAll(values, k -> new ColumnLanes(k == 0 ? 1 : elements));
    present = new double[elements];
    shifts = new double[elements];
    finished = new double[Math.max(elements, classes)];
    byClass = new double[classes][PIECE];
    Arrays.fill(ones, 1.0);
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
    }
    classWeights.add(byClass, ones, 0, count);
  }

  private void fold(int count) {
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
        shifts[j] = firstOf(piece[j]);
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

  private static double firstOf(double[] column) {
    int i = 0;
    while (column[i] == 0) {
      i++;
    }
    return column[i];
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
      int length = stored(column, taken.rows[i]);
      double weight = rowWeights[i];
      for (int k = 1; k < classes; k++) {
        int most = labels[i] == k ? length : 0;
        values[k].addRow(indices, stored, 0, most, weight);
      }
      for (int k = 0; k < length; k++) {
        int j = indices[k];
        present[j]++;
        shifts[j] = shifts[j] == 0 ? stored[k] : shifts[j];
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
  }

  /** Copies the elements of a row that are not zero. */
  private int stored(SparseVectorColumn column, int at) {
    int from = column.starts()[at];
    int to = column.ends()[at];
    if (stored.length < to - from) {
      indices = new int[to - from];
      stored = new double[to - from];
      changed = new double[to - from];
    }
    int length = 0;
    for (int k = from; k < to; k++) {
      if (column.values()[k] != 0) {
        indices[length] = column.indices()[k];
        stored[length++] = column.values()[k];
      }
    }
    return length;
  }

  @Override
  public void endBlock(ClassMoments into) {
    classWeights.finish(finished, 0);
    for (int k = 0; k < classes; k++) {
      found.sums.add(k, finished[k]);
    }
    for (int k = 1; k < classes; k++) {
      values[k].finish(finished, 0);
      for (int j = 0; j < elements; j++) {
        found.sums.add(classes + k * elements + j, finished[j]);
      }
    }
    addMoments();
    into.merge(found);
    used = 0;
    Arrays.fill(present, 0.0);
    Arrays.fill(shifts, 0.0);
    found.clear();
  }

  /** Takes them back to zero: {@code D + n c} and {@code M + 2 c D + n c^2}. */
  private void addMoments() {
    double[] weight = present;
    if (isWeighted) {
      weight = new double[elements];
      weights.finish(weight, 0);
    }
    double[] first = new double[elements];
    deviations.finish(first, 0);
    squares.finish(finished, 0);
    for (int j = 0; j < elements; j++) {
      double c = shifts[j];
      double n = weight[j];
      double d = first[j];
      DoubledSum sum = new DoubledSum().add(d).addProduct(n, c);
      DoubledSum twice = new DoubledSum().add(2 * d).addProduct(n, c);
      DoubledSum square =
          new DoubledSum().add(finished[j]).addProduct(twice.high(), twice.low(), c);
      int at = classes + classes * elements + j;
      found.sums.add(at, sum.high());
      found.sums.add(at, sum.low());
      found.sums.add(at + elements, square.high());
      found.sums.add(at + elements, square.low());
      addRange(j, c, finished[j] == 0);
    }
  }

  private void addRange(int j, double value, boolean isConstant) {
    if (!isConstant) {
      found.least[j] = Double.NEGATIVE_INFINITY;
      found.greatest[j] = Double.POSITIVE_INFINITY;
      return;
    }
    if (present[j] > 0) {
      found.least[j] = value;
      found.greatest[j] = value;
    }
    if (present[j] < used) {
      found.least[j] = Math.min(found.least[j], 0.0);
      found.greatest[j] = Math.max(found.greatest[j], 0.0);
    }
  }
}
