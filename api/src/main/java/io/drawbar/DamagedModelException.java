package io.drawbar;

import io.drawbar.error.DrawbarException;

/**
 * What is saved is not a model, or no longer: cut off, changed, or with other parts than it says.
 */
public final class DamagedModelException extends DrawbarException {
  private static final long serialVersionUID = 1;

  /**
   * A damaged model; a {@link ModelFormat} raises it for content that no model of its type has.
   *
   * @param message which part, and what is wrong with it
   */
  public DamagedModelException(String message) {
    super(message);
  }

  DamagedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
