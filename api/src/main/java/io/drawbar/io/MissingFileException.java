package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/** A file or folder that was named is not there. */
public final class MissingFileException extends DrawbarException {
  private static final long serialVersionUID = 1;

  /**
   * An error that says what was looked for.
   *
   * @param message the path as given, the absolute path, and the nearest name that exists
   */
  public MissingFileException(String message) {
    super(message);
  }
}
