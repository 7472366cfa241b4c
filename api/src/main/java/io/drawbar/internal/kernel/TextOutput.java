package io.drawbar.internal.kernel;

import io.drawbar.column.StringColumn;
import io.drawbar.expr.EvaluationException;
import java.util.Arrays;

/** Texts of a block that is being computed, one after the other; used again for the next block. */
final class TextOutput {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 16;

  private byte[] bytes = new byte[64];
  private int used;
  private int[] starts = new int[0];
  private int[] ends = new int[0];

  /** Forgets all texts. */
  void begin(int rows) {
    used = 0;
    starts = new int[rows];
    ends = new int[rows];
  }

  /** Begins the text of a row. */
  void open(int row) {
    starts[row] = used;
  }

  /** Adds to the text that was begun. */
  void append(byte[] from, int start, int end) {
    int length = end - start;
    if (bytes.length - used < length) {
      if (length > MOST_BYTES - used) {
        throw new EvaluationException(
            "the texts that are made of one block take more than 2 GiB; use a smaller"
                + " drawbar.block.rows");
      }
      long wanted = Math.max(used * 3L / 2, (long) used + length) + 16;
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, MOST_BYTES));
    }
    System.arraycopy(from, start, bytes, used, length);
    used += length;
  }

  /** Ends the text of a row. */
  void close(int row) {
    ends[row] = used;
  }

  StringColumn column(boolean[] nulls) {
    return new StringColumn(starts.length, bytes, starts, ends, nulls);
  }
}
