package io.drawbar.learn;

import io.drawbar.error.DrawbarException;

/**
 * The thread was interrupted while a model was computed of what rows had come to. It is still
 * interrupted, and nothing is kept; an interrupt while rows are read ends in an error of the
 * engine.
 */
public final class TrainingInterruptedException extends DrawbarException {
  private static final long serialVersionUID = 1;

  private TrainingInterruptedException(String message) {
    super(message);
  }

  /**
   * Refuses to go on in a thread that is interrupted.
   *
   * @param what was being done
   */
  static void check(String what) {
    if (Thread.currentThread().isInterrupted()) {
      throw new TrainingInterruptedException(
          what + " was interrupted, and nothing of it is kept; a further fit begins anew");
    }
  }
}
