package io.drawbar;

import io.drawbar.error.DrawbarException;

/**
 * A model that is sound, but cannot be loaded here (a newer format or {@link ModelFormat#revision
 * revision}, a type without a {@link ModelFormat} on the class path), or cannot be saved or scored
 * at all.
 */
public final class UnsupportedModelException extends DrawbarException {
  private static final long serialVersionUID = 1;

  UnsupportedModelException(String message) {
    super(message);
  }
}
