package io.drawbar.column;

import io.drawbar.type.DataType;
import java.util.Arrays;

/**
 * A column of vectors of which only some elements are stored: row {@code i} has the elements {@code
 * indices[k]}, ascending, with the values {@code values[k]} for {@code starts[i] <= k < ends[i]};
 * every other element is 0.0. A stored value may be 0.0, too.
 *
 * <p>It is another form of a {@link VectorColumn}, never another value: whatever is computed from
 * it has the bits that the dense form gives.
 *
 * @param dimension the number of elements of each vector, stored or not
 */
public record SparseVectorColumn(
    int size,
    int dimension,
    int[] starts,
    int[] ends,
    int[] indices,
    double[] values,
    boolean[] nulls)
    implements ColumnVector {
  /** The most elements that a vector may have to be laid out whole. */
  public static final int MOST_DENSE = 1 << 24;

  @Override
  public DataType type() {
    return DataType.vector(dimension);
  }

  /**
   * {@inheritDoc}
   *
   * @throws VectorSizeException if the vector has more than {@value #MOST_DENSE} elements
   */
  @Override
  public Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    if (dimension > MOST_DENSE) {
      throw new VectorSizeException(
          ("a vector of %s elements does not fit a row, which holds all of them: %s at most."
                  + " Leave the column out with select(...), or use it where it is sparse:"
                  + " in dot(...), or written as a file.")
              .formatted(dimension, MOST_DENSE));
    }
    double[] vector = new double[dimension];
    for (int k = starts[row]; k < ends[row]; k++) {
      vector[indices[k]] = values[k];
    }
    return vector;
  }

  /** Lays one row, which is not null, out whole. */
  public void copyTo(int row, double[] vector) {
    Arrays.fill(vector, 0, dimension, 0.0);
    for (int k = starts[row]; k < ends[row]; k++) {
      vector[indices[k]] = values[k];
    }
  }

  /**
   * Lays some rows out whole: {@code target[j][i]} becomes element {@code j} of row {@code
   * rows[i]}.
   *
   * @param rows indices of rows that are not null
   * @param count how many of them are used
   * @param target an array of at least {@code count} numbers for each element
   */
  public void scatter(int[] rows, int count, double[][] target) {
    for (int j = 0; j < dimension; j++) {
      Arrays.fill(target[j], 0, count, 0.0);
    }
    for (int i = 0; i < count; i++) {
      for (int k = starts[rows[i]]; k < ends[rows[i]]; k++) {
        target[indices[k]][i] = values[k];
      }
    }
  }

  @Override
  public ColumnVector withNulls(boolean[] other) {
    return new SparseVectorColumn(size, dimension, starts, ends, indices, values, other);
  }
}
