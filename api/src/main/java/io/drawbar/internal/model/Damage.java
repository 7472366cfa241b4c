package io.drawbar.internal.model;

import java.io.IOException;

/** The bytes are not those of a model, or no longer. */
public final class Damage extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Damage.
   *
   * @param message what is wrong, of which file of the model
   */
  public Damage(String message) {
    super(message);
  }
}
