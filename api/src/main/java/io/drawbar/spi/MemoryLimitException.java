package io.drawbar.spi;

import io.drawbar.error.DrawbarException;

/** Rows or groups that have to be held together take more memory than they may. */
public final class MemoryLimitException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public MemoryLimitException(String message) {
    super(message);
  }
}
