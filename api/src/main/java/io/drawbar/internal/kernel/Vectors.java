package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.OneHot;
import io.drawbar.math.Dot;
import io.drawbar.math.SparseDot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Vectors made of columns, and their inner products. */
final class Vectors {
  private Vectors() {}

  /** Sparse vectors laid out whole, where they count. */
  static double[][] dense(SparseVectorColumn column, Batch batch) {
    double[][] elements = new double[column.dimension()][batch.rows()];
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      for (int k = column.starts()[row]; !column.isNull(row) && k < column.ends()[row]; k++) {
        elements[column.indices()[k]][row] = column.values()[k];
      }
    }
    return elements;
  }

  /** Columns side by side; nothing is copied, unless one of them is sparse: then all become so. */
  static final class Assemble implements Evaluator {
    private final Evaluator[] parts;
    private final ColumnVector[] columns;
    private VectorColumn last;

    Assemble(Evaluator[] parts) {
      this.parts = parts;
      columns = new ColumnVector[parts.length];
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      for (int i = 0; i < parts.length; i++) {
        ColumnVector column = parts[i].evaluate(batch);
        if (column != columns[i]) {
          // Forgotten at once: a part that comes after may fail.
          last = null;
          columns[i] = column;
        }
      }
      return last == null || last.size() != batch.rows() ? assembled(batch.rows()) : last;
    }

    private ColumnVector assembled(int rows) {
      boolean[] nulls = null;
      boolean isSparse = false;
      for (ColumnVector column : columns) {
        nulls = joined(nulls, column.nulls(), rows);
        isSparse |= column instanceof SparseVectorColumn;
      }
      VectorColumn vectors = isSparse ? null : new VectorColumn(rows, elements(), nulls);
      // Flags may be written anew in place, as values may, but would have to be joined again.
      last = nulls == null ? vectors : null;
      return isSparse ? new SparseAssembly(columns.clone()).column(rows, nulls) : vectors;
    }

    private double[][] elements() {
      List<double[]> elements = new ArrayList<>();
      for (ColumnVector column : columns) {
        if (column instanceof VectorColumn vector) {
          elements.addAll(List.of(vector.elements()));
        } else {
          elements.add(((DoubleColumn) column).values());
        }
      }
      return elements.toArray(double[][]::new);
    }

    private static boolean[] joined(boolean[] a, boolean[] b, int rows) {
      if (b == null) {
        return a;
      }
      boolean[] joined = new boolean[rows];
      for (int i = 0; i < rows; i++) {
        joined[i] = b[i] || (a != null && a[i]);
      }
      return joined;
    }
  }

  /** The inner product with constant weights. */
  static final class Margin implements Evaluator {
    private final Evaluator vector;
    private final double[] weights;
    private final DoubleScratch scratch = new DoubleScratch();
    private SparseDot sparseDot;

    Margin(Evaluator vector, List<Double> weights) {
      this.vector = vector;
      this.weights = weights.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = vector.evaluate(batch);
      double[] margins = scratch.forRows(batch.rows());
      if (column instanceof SparseVectorColumn sparse) {
        of(sparse, batch.rows(), margins);
      } else {
        double[][] elements = ((VectorColumn) column).elements();
        Dot.margins(elements, weights, 0, batch.rows(), margins);
      }
      return scratch.column(batch.rows(), column.nulls());
    }

    private void of(SparseVectorColumn sparse, int rows, double[] margins) {
      if (sparseDot == null) {
        sparseDot = new SparseDot(weights);
      }
      for (int i = 0; i < rows; i++) {
        if (!sparse.isNull(i)) {
          margins[i] =
              sparseDot.dot(
                  sparse.indices(), sparse.values(), sparse.starts()[i], sparse.ends()[i]);
        }
      }
    }
  }

  /** Elements shifted and scaled by constants. */
  static final class Rescaled implements Evaluator {
    private final Evaluator vector;
    private final double[] shift;
    private final double[] factor;

    /** Whether 0.0 stays 0.0, so that sparse vectors may stay sparse. */
    private final boolean keepsZeros;

    private double[][] scratch;
    private VectorColumn last;

    Rescaled(Evaluator vector, List<Double> shift, List<Double> factor) {
      this.vector = vector;
      this.shift = shift.stream().mapToDouble(Double::doubleValue).toArray();
      this.factor = factor.stream().mapToDouble(Double::doubleValue).toArray();
      boolean keeps = true;
      for (int j = 0; j < this.shift.length; j++) {
        // 0.0 times a factor below zero, -0.0 among them, is -0.0; less -0.0, a -0.0 is 0.0.
        boolean isPositive = Double.doubleToRawLongBits(this.factor[j]) >= 0;
        boolean isShifted = Double.doubleToRawLongBits(this.shift[j]) != 0;
        keeps &= !isShifted && isPositive && Double.isFinite(this.factor[j]);
      }
      keepsZeros = keeps;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = vector.evaluate(batch);
      if (column instanceof SparseVectorColumn sparse && keepsZeros) {
        return rescaled(sparse);
      }
      if (scratch == null || scratch[0].length < batch.rows()) {
        scratch = new double[shift.length][batch.rows()];
      }
      double[][] elements =
          column instanceof SparseVectorColumn sparse
              ? dense(sparse, batch)
              : ((VectorColumn) column).elements();
      if (batch.rows() == 1) {
        rescaleOne(elements, scratch);
      } else {
        for (int j = 0; j < shift.length; j++) {
          rescale(elements[j], shift[j], factor[j], batch.rows(), scratch[j]);
        }
      }
      last = Unchanged.vectors(last, batch.rows(), scratch, column.nulls());
      return last;
    }

    private SparseVectorColumn rescaled(SparseVectorColumn column) {
      double[] values = new double[column.values().length];
      for (int row = 0; row < column.size(); row++) {
        for (int k = column.starts()[row]; !column.isNull(row) && k < column.ends()[row]; k++) {
          values[k] = column.values()[k] * factor[column.indices()[k]];
        }
      }
      return new SparseVectorColumn(
          column.size(),
          column.dimension(),
          column.starts(),
          column.ends(),
          column.indices(),
          values,
          column.nulls());
    }

    /** The same without a loop for each element. */
    private void rescaleOne(double[][] elements, double[][] into) {
      for (int j = 0; j < shift.length; j++) {
        into[j][0] = (elements[j][0] - shift[j]) * factor[j];
      }
    }

    private static void rescale(
        double[] values, double shift, double factor, int rows, double[] into) {
      for (int i = 0; i < rows; i++) {
        into[i] = (values[i] - shift) * factor;
      }
    }
  }

  /** Whole numbers as sparse vectors of one 1. */
  record Hot(OneHot oneHot, Evaluator index) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      LongColumn column = (LongColumn) index.evaluate(batch);
      int rows = batch.rows();
      int[] starts = new int[rows];
      int[] ends = new int[rows];
      int[] hot = new int[rows];
      double[] ones = new double[rows];
      Arrays.fill(ones, 1);
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        if (column.isNull(row)) {
          continue;
        }
        long position = column.values()[row];
        if (position < 0 || position >= oneHot.categories()) {
          throw new EvaluationException(
              "%s: %s is not one of 0 to %s; filter such rows out before"
                  .formatted(oneHot, position, oneHot.categories() - 1));
        }
        hot[row] = (int) position;
        starts[row] = row;
        ends[row] = position < oneHot.elements() ? row + 1 : row;
      }
      return new SparseVectorColumn(
          rows, oneHot.elements(), starts, ends, hot, ones, column.nulls());
    }
  }
}
