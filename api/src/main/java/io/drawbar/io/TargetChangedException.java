package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/**
 * Somebody else has written to the place of an output since the run began that was to write there.
 * What is there is theirs; nothing of the run is.
 */
public final class TargetChangedException extends DrawbarException {
  private static final long serialVersionUID = 1;

  TargetChangedException(String kind, String target) {
    super(
        ("the output %s %s is another one than when this run began: somebody else has written to it."
                + " Nothing was written; run again to write to what is there now.")
            .formatted(kind, target));
  }
}
