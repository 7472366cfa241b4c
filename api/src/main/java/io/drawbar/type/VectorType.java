package io.drawbar.type;

/**
 * A dense vector of doubles.
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
