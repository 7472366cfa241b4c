package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.StringColumn;
import io.drawbar.text.Utf8;
import io.drawbar.type.Schema;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Lines as they are. */
final class LineParser implements RowParser {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final long ONES = 0x0101_0101_0101_0101L;
  static final long LOW_BITS = 0x7F7F_7F7F_7F7F_7F7FL;
  static final long LINE_FEEDS = ONES * '\n';

  private final Schema schema;
  private final boolean isWanted;
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];

  /**
   * A parser of lines.
   *
   * @param schema one column of text, or none when nobody wants the lines, only their number
   */
  LineParser(Schema schema) {
    this.schema = schema;
    this.isWanted = schema.size() > 0;
  }

  @Override
  public void begin() {}

  @Override
  public int end(byte[] bytes, int from, int limit) {
    return lineFeed(bytes, from);
  }

  /** The first line feed at or after an index; there is one within the bounds. */
  static int lineFeed(byte[] bytes, int from) {
    int i = from;
    for (int last = bytes.length - Long.BYTES; i <= last; i += Long.BYTES) {
      long found = equal((long) LONGS.get(bytes, i), LINE_FEEDS);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /** The high bit of each byte of a word that is as in the pattern; exact, without carries. */
  static long equal(long word, long pattern) {
    long difference = word ^ pattern;
    return ~((difference & LOW_BITS) + LOW_BITS | difference | LOW_BITS);
  }

  @Override
  public void take(int row, byte[] bytes, int from, int end) throws BadTextException {
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    if (Utf8.firstInvalid(bytes, from, to) >= 0) {
      throw BadTextException.encoding(TextFiles.LINE, bytes, from, to);
    }
    if (row == starts.length) {
      starts = Arrays.copyOf(starts, 2 * row);
      ends = Arrays.copyOf(ends, 2 * row);
    }
    starts[row] = from;
    ends[row] = to;
  }

  @Override
  public boolean skipsEmptyLines() {
    return false;
  }

  @Override
  public boolean keepsBytes() {
    return isWanted;
  }

  @Override
  public Batch block(int rows, byte[] bytes) {
    return isWanted
        ? Batch.of(schema, rows, new StringColumn(rows, bytes, starts, ends, null))
        : Batch.of(schema, rows, new ColumnVector[0]);
  }
}
