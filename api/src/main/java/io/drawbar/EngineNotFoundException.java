package io.drawbar;

import io.drawbar.error.DrawbarException;

/** Configuration names an engine that is not on the class path. */
public final class EngineNotFoundException extends DrawbarException {
  private static final long serialVersionUID = 1;

  EngineNotFoundException(String message) {
    super(message);
  }
}
