package io.drawbar.summary;

import io.drawbar.error.DrawbarException;

/** A summary's file cannot be written: something is there already, or there is no such folder. */
public final class SummaryFileException extends DrawbarException {
  private static final long serialVersionUID = 1;

  SummaryFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
