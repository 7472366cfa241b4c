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

  /**
   * Copies some rows: {@code target[j][i]} becomes element {@code j} of row {@code rows[i]}.
   *
   * @param rows indices of rows, ascending
   * @param count how many of them are used
   * @param target an array of at least {@code count} numbers for each element
   */
  public void gather(int[] rows, int count, double[][] target) {
    boolean isRange = count > 0 && rows[count - 1] - rows[0] == count - 1;
    for (int j = 0; j < elements.length; j++) {
      if (isRange) {
        System.arraycopy(elements[j], rows[0], target[j], 0, count);
      } else {
        gather(elements[j], rows, count, target[j]);
      }
    }
  }

  private static void gather(double[] values, int[] rows, int count, double[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = values[rows[i]];
    }
  }
}
