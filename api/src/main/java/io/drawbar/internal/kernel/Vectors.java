package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.math.Dot;
import java.util.ArrayList;
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
}
