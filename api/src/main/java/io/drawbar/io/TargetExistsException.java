package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/** Output was to be written where something already is; it is left as it was. */
public final class TargetExistsException extends DrawbarException {
  private static final long serialVersionUID = 1;

  /**
   * An error that says what is in the way.
   *
   * @param kind what was to be written: folder or file
   */
  TargetExistsException(String kind, String target) {
    super(
        ("there is already something at the output %s %s; it is not overwritten."
                + " Delete it, write to another %s, or say overwrite().")
            .formatted(kind, target, kind));
  }
}
