package io.drawbar.column;

import java.util.Arrays;

/**
 * Grows a column of vectors in the form of the first one added, dense or sparse. Others are
 * converted, which changes no value; what is not stored in a sparse vector is 0.0, not -0.0.
 */
final class VectorBuilder extends ColumnBuilder {
  private static final int WIDE = 1 << 14;

  private final int dimension;

  /** By element, then by row; null until a dense vector comes first. */
  private double[][] elements;

  private int[] starts;
  private int[] ends;
  private int[] indices;
  private double[] values;
  private int stored;

  VectorBuilder(int dimension) {
    this.dimension = dimension;
  }

  /** How many rows to make room for: few of them where each is long. */
  private int rows(int size) {
    return dimension > WIDE ? size + (size >> 1) + 1 : grown(size);
  }

  /** Decides for a form, and makes room for one more row. */
  private void reserve(boolean prefersDense) {
    if (elements == null && starts == null) {
      if (prefersDense && dimension <= SparseVectorColumn.MOST_DENSE) {
        elements = new double[dimension][rows(size)];
      } else {
        starts = new int[grown(size)];
        ends = new int[starts.length];
        indices = new int[64];
        values = new double[64];
      }
    }
    if (elements != null && size == elements[0].length) {
      for (int j = 0; j < dimension; j++) {
        elements[j] = Arrays.copyOf(elements[j], rows(size));
      }
    }
    if (starts != null && size == starts.length) {
      starts = Arrays.copyOf(starts, grown(size));
      ends = Arrays.copyOf(ends, starts.length);
    }
  }

  private void store(int index, double value) {
    if (stored == indices.length) {
      if (stored > (Integer.MAX_VALUE - 64) / 2) {
        throw new VectorSizeException(
            "the sparse vectors of some thousand rows have more than 2^30 elements;"
                + " use a smaller drawbar.block.rows");
      }
      indices = Arrays.copyOf(indices, 2 * stored);
      values = Arrays.copyOf(values, 2 * stored);
    }
    indices[stored] = index;
    values[stored++] = value;
  }

  private void storeUnlessZero(int index, double value) {
    if (Double.doubleToRawLongBits(value) != 0) {
      store(index, value);
    }
  }

  @Override
  void appendPresent(ColumnVector from, int row) {
    if (from instanceof SparseVectorColumn sparse) {
      appendSparse(sparse, row);
      return;
    }
    double[][] source = ((VectorColumn) from).elements();
    reserve(true);
    if (elements != null) {
      for (int j = 0; j < dimension; j++) {
        elements[j][size] = source[j][row];
      }
      return;
    }
    starts[size] = stored;
    for (int j = 0; j < dimension; j++) {
      storeUnlessZero(j, source[j][row]);
    }
    ends[size] = stored;
  }

  private void appendSparse(SparseVectorColumn from, int row) {
    reserve(false);
    if (elements != null) {
      // The place of a row that is not null has not been written before: it is all zeros.
      for (int k = from.starts()[row]; k < from.ends()[row]; k++) {
        elements[from.indices()[k]][size] = from.values()[k];
      }
      return;
    }
    starts[size] = stored;
    for (int k = from.starts()[row]; k < from.ends()[row]; k++) {
      store(from.indices()[k], from.values()[k]);
    }
    ends[size] = stored;
  }

  @Override
  void appendPlaceholder() {
    // Before a form is chosen nothing is kept: arrays start at 0, which will do for a null.
    if (elements != null || starts != null) {
      reserve(false);
    }
    if (starts != null) {
      starts[size] = stored;
      ends[size] = stored;
    }
  }

  @Override
  void appendObject(Object value) {
    double[] vector = (double[]) value;
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "a vector of %s elements for a column of %s".formatted(vector.length, dimension));
    }
    reserve(true);
    if (elements != null) {
      for (int j = 0; j < dimension; j++) {
        elements[j][size] = canonical(vector[j]);
      }
      return;
    }
    starts[size] = stored;
    for (int j = 0; j < dimension; j++) {
      storeUnlessZero(j, canonical(vector[j]));
    }
    ends[size] = stored;
  }

  /** Adds a row that has these elements; the caller counts it. */
  void put(int[] places, double[] present) {
    reserve(false);
    if (elements != null) {
      // As above, all zeros.
      for (int k = 0; k < places.length; k++) {
        elements[places[k]][size] = canonical(present[k]);
      }
      return;
    }
    starts[size] = stored;
    for (int k = 0; k < places.length; k++) {
      store(places[k], canonical(present[k]));
    }
    ends[size] = stored;
  }

  @Override
  boolean equalsPresent(int index, ColumnVector other, int row) {
    return VectorOrder.compare(view(), index, other, row) == 0;
  }

  private ColumnVector view() {
    return elements != null
        ? new VectorColumn(size, elements, null)
        : new SparseVectorColumn(size, dimension, starts, ends, indices, values, null);
  }

  @Override
  long valueBytes() {
    if (elements != null) {
      return 8L * dimension * elements[0].length;
    }
    return starts == null ? 0 : 8L * starts.length + 12L * indices.length;
  }

  @Override
  public ColumnVector build() {
    if (elements != null) {
      return new VectorColumn(size, elements, nullsOfAll());
    }
    if (starts == null) {
      int[] none = new int[size];
      return new SparseVectorColumn(
          size, dimension, none, none, new int[0], new double[0], nullsOfAll());
    }
    return new SparseVectorColumn(size, dimension, starts, ends, indices, values, nullsOfAll());
  }
}
