package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.OneHot;
import io.drawbar.math.Dot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Vectors made of columns, and their inner products. */
final class Vectors {
  private Vectors() {}

  /** Columns side by side; nothing is copied. */
  record Assemble(Evaluator[] parts) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      List<double[]> elements = new ArrayList<>();
      boolean[] nulls = null;
      for (Evaluator part : parts) {
        ColumnVector column = part.evaluate(batch);
        if (column instanceof VectorColumn vector) {
          elements.addAll(List.of(vector.elements()));
        } else {
          elements.add(((DoubleColumn) column).values());
        }
        nulls = joined(nulls, column.nulls(), batch.rows());
      }
      return new VectorColumn(batch.rows(), elements.toArray(double[][]::new), nulls);
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
    private double[] scratch = new double[0];

    Margin(Evaluator vector, List<Double> weights) {
      this.vector = vector;
      this.weights = weights.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      VectorColumn column = (VectorColumn) vector.evaluate(batch);
      if (scratch.length < batch.rows()) {
        scratch = new double[batch.rows()];
      }
      Dot.margins(column.elements(), weights, 0, batch.rows(), scratch);
      return new DoubleColumn(batch.rows(), scratch, column.nulls());
    }
  }

  /** Elements shifted and scaled by constants. */
  static final class Rescaled implements Evaluator {
    private final Evaluator vector;
    private final double[] shift;
    private final double[] factor;
    private double[][] scratch;

    Rescaled(Evaluator vector, List<Double> shift, List<Double> factor) {
      this.vector = vector;
      this.shift = shift.stream().mapToDouble(Double::doubleValue).toArray();
      this.factor = factor.stream().mapToDouble(Double::doubleValue).toArray();
      scratch = new double[shift.size()][0];
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      VectorColumn column = (VectorColumn) vector.evaluate(batch);
      if (scratch[0].length < batch.rows()) {
        scratch = new double[shift.length][batch.rows()];
      }
      for (int j = 0; j < shift.length; j++) {
        rescale(column.elements()[j], shift[j], factor[j], batch.rows(), scratch[j]);
      }
      return new VectorColumn(batch.rows(), scratch, column.nulls());
    }

    private static void rescale(
        double[] values, double shift, double factor, int rows, double[] into) {
      for (int i = 0; i < rows; i++) {
        into[i] = (values[i] - shift) * factor;
      }
    }
  }

  /** Whole numbers as vectors of one 1. */
  static final class Hot implements Evaluator {
    private final OneHot oneHot;
    private final Evaluator index;
    private double[][] scratch;

    /** The element that is 1 in each row of the scratch space; none if it is not in there. */
    private int[] hot = new int[0];

    private int used;

    Hot(OneHot oneHot, Evaluator index) {
      this.oneHot = oneHot;
      this.index = index;
      scratch = new double[oneHot.elements()][0];
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      LongColumn column = (LongColumn) index.evaluate(batch);
      clear(batch.rows());
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
        if (position < oneHot.elements()) {
          hot[row] = (int) position;
          scratch[hot[row]][row] = 1;
        }
      }
      return new VectorColumn(batch.rows(), scratch, column.nulls());
    }

    /** Takes out the ones of the last batch, instead of filling everything with zeros. */
    private void clear(int rows) {
      for (int row = 0; row < used; row++) {
        if (hot[row] >= 0) {
          scratch[hot[row]][row] = 0;
        }
      }
      if (hot.length < rows) {
        hot = new int[rows];
        scratch = new double[oneHot.elements()][rows];
      }
      Arrays.fill(hot, 0, rows, -1);
      used = rows;
    }
  }
}
