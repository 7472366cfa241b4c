package io.drawbar.io;

import io.drawbar.error.DrawbarException;

/** Output was to be written where something already is; it is left as it was. */
public final class TargetExistsException extends DrawbarException {
  private static final long serialVersionUID = 1;

  TargetExistsException(String target) {
    super(
        ("there is already something at the output folder %s; it is never overwritten."
                + " Delete it, or write to another folder.")
            .formatted(target));
  }
}
