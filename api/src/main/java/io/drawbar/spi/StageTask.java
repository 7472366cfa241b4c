package io.drawbar.spi;

import java.io.IOException;

/**
 * A running attempt at a task, driven by one thread: either {@link #split} for each of its splits
 * in order, or {@link #frame} for each frame addressed to it, and then {@link #endInput} once.
 *
 * <p>What is wrong with the <em>data</em> (a bad row, an overflow) never comes out of these
 * methods: the task stops working and says so in the frames it emits, so that the driver hears of
 * it in the same way from every engine, without retries and without an engine's stack trace. An
 * exception means that the attempt failed and another may do better.
 */
public interface StageTask extends AutoCloseable {
  /** Reads and processes a range of leaves. */
  void split(Split split) throws IOException;

  /** Takes a frame from an exchange. The task may keep the array. */
  void frame(byte[] frame) throws IOException;

  /** Everything has been handed over: emits what is still held back. */
  void endInput() throws IOException;

  /**
   * Whether the task has met an error in the data. The run will report the one that comes first in
   * the data: an engine may drop tasks of a higher index, and nothing else.
   */
  boolean failed();

  /**
   * The blocks that stay, of a stage made for {@link Engine#hold}, once its input has ended. They
   * are not closed with the task.
   */
  default HeldBlocks held() {
    throw new IllegalStateException("this stage holds no blocks");
  }

  /** Releases files; after a failure, too. Does not emit. */
  @Override
  void close() throws IOException;
}
