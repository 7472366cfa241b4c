package io.drawbar.engine.spark;

import io.drawbar.spi.HeldBlocks;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * What a task has read and keeps: the one element of a partition of a {@link HeldRdd}. Rows stay
 * where they are: an executor that fetches it from another gets an empty one, and reads the splits
 * itself.
 */
final class HeldPartition implements KnownSizeEstimation, Serializable, AutoCloseable {
  private static final long serialVersionUID = 1;

  /** For what surrounds the blocks; an empty task is not nothing. */
  private static final long OVERHEAD = 4 << 10;

  /* Transient for Java's serialisation, and Kryo leaves such fields out, too. */
  private final transient HeldBlocks blocks;
  private final transient List<byte[]> frames;

  /**
   * Keeps blocks.
   *
   * @param frames what the task has emitted while it read
   */
  HeldPartition(HeldBlocks blocks, List<byte[]> frames) {
    this.blocks = blocks;
    this.frames = frames;
  }

  /** Whether the rows are in this executor. */
  boolean isHere() {
    return blocks != null;
  }

  HeldBlocks blocks() {
    return blocks;
  }

  List<byte[]> frames() {
    return frames;
  }

  /** Spark would go through all objects, some thousands for each million of numbers, and guess. */
  @Override
  public long estimatedSize() {
    return OVERHEAD + (isHere() ? blocks.heapBytes() : 0);
  }

  /** Gives back files. Spark calls it when the partition leaves its memory for whatever reason. */
  @Override
  public void close() {
    if (isHere()) {
      blocks.close();
    }
  }
}
