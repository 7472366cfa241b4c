package io.drawbar.spi;

/**
 * What an engine can do.
 *
 * @param engine its name in configuration
 * @param parallelism how many tasks it runs at a time, about; at least 1
 * @param reach where its tasks run
 */
public record Capabilities(String engine, int parallelism, Reach reach) {
  /** Where tasks run, and so whether they see the files of this machine. */
  public enum Reach {
    /** In this process, or in others beside it. */
    THIS_MACHINE,
    /** On machines that share no more than what they are told to share. */
    CLUSTER
  }
}
