package io.drawbar;

/**
 * Hears of the runs of a session, of which there may be several at once: an id tells which run it
 * is that something is said of. {@link #finished} is called on the thread that asked for the run
 * (of a dataset that was {@link Dataset#export exported}, on one of its own), the others may come
 * on another. What a listener throws is logged and goes no further.
 */
@FunctionalInterface
public interface RunListener {
  /** A run has begun, and may be cancelled from any thread. */
  default void started(RunControl run) {}

  /** How far a run has come, a few times a second. */
  default void progress(RunProgress progress) {}

  /**
   * A run has ended, well or not, or is being cancelled because the thread that waited for it was
   * interrupted. No progress follows; of a run that ended well, {@link #finished} does.
   */
  default void ended(RunControl run) {}

  /** A superstep of an iteration has ended. */
  default void superstep(SuperstepProgress progress) {}

  /** An iteration has ended, well or not: none of its supersteps follows. */
  default void superstepsEnded() {}

  /** Something that a person would want to know: a training taken up, a checkpoint damaged. */
  default void notice(String notice) {}

  /** A run has ended well. */
  void finished(RunReport report);
}
