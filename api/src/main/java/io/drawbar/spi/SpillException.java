package io.drawbar.spi;

import java.io.IOException;

/**
 * What has no room in memory could not be put down on disk, or is not as it was put down. The
 * attempt fails, and another may do better.
 */
public final class SpillException extends IOException {
  private static final long serialVersionUID = 1;

  SpillException(String message, IOException cause) {
    super(message, cause);
  }
}
