package io.drawbar.learn;

import io.drawbar.math.CounterRandom;
import java.util.Arrays;

/**
 * Ids of the rows of a block: a hash of the row's content and of all rows before it in the block.
 * They are a function of the block alone, tell equal rows of a block apart, and those of different
 * blocks, too, unless the blocks begin alike.
 *
 * <p>The content of a row is a sum over its elements of their bits times an odd key of the element
 * (multilinear hashing: J. L. Carter, M. N. Wegman, 1979); zero of either sign adds nothing.
 */
final class RowChain {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long[] keys;
  private final long[] ids;
  private long last;

  RowChain(int elements, int mostRows) {
    keys = new long[elements];
    for (int j = 0; j < elements; j++) {
      keys[j] = CounterRandom.mix((j + 1) * GOLDEN) | 1;
    }
    ids = new long[mostRows];
  }

  /** Begins a block. */
  void begin() {
    last = 0;
  }

  /** Goes on with the next rows of the block, given by element. */
  void follow(double[][] columns, int rows) {
    Arrays.fill(ids, 0, rows, 0);
    for (int j = 0; j < keys.length; j++) {
      add(columns[j], keys[j], ids, rows);
    }
    for (int i = 0; i < rows; i++) {
      last = CounterRandom.mix((last ^ ids[i]) + GOLDEN);
      ids[i] = last;
    }
  }

  private static void add(double[] values, long key, long[] sums, int rows) {
    for (int i = 0; i < rows; i++) {
      long bits = Double.doubleToRawLongBits(values[i] + 0.0);
      sums[i] += (bits ^ bits >>> 32) * key;
    }
  }

  /** The id of a row of those that came last. */
  long id(int row) {
    return ids[row];
  }
}
