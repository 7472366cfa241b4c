package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.text.DecimalFormatter;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes rows as lines of text: collects bytes, and keeps lines to a length that is read back. */
abstract sealed class TextPartWriter implements PartWriter
    permits CsvPartWriter, JsonPartWriter, LibSvmPartWriter, LinePartWriter {
  static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private static final int FLUSH_AT = 1 << 18;
  private static final int MOST_FOR_A_NUMBER =
      Math.max(DecimalFormatter.MAX_DOUBLE_LENGTH, DecimalFormatter.MAX_LONG_LENGTH);

  final Schema schema;
  byte[] bytes = new byte[FLUSH_AT + 1024];
  int at;
  private final OutputStream out;
  private final String part;
  private int rowStart;
  private long rows;
  private boolean closed;

  TextPartWriter(OutputStream out, String part, Schema schema) {
    this.out = out;
    this.part = part;
    this.schema = schema;
  }

  @Override
  public final void write(Batch batch) throws IOException {
    int count = batch.selected();
    ColumnVector[] vectors = new ColumnVector[schema.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = batch.column(c);
    }
    for (int n = 0; n < count; n++) {
      rowStart = at;
      row(vectors, batch.row(n));
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

  /** Writes a row without its line end. */
  abstract void row(ColumnVector[] columns, int row);

  /** The row in work and its part, for messages. */
  final String place() {
    return "row %s of %s".formatted(rows + 1, part);
  }

  final UnwritableValueException tooLong() {
    return new UnwritableValueException(
        "row %s of %s is longer than %s bytes, the most that is read back"
            .formatted(rows + 1, part, TextReader.LONGEST_ROW));
  }

  final void number(double value) {
    reserve(MOST_FOR_A_NUMBER);
    at = DecimalFormatter.format(value, bytes, at);
  }

  final void number(long value) {
    reserve(MOST_FOR_A_NUMBER);
    at = DecimalFormatter.format(value, bytes, at);
  }

  final void put(byte b) {
    reserve(1);
    bytes[at++] = b;
  }

  final void put(byte[] from) {
    put(from, 0, from.length);
  }

  final void put(byte[] from, int start, int length) {
    reserve(length);
    System.arraycopy(from, start, bytes, at, length);
    at += length;
  }

  /** Makes room for more bytes of the row. */
  final void reserve(long more) {
    if (bytes.length - at < more) {
      // What is written for a text may be some times longer than it; the row is measured at its
      // end.
      if (at + more - rowStart > 8L * TextReader.LONGEST_ROW) {
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
  public final void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      flush();
    }
  }
}
