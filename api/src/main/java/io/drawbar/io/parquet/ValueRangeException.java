package io.drawbar.io.parquet;

/** A value that is rightly stored and is none of the type declared; who knows the place adds it. */
final class ValueRangeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int row;

  /**
   * Such a value.
   *
   * @param row where it is in its block, or -1 if only the block is known
   */
  ValueRangeException(int row, String message) {
    super(message);
    this.row = row;
  }

  int row() {
    return row;
  }
}
