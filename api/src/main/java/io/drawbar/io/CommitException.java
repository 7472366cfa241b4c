package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/** Output could not be put at its place; nothing is there. */
public final class CommitException extends DrawbarException {
  private static final long serialVersionUID = 1;

  CommitException(String message) {
    super(message);
  }

  CommitException(String message, Throwable cause) {
    super(message, cause);
  }
}
