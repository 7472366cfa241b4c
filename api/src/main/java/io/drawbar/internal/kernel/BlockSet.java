package io.drawbar.internal.kernel;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which blocks have been counted, each so many times, in 16 bytes: their number, and the sum of
 * their hashes modulo 2^64. Two sets that are equal by it hold the same blocks, but for one chance
 * in 2^64.
 */
record BlockSet(long blocks, long hash) {
  static final BlockSet EMPTY = new BlockSet(0, 0);

  BlockSet with(long unit, long block) {
    return new BlockSet(blocks + 1, hash + Hashing.mix(Hashing.mix(unit) + block));
  }

  BlockSet and(BlockSet other) {
    return new BlockSet(blocks + other.blocks, hash + other.hash);
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(blocks);
    out.writeLong(hash);
  }

  static BlockSet decode(DataInput in) throws IOException {
    BlockSet set = new BlockSet(in.readLong(), in.readLong());
    if (set.blocks < 0) {
      throw new IOException("a set of " + set.blocks + " blocks");
    }
    return set;
  }
}
