package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.math.Dot;
import io.drawbar.math.SparseDot;
import java.util.ArrayList;
import java.util.List;

/** Vectors made of columns, and their inner products. */
final class Vectors {
  private Vectors() {}

  /** Columns side by side; nothing is copied, unless one of them is sparse: then all become so. */
  record Assemble(Evaluator[] parts) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector[] columns = new ColumnVector[parts.length];
      boolean[] nulls = null;
      boolean isSparse = false;
      for (int i = 0; i < parts.length; i++) {
        columns[i] = parts[i].evaluate(batch);
        nulls = joined(nulls, columns[i].nulls(), batch.rows());
        isSparse |= columns[i] instanceof SparseVectorColumn;
      }
      if (isSparse) {
        return new SparseAssembly(columns).column(batch.rows(), nulls);
      }
      List<double[]> elements = new ArrayList<>();
      for (ColumnVector column : columns) {
        if (column instanceof VectorColumn vector) {
          elements.addAll(List.of(vector.elements()));
        } else {
          elements.add(((DoubleColumn) column).values());
        }
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
    private SparseDot sparseDot;
    private double[] scratch = new double[0];

    Margin(Evaluator vector, List<Double> weights) {
      this.vector = vector;
      this.weights = weights.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = vector.evaluate(batch);
      if (scratch.length < batch.rows()) {
        scratch = new double[batch.rows()];
      }
      if (column instanceof SparseVectorColumn sparse) {
        margins(sparse, batch.rows());
      } else {
        double[][] elements = ((VectorColumn) column).elements();
        Dot.margins(elements, weights, 0, batch.rows(), scratch);
      }
      return new DoubleColumn(batch.rows(), scratch, column.nulls());
    }

    private void margins(SparseVectorColumn sparse, int rows) {
      if (sparseDot == null) {
        sparseDot = new SparseDot(weights);
      }
      for (int i = 0; i < rows; i++) {
        if (!sparse.isNull(i)) {
          scratch[i] =
              sparseDot.dot(
                  sparse.indices(), sparse.values(), sparse.starts()[i], sparse.ends()[i]);
        }
      }
    }
  }
}
