package io.drawbar.io;

import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;

/**
 * Rows on their way to a task.
 *
 * @param leaves for each block the leaf it is part of, ascending
 * @param blocks the blocks, encoded
 */
record RecordSplit(long[] leaves, byte[][] blocks) implements Split {
  @Override
  public long firstUnit() {
    return leaves.length == 0 ? 0 : Unit.leaf(0, leaves[0]);
  }

  @Override
  public String shown() {
    return "the records";
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (byte[] block : blocks) {
      bytes += block.length;
    }
    return bytes;
  }
}
