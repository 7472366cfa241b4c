package io.drawbar.io.parquet;

/** Bytes are not what the format says they are; who knows the file adds where that is. */
final class DamageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DamageException(String message) {
    super(message);
  }
}
