package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.text.DecimalFormatter;
import io.drawbar.text.Utf8;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes rows as lines of CSV. */
final class CsvPartWriter implements PartWriter {
  private static final int FLUSH_AT = 1 << 18;
  private static final int MOST_FOR_A_NUMBER =
      Math.max(DecimalFormatter.MAX_DOUBLE_LENGTH, DecimalFormatter.MAX_LONG_LENGTH);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final String part;
  private final Schema schema;
  private byte[] bytes = new byte[FLUSH_AT + 1024];
  private int at;
  private int rowStart;
  private long rows;
  private boolean closed;

  CsvPartWriter(OutputStream out, String part, Schema schema, boolean hasHeader) {
    this.out = out;
    this.part = part;
    this.schema = schema;
    if (hasHeader) {
      for (int c = 0; c < schema.size(); c++) {
        byte[] name = Utf8.encode(schema.field(c).name());
        separate(c);
        text(c, name, 0, name.length);
      }
      put((byte) '\n');
    }
  }

  @Override
  public void write(Batch batch) throws IOException {
    int count = batch.selected();
    int columns = schema.size();
    ColumnVector[] vectors = new ColumnVector[columns];
    for (int c = 0; c < columns; c++) {
      vectors[c] = batch.column(c);
    }
    for (int n = 0; n < count; n++) {
      int row = batch.row(n);
      rowStart = at;
      for (int c = 0; c < columns; c++) {
        separate(c);
        if (!vectors[c].isNull(row)) {
          cell(c, vectors[c], row);
        }
      }
      put((byte) '\n');
      rows++;
      if (at - rowStart - 1 > TextReader.LONGEST_ROW) {
        throw tooLong();
      }
      if (at >= FLUSH_AT) {
        flush();
      }
    }
  }

  private void cell(int c, ColumnVector column, int row) {
    if (column instanceof DoubleColumn doubles) {
      reserve(MOST_FOR_A_NUMBER);
      at = DecimalFormatter.format(doubles.values()[row], bytes, at);
    } else if (column instanceof LongColumn longs) {
      reserve(MOST_FOR_A_NUMBER);
      at = DecimalFormatter.format(longs.values()[row], bytes, at);
    } else if (column instanceof BooleanColumn booleans) {
      byte[] word = booleans.values()[row] ? TRUE : FALSE;
      put(word, 0, word.length);
    } else if (column instanceof StringColumn strings) {
      text(c, strings.bytes(), strings.starts()[row], strings.ends()[row]);
    } else {
      throw new UnsupportedColumnException(
          "column '%s' is %s, which CSV does not hold"
              .formatted(schema.field(c).name(), column.type()));
    }
  }

  private void separate(int c) {
    if (c > 0) {
      put((byte) ',');
    }
  }

  private void text(int c, byte[] from, int start, int end) {
    if (end - start > TextReader.LONGEST_ROW) {
      throw tooLong();
    }
    int quotes = 0;
    boolean special = start == end || isEdge(from[start]) || isEdge(from[end - 1]);
    for (int i = start; i < end; i++) {
      byte b = from[i];
      if (b == '\n') {
        throw lineFeed(c, from, start, end);
      }
      quotes += b == '"' ? 1 : 0;
      special |= b == ',' || b == '\r';
    }
    if (!special && quotes == 0) {
      put(from, start, end - start);
      return;
    }
    put((byte) '"');
    if (quotes == 0) {
      put(from, start, end - start);
    } else {
      reserve(end - start + (long) quotes);
      for (int i = start; i < end; i++) {
        bytes[at++] = from[i];
        if (from[i] == '"') {
          bytes[at++] = '"';
        }
      }
    }
    put((byte) '"');
  }

  /** A blank, which others may trim, or what may be the first byte of a byte order mark. */
  private static boolean isEdge(byte b) {
    return b == ' ' || b == '\t' || b == (byte) 0xEF;
  }

  private UnwritableValueException lineFeed(int c, byte[] from, int start, int end) {
    return new UnwritableValueException(
        ("row %s of %s, column '%s': the text %s holds a line feed, which always ends a row of CSV,"
                + " so it could not be read back. Replace it before writing, or leave the column out.")
            .formatted(
                rows + 1,
                part,
                schema.field(c).name(),
                BadTextException.quoted(from, start, end).replace("\n", "\\n")));
  }

  private UnwritableValueException tooLong() {
    return new UnwritableValueException(
        "row %s of %s is longer than %s bytes, the most that is read back"
            .formatted(rows + 1, part, TextReader.LONGEST_ROW));
  }

  private void put(byte b) {
    reserve(1);
    bytes[at++] = b;
  }

  private void put(byte[] from, int start, int length) {
    reserve(length);
    System.arraycopy(from, start, bytes, at, length);
    at += length;
  }

  private void reserve(long more) {
    if (bytes.length - at < more) {
      if (at + more - rowStart > 4L * TextReader.LONGEST_ROW) {
        throw tooLong();
      }
      bytes = Arrays.copyOf(bytes, (int) Math.max(bytes.length * 3L / 2, at + more));
    }
  }

  private void flush() throws IOException {
    out.write(bytes, 0, at);
    at = 0;
    rowStart = 0;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      flush();
    }
  }
}
