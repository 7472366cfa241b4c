package io.drawbar.spi;

/**
 * A source that can be divided better once all of its data has been looked at. A session has it
 * surveyed before a run, in a pass of its own; without that it can be read all the same, but in
 * larger pieces.
 */
public interface Surveyed extends Source {
  /** What has to be found out first, in a line for {@code explain()}. */
  String survey();

  /**
   * The same rows, in the same units.
   *
   * @param layout how long leaves will be
   * @param pass goes over a source of what is looked at
   */
  Source surveyed(Layout layout, Undeclared.Pass pass);
}
