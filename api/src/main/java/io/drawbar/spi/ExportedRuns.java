package io.drawbar.spi;

/** Hears from an engine of the runs that a program makes of a dataset that was exported. */
@FunctionalInterface
public interface ExportedRuns {
  /**
   * The engine has begun a job of the program's own that runs some of the graph, or all of it.
   *
   * @param run ends when the job does. Of the frames of the result it gives those in which {@link
   *     FrameReader#read} found no rows: tasks that were not needed give none, and those that were
   *     needed twice may give theirs twice
   */
  void began(Run run);
}
