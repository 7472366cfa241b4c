package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/**
 * Another run is putting its output at the place, or has been ended while it did. Nothing of the
 * run that is told this was written; it can be run again.
 */
public final class TargetBusyException extends DrawbarException {
  private static final long serialVersionUID = 1;

  TargetBusyException(String message) {
    super(message);
  }
}
