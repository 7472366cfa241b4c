package io.drawbar.error;

/**
 * The base of the errors that data, files, configuration, models and engines give, and of those in
 * how datasets are put together. A parameter that no data could make right, a negative number of
 * clusters, is an {@link IllegalArgumentException}, as in the JDK.
 *
 * <p>Its message says what went wrong, where (file, line, column, configuration key), the offending
 * value, and the way out: what would have been accepted, or the nearest known name.
 */
public class DrawbarException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The call that it came of; empty as long as nobody knows. */
  private String call = "";

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

  /**
   * Has the message begin with the call that the error came of. The first who says so is the one
   * nearest to the cause; a message that begins with the same method stays as it is.
   *
   * @param call as it is written in a program: {@code where(price > 3)}
   */
  public final void in(String call) {
    int end = 0;
    while (end < call.length() && Character.isJavaIdentifierPart(call.charAt(end))) {
      end++;
    }
    String message = String.valueOf(super.getMessage());
    boolean isTold = message.startsWith(call.substring(0, Math.min(end + 1, call.length())));
    if (this.call.isEmpty() && !isTold) {
      this.call = call;
    }
  }

  @Override
  public String getMessage() {
    return call.isEmpty() ? super.getMessage() : call + ": " + super.getMessage();
  }
}
