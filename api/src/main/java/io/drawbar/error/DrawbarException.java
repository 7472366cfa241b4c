package io.drawbar.error;

/**
 * The base of every error that the library raises.
 *
 * <p>Its message says what went wrong, where (file, line, column, configuration key), the offending
 * value, and the way out: what would have been accepted, or the nearest known name.
 */
public class DrawbarException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * An error found by the library itself.
   *
   * @param message what, where, the value and the way out
   */
  public DrawbarException(String message) {
    super(message);
  }

  /**
   * An error with an underlying cause, such as a file that cannot be read.
   *
   * @param message what, where, the value and the way out
   * @param cause what the JDK or another library raised
   */
  public DrawbarException(String message, Throwable cause) {
    super(message, cause);
  }
}
