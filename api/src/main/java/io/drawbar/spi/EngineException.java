package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/**
 * An engine could not do its part: start, move frames, bring a task to its end in all its attempts.
 */
public final class EngineException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
