package io.drawbar.io;

import io.drawbar.spi.Split;

/**
 * Rows on their way to a task.
 *
 * @param leaves for each block the leaf it is part of, ascending
 * @param blocks the blocks, encoded
 */
record RecordSplit(long[] leaves, byte[][] blocks) implements Split {
  @Override
  public long bytes() {
    long bytes = 0;
    for (byte[] block : blocks) {
      bytes += block.length;
    }
    return bytes;
  }
}
