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
  static final long HIGH_BITS = 0x8080_8080_8080_8080L;
  static final long LINE_FEEDS = ONES * '\n';

  private final Schema schema;
  private final boolean isWanted;
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int rows;

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
  public void begin() {
    rows = 0;
  }

  @Override
  public int end(byte[] bytes, int from) {
    return lineFeed(bytes, from);
  }

  /** The first line feed at or after an index; there is one within the bounds. */
  static int lineFeed(byte[] bytes, int from) {
    int i = from;
    for (int last = bytes.length - Long.BYTES; i <= last; i += Long.BYTES) {
      long found = zeros((long) LONGS.get(bytes, i) ^ LINE_FEEDS);
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (bytes[i] != '\n') {
      i++;
    }
    return i;
  }

  /**
   * The high bit of each byte of a word that is zero and, perhaps, of some that follow one: the
   * lowest is right. (H. S. Warren, Hacker's Delight, 6-1.)
   */
  static long zeros(long word) {
    return word - ONES & ~word & HIGH_BITS;
  }

  @Override
  public void take(byte[] bytes, int from, int end) throws BadTextException {
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    if (Utf8.firstInvalid(bytes, from, to) >= 0) {
      throw new BadTextException(
          from, TextFiles.LINE, BadTextException.encoding(TextFiles.LINE, bytes, from, to));
    }
    put(from, to);
  }

  private void put(int from, int to) {
    if (rows == starts.length) {
      starts = Arrays.copyOf(starts, 2 * rows);
      ends = Arrays.copyOf(ends, 2 * rows);
    }
    starts[rows] = from;
    ends[rows++] = to;
  }

  @Override
  public void omit(byte[] bytes) {
    put(0, 0);
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
  public Batch block(byte[] bytes) {
    return isWanted
        ? Batch.of(schema, rows, new StringColumn(rows, bytes, starts, ends, null))
        : Batch.of(schema, rows, new ColumnVector[0]);
  }
}
