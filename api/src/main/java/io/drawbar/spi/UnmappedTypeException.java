package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/**
 * A column of an engine's own dataset is of a type that has no counterpart here; the message names
 * the cast to make first.
 */
public final class UnmappedTypeException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public UnmappedTypeException(String message) {
    super(message);
  }

  /**
   * A column whose type has no counterpart.
   *
   * @param column its name
   * @param of what it is a column of: "the DataFrame"
   * @param type the engine's name of its type
   * @param wayOut what to do instead, without a full stop
   */
  public static UnmappedTypeException of(String column, String of, String type, String wayOut) {
    return new UnmappedTypeException(
        "column '%s' of %s is of type %s, which Drawbar has not. %s."
            .formatted(column, of, type, wayOut));
  }
}
