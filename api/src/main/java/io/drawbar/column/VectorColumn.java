package io.drawbar.column;

import io.drawbar.type.DataType;

/**
 * A column of dense vectors, stored as one array an element: element {@code j} of row {@code i} is
 * {@code elements[j][i]}. Assembling features therefore copies nothing, and a kernel runs over a
 * few separate arrays with one shared index, which C2 vectorises.
 */
public record VectorColumn(int size, double[][] elements, boolean[] nulls) implements ColumnVector {
  @Override
  public DataType type() {
    return DataType.vector(elements.length);
  }

  @Override
  public Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    double[] vector = new double[elements.length];
    for (int j = 0; j < vector.length; j++) {
      vector[j] = elements[j][row];
    }
    return vector;
  }

  @Override
  public ColumnVector withNulls(boolean[] other) {
    return new VectorColumn(size, elements, other);
  }

  /** Lays one row, which is not null, out as an array. */
  public void copyTo(int row, double[] vector) {
    for (int j = 0; j < elements.length; j++) {
      vector[j] = elements[j][row];
    }
  }
}
