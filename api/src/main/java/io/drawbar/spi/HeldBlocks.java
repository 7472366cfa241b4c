package io.drawbar.spi;

/**
 * Blocks of rows that a task has read and that stay where it ran, to be folded again and again. An
 * engine counts them and hands them to workers, each to one at a time, and closes them at the end.
 */
public interface HeldBlocks extends AutoCloseable {
  /** How many there are. */
  int count();

  /** About how many bytes of heap they take. */
  long heapBytes();

  /** Lets go of them; does nothing the second time. */
  @Override
  void close();
}
