package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.iterate.BlockFold;
import java.util.Arrays;

/**
 * Folds blocks into {@link ClassMoments}.
 *
 * <p>Squares are taken about a shift, the element's first value in the block that is not zero, so
 * that large means cost no digits; zeros are left out, as they add nothing to a sum about zero.
 * Hence elements that a sparse vector does not store need not be looked at, and its bits are those
 * of a dense one. Each sum has eight lanes by ordinal of the usable row.
 */
final class ClassMomentFold implements BlockFold<ClassMoments> {
  private static final int LANES = 8;
  private static final int MASK = LANES - 1;

  /** Rows that are copied at a time, so that some hundred columns stay in the cache. */
  private static final int PIECE = 256;

  private final int classes;
  private final int elements;
  private final ClassMoments found;

  /** Lanes, by element: weights, deviations and their squares where a value is not zero. */
  private final double[] weights;

  private final double[] deviations;
  private final double[] squares;
  private final double[] shifts;

  /** Lanes, by class and element: values. */
  private final double[] values;

  /** Lanes, by class: weights. */
  private final double[] classWeights;

  /** How many values of an element were looked at. */
  private final long[] seen;

  private final int[] rows = new int[PIECE];
  private final int[] labels = new int[PIECE];
  private final double[] rowWeights = new double[PIECE];
  private double[][] piece;
  private double[] row;
  private long used;

  ClassMomentFold(int classes, int elements) {
    this.classes = classes;
    this.elements = elements;
    found = new ClassMoments(classes, elements);
    weights = new double[elements * LANES];
    deviations = new double[elements * LANES];
    squares = new double[elements * LANES];
    shifts = new double[elements];
    values = new double[Math.multiplyExact(classes * elements, LANES)];
    classWeights = new double[classes * LANES];
    seen = new long[elements];
  }

  @Override
  public void batch(Batch batch) {
    ColumnVector features = batch.column(0);
    for (int from = 0; from < batch.selected(); from += PIECE) {
      int count = usable(batch, from, Math.min(PIECE, batch.selected() - from));
      if (features instanceof SparseVectorColumn sparse) {
        count = finite(sparse, count);
        fold(sparse, count);
      } else {
        if (piece == null) {
          piece = new double[elements][PIECE];
          row = new double[elements];
        }
        LabelledColumns.copyFeatures(features, rows, count, piece);
        count = finite(count);
        for (int j = 0; j < elements; j++) {
          fold(j, piece[j], count);
        }
      }
      foldWeights(count);
      used += count;
    }
  }

  /** Finds the rows with features, a label that is a class, and a weight; counts the others. */
  private int usable(Batch batch, int from, int length) {
    ColumnVector features = batch.column(0);
    ColumnVector label = batch.column(1);
    boolean isWeighted = batch.schema().size() > 2;
    int count = 0;
    for (int n = from; n < from + length; n++) {
      int at = batch.row(n);
      boolean noFeatures = features.isNull(at);
      boolean noLabel = label.isNull(at);
      if (noFeatures || noLabel) {
        found.defects.rows++;
        found.defects.nullFeatures += noFeatures ? 1 : 0;
        found.defects.nullLabels += noLabel ? 1 : 0;
        continue;
      }
      double number = LabelledColumns.number(label, at);
      double weight = 1;
      if (isWeighted) {
        weight = batch.column(2).isNull(at) ? -1 : LabelledColumns.weight(batch, at);
      }
      if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
        found.badWeights++;
      } else if (number != number || Double.isInfinite(number)) {
        found.defects.rows++;
        found.defects.inspect(elements, number);
      } else if (!(number >= 0 && number < classes && number == Math.rint(number))) {
        found.strangers++;
        found.leastStranger = Math.min(found.leastStranger, number);
        found.greatestStranger = Math.max(found.greatestStranger, number);
      } else {
        rows[count] = at;
        labels[count] = (int) number;
        rowWeights[count++] = weight;
      }
    }
    return count;
  }

  /** Closes up over rows with a value that is not finite, and counts those. */
  private int finite(int count) {
    boolean finite = true;
    for (int j = 0; j < elements; j++) {
      finite &= isFinite(piece[j], count);
    }
    if (finite) {
      return count;
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < elements; j++) {
        row[j] = piece[j][i];
      }
      if (inspect(row, 0, elements, null)) {
        for (int j = 0; j < elements; j++) {
          piece[j][kept] = row[j];
        }
        keep(i, kept++);
      }
    }
    return kept;
  }

  private static boolean isFinite(double[] column, int count) {
    double probe = 0;
    for (int i = 0; i < count; i++) {
      probe += column[i] * 0.0;
    }
    return probe == 0;
  }

  private int finite(SparseVectorColumn column, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int at = rows[i];
      if (inspect(column.values(), column.starts()[at], column.ends()[at], column.indices())) {
        keep(i, kept++);
      }
    }
    return kept;
  }

  /** Whether all values of a row are finite; counts it if not. */
  private boolean inspect(double[] row, int from, int to, int[] indices) {
    boolean finite = true;
    for (int k = from; k < to; k++) {
      finite &= Double.isFinite(row[k]);
    }
    if (!finite) {
      found.defects.rows++;
      for (int k = from; k < to; k++) {
        found.defects.inspect(indices == null ? k : indices[k], row[k]);
      }
    }
    return finite;
  }

  private void keep(int from, int to) {
    rows[to] = rows[from];
    labels[to] = labels[from];
    rowWeights[to] = rowWeights[from];
  }

  private void foldWeights(int count) {
    for (int i = 0; i < count; i++) {
      int lane = (int) (used + i) & MASK;
      classWeights[labels[i] * LANES + lane] += rowWeights[i];
      found.rows[labels[i]]++;
    }
  }

  private void fold(int j, double[] column, int count) {
    double least = found.least[j];
    double greatest = found.greatest[j];
    for (int i = 0; i < count; i++) {
      least = Math.min(least, column[i]);
      greatest = Math.max(greatest, column[i]);
    }
    found.least[j] = least;
    found.greatest[j] = greatest;
    seen[j] += count;
    for (int i = 0; i < count; i++) {
      add(j, i, column[i]);
    }
  }

  private void fold(SparseVectorColumn column, int count) {
    for (int i = 0; i < count; i++) {
      for (int k = column.starts()[rows[i]]; k < column.ends()[rows[i]]; k++) {
        int j = column.indices()[k];
        double value = column.values()[k];
        found.least[j] = Math.min(found.least[j], value);
        found.greatest[j] = Math.max(found.greatest[j], value);
        seen[j]++;
        add(j, i, value);
      }
    }
  }

  private void add(int j, int i, double value) {
    if (value == 0) {
      return;
    }
    int lane = (int) used + i & MASK;
    int at = j * LANES + lane;
    double weight = rowWeights[i];
    double shift = shifts[j];
    if (shift == 0) {
      shift = value;
      shifts[j] = value;
    }
    double deviation = value - shift;
    double weighted = weight * deviation;
    weights[at] += weight;
    deviations[at] += weighted;
    squares[at] += weighted * deviation;
    values[(labels[i] * elements + j) * LANES + lane] += weight * value;
  }

  @Override
  public void endBlock(ClassMoments into) {
    for (int j = 0; j < elements; j++) {
      if (seen[j] < used) {
        // Of the others it has zeros.
        found.least[j] = Math.min(found.least[j], 0.0);
        found.greatest[j] = Math.max(found.greatest[j], 0.0);
      }
      addMoments(j);
    }
    for (int k = 0; k < classes; k++) {
      found.sums.add(k, lanes(classWeights, k));
      for (int j = 0; j < elements; j++) {
        found.sums.add(classes + k * elements + j, lanes(values, k * elements + j));
      }
    }
    into.merge(found);
    clear();
  }

  /** Takes them back to zero: {@code D + n c} and {@code M + 2 c D + n c^2}. */
  private void addMoments(int j) {
    double c = shifts[j];
    double n = lanes(weights, j);
    double d = lanes(deviations, j);
    DoubledSum sum = new DoubledSum().add(d).addProduct(n, c);
    DoubledSum twice = new DoubledSum().add(2 * d).addProduct(n, c);
    DoubledSum square =
        new DoubledSum().add(lanes(squares, j)).addProduct(twice.high(), twice.low(), c);
    int at = classes + classes * elements + j;
    found.sums.add(at, sum.high());
    found.sums.add(at, sum.low());
    found.sums.add(at + elements, square.high());
    found.sums.add(at + elements, square.low());
  }

  private static double lanes(double[] sums, int n) {
    int at = n * LANES;
    double even = (sums[at] + sums[at + 4]) + (sums[at + 2] + sums[at + 6]);
    return even + ((sums[at + 1] + sums[at + 5]) + (sums[at + 3] + sums[at + 7]));
  }

  private void clear() {
    used = 0;
    for (double[] lanes : new double[][] {weights, deviations, squares, shifts, values}) {
      Arrays.fill(lanes, 0.0);
    }
    Arrays.fill(classWeights, 0.0);
    Arrays.fill(seen, 0);
    found.clear();
  }
}
