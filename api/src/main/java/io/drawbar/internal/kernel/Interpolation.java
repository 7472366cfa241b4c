package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.expr.Interpolate;

/** Elements mapped from ranges of their own to a common one. */
final class Interpolation implements Evaluator {
  private final Evaluator vector;
  private final double[] least;
  private final double[] width;
  private final double from;
  private final double span;

  /** Whether 0.0 stays 0.0, so that sparse vectors may stay sparse. */
  private final boolean keepsZeros;

  private double[][] scratch;

  Interpolation(Interpolate interpolate, Evaluator vector) {
    this.vector = vector;
    least = interpolate.least().stream().mapToDouble(Double::doubleValue).toArray();
    width = new double[least.length];
    from = interpolate.from();
    span = interpolate.to() - from;
    boolean keeps = true;
    for (int j = 0; j < least.length; j++) {
      width[j] = interpolate.width(j);
      keeps &= Double.doubleToRawLongBits(mapped(0.0, least[j], width[j], from, span)) == 0;
    }
    keepsZeros = keeps;
  }

  private static double mapped(double x, double least, double width, double from, double span) {
    return (x - least) / width * span + from;
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    ColumnVector column = vector.evaluate(batch);
    if (column instanceof SparseVectorColumn sparse && keepsZeros) {
      return sparse(sparse, batch);
    }
    if (scratch == null || scratch[0].length < batch.rows()) {
      scratch = new double[least.length][batch.rows()];
    }
    double[][] elements =
        column instanceof SparseVectorColumn sparse
            ? Vectors.dense(sparse, batch)
            : ((VectorColumn) column).elements();
    for (int j = 0; j < least.length; j++) {
      map(elements[j], least[j], width[j], batch.rows(), scratch[j]);
    }
    return new VectorColumn(batch.rows(), scratch, column.nulls());
  }

  private void map(double[] values, double least, double width, int rows, double[] into) {
    for (int i = 0; i < rows; i++) {
      into[i] = mapped(values[i], least, width, from, span);
    }
  }

  private SparseVectorColumn sparse(SparseVectorColumn column, Batch batch) {
    double[] values = new double[column.values().length];
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      for (int k = column.starts()[row]; !column.isNull(row) && k < column.ends()[row]; k++) {
        int j = column.indices()[k];
        values[k] = mapped(column.values()[k], least[j], width[j], from, span);
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
}
