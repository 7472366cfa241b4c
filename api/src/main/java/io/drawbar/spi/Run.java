package io.drawbar.spi;

/** A stage graph on its way. */
public interface Run {
  /**
   * Waits for the end.
   *
   * @throws EngineException if the engine gave up; its message says on what, its cause is the
   *     engine's own exception
   * @throws InterruptedException if the waiting thread is interrupted; the run goes on
   */
  RunResult await() throws InterruptedException;

  /** How far it has come. */
  Progress progress();

  /** Asks the run to end soon; {@link #await} then throws. Does nothing once it has ended. */
  void cancel();
}
