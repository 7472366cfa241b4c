package io.drawbar.io;

import io.drawbar.type.Field;
import java.util.Arrays;

/** What is known of those rows of CSV that wait for becoming values and do not fit. */
final class CsvMisfits {
  private final Misfits all;

  /** By row that waits: why it is bad, or null. */
  private final BadTextException[] bad;

  /** What the first field was made null for, or null if none was. */
  private final BadTextException[] mended;

  private final int[] nulled;

  /** Rows as they were, of those whose bytes have been moved, or null. */
  private final byte[][] texts;

  private boolean isEmpty = true;

  CsvMisfits(Misfits all, int mostRows) {
    this.all = all;
    bad = new BadTextException[mostRows];
    mended = new BadTextException[mostRows];
    nulled = new int[mostRows];
    texts = new byte[mostRows][];
  }

  /** Whether a field that does not fit can become null; if not, its row is bad. */
  boolean mends(int row, BadTextException why, Field field) {
    isEmpty = false;
    if (field.isRequired() || !all.nullFields()) {
      bad[row] = why;
      return false;
    }
    if (nulled[row]++ == 0) {
      mended[row] = why;
    }
    return true;
  }

  /**
   * Whether a field in quotes is a text still; if it has quotes in it, its row is kept as it is.
   *
   * @param field whose start is below 0
   */
  boolean isText(FieldSplitter fields, byte[] bytes, int row, int field, int[] starts, int[] ends) {
    if (fields.start(field) == FieldSplitter.VOID) {
      return false;
    }
    if (all.keepText() && texts[row] == null && fields.isDoubled(bytes, field)) {
      texts[row] = Arrays.copyOfRange(bytes, starts[row], ends[row]);
      isEmpty = false;
    }
    return true;
  }

  /** Tells of the rows that waited, and forgets them. */
  void tell(int first, int rows, int[] starts, int[] ends, byte[] bytes) {
    if (isEmpty) {
      return;
    }
    for (int i = 0; i < rows; i++) {
      if (bad[i] != null && texts[i] != null) {
        all.bad(first + i, starts[i], bad[i], texts[i], 0, texts[i].length);
      } else if (bad[i] != null) {
        all.bad(first + i, starts[i], bad[i], bytes, starts[i], ends[i]);
      } else if (nulled[i] > 0) {
        all.mended(first + i, starts[i], mended[i], nulled[i]);
      }
    }
    Arrays.fill(bad, null);
    Arrays.fill(mended, null);
    Arrays.fill(nulled, 0);
    Arrays.fill(texts, null);
    isEmpty = true;
  }
}
