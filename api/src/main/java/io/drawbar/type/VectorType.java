package io.drawbar.type;

/**
 * A vector of doubles, all of the same number of elements; whether zeros are stored is the column's
 * business and changes no value.
 *
 * @param size the number of elements, at least 1
 */
public record VectorType(int size) implements DataType {
  public VectorType {
    if (size < 1) {
      throw new IllegalArgumentException("a vector has at least 1 element, not " + size);
    }
  }

  @Override
  public boolean isNumeric() {
    return false;
  }

  @Override
  public String toString() {
    return "VECTOR(" + size + ")";
  }
}
