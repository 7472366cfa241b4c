package io.drawbar.io;

import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.VectorColumn;
import io.drawbar.type.VectorType;
import java.util.Arrays;

/** Arrays of as many numbers as a vector has elements. */
final class JsonVectorColumn extends JsonColumn {
  private static final int MOST_AT_FIRST = 1 << 16;

  private final int dimension;
  private double[] row = new double[16];

  /** By element, then by row; made for the first vector that is there. */
  private double[][] elements;

  JsonVectorColumn(VectorType type) {
    super(type);
    dimension = type.size();
  }

  @Override
  void grow(int capacity) {}

  @Override
  void put(JsonScanner in) throws BadTextException {
    if (in.next() != '[') {
      throw mismatch(in, type);
    }
    in.open();
    int count = 0;
    for (boolean more = !in.isEmpty(); more; more = in.more()) {
      if (count == row.length) {
        row = Arrays.copyOf(row, 2 * count);
      }
      row[count++] = number(in);
    }
    if (count != dimension) {
      throw in.bad(
          "the array that ends here has %s numbers, not %s. Correct it, or declare it as a list."
              .formatted(count, dimension));
    }
    makeRoom();
    for (int j = 0; j < dimension; j++) {
      elements[j][size] = row[j];
    }
  }

  private void makeRoom() {
    if (elements == null) {
      elements = new double[dimension][Math.max(size + 1, MOST_AT_FIRST / dimension)];
    } else if (size >= elements[0].length) {
      int capacity = Math.max(size + 1, (int) Math.min(2L * elements[0].length, MOST_BYTES));
      for (int j = 0; j < dimension; j++) {
        elements[j] = Arrays.copyOf(elements[j], capacity);
      }
    }
  }

  @Override
  ColumnVector column() {
    return elements == null ? allNull() : new VectorColumn(size, padded(), nullsIfAny());
  }

  /** Rows without a vector at the end may be more than there is room for. */
  private double[][] padded() {
    if (size > 0) {
      size--;
      makeRoom();
      size++;
    }
    return elements;
  }

  private ColumnVector allNull() {
    ColumnBuilder none = ColumnBuilder.of(type);
    for (int i = 0; i < size; i++) {
      none.appendNull();
    }
    return none.build();
  }
}
