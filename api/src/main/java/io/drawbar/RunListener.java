package io.drawbar;

/** Hears of the runs of a session; called on the thread that asked for the run. */
@FunctionalInterface
public interface RunListener {
  /** A run has ended well. */
  void finished(RunReport report);
}
