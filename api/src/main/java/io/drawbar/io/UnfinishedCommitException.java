package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/**
 * Output has been decided on, readers of this library see it, but it could not be brought to its
 * place: the next run that writes there completes it, or {@link OutputRecovery}. To run again would
 * be to write it twice.
 */
public final class UnfinishedCommitException extends DrawbarException {
  private static final long serialVersionUID = 1;

  UnfinishedCommitException(String message, Throwable cause) {
    super(message, cause);
  }
}
