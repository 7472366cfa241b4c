package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.expr.Monomials;

/** Products of elements: of dense vectors a column at a time, of sparse ones a row at a time. */
final class Products implements Evaluator {
  private final Evaluator vector;
  private final int[] parents;
  private final int[] variables;
  private double[][] scratch;

  Products(Evaluator vector, Monomials monomials) {
    this.vector = vector;
    parents = new int[monomials.size()];
    variables = new int[parents.length];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = monomials.parent(i);
      variables[i] = monomials.variable(i);
    }
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    ColumnVector column = vector.evaluate(batch);
    if (column instanceof SparseVectorColumn sparse) {
      return sparse(sparse, batch);
    }
    double[][] elements = ((VectorColumn) column).elements();
    if (scratch == null || scratch[0].length < batch.rows()) {
      scratch = new double[parents.length][batch.rows()];
    }
    double[][] products = new double[parents.length][];
    for (int i = 0; i < parents.length; i++) {
      double[] values = elements[variables[i]];
      if (parents[i] < 0) {
        products[i] = values;
      } else {
        products[i] = scratch[i];
        multiply(products[parents[i]], values, batch.rows(), products[i]);
      }
    }
    return new VectorColumn(batch.rows(), products, column.nulls());
  }

  private static void multiply(double[] a, double[] b, int rows, double[] into) {
    for (int i = 0; i < rows; i++) {
      into[i] = a[i] * b[i];
    }
  }

  /** What is not stored counts, too: 0.0 times -1 is -0.0, times infinity NaN. */
  private SparseVectorColumn sparse(SparseVectorColumn column, Batch batch) {
    double[] row = new double[column.dimension()];
    double[] products = new double[parents.length];
    SparseRows rows = new SparseRows(batch.rows());
    for (int n = 0; n < batch.selected(); n++) {
      int at = batch.row(n);
      rows.begin(at);
      if (!column.isNull(at)) {
        column.copyTo(at, row);
        for (int i = 0; i < products.length; i++) {
          double value = row[variables[i]];
          products[i] = parents[i] < 0 ? value : products[parents[i]] * value;
          rows.addUnlessZero(i, products[i]);
        }
      }
      rows.end(at);
    }
    return rows.column(products.length, column.nulls());
  }
}
