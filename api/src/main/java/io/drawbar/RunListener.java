package io.drawbar;

/**
 * Hears of the runs of a session; called on the thread that asked for the run. What it throws is
 * logged and goes no further.
 */
@FunctionalInterface
public interface RunListener {
  /** A run has ended well. */
  void finished(RunReport report);
}
