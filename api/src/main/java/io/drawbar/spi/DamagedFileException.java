package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/** A file does not hold what its name promises: a gzip file that is cut off, say. */
public final class DamagedFileException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public DamagedFileException(String message) {
    super(message);
  }
}
