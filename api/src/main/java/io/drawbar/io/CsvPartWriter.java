package io.drawbar.io;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.text.Utf8;
import io.drawbar.type.Schema;
import java.io.OutputStream;

/** Writes rows as lines of CSV. */
final class CsvPartWriter extends TextPartWriter {
  private final byte separator;
  private final boolean isMultiline;

  /** What stands for null; empty for an empty field. */
  private final byte[] nullText;

  CsvPartWriter(OutputStream out, String part, Schema schema, CsvDialect dialect) {
    super(out, part, schema);
    separator = (byte) dialect.separator();
    isMultiline = dialect.isMultiline();
    nullText =
        dialect.nullTexts().isEmpty() ? new byte[0] : Utf8.encode(dialect.nullTexts().get(0));
  }

  /** Writes the names of the columns as a line. */
  void header() {
    for (int c = 0; c < schema.size(); c++) {
      byte[] name = Utf8.encode(schema.field(c).name());
      separate(c);
      text(c, name, 0, name.length);
    }
    put((byte) '\n');
  }

  @Override
  void row(ColumnVector[] columns, int row) {
    for (int c = 0; c < columns.length; c++) {
      separate(c);
      if (columns[c].isNull(row)) {
        put(nullText);
      } else {
        cell(c, columns[c], row);
      }
    }
  }

  private void cell(int c, ColumnVector column, int row) {
    if (column instanceof DoubleColumn doubles) {
      number(doubles.values()[row]);
    } else if (column instanceof LongColumn longs) {
      number(longs.values()[row]);
    } else if (column instanceof BooleanColumn booleans) {
      put(booleans.values()[row] ? TRUE : FALSE);
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
      put(separator);
    }
  }

  private void text(int c, byte[] from, int start, int end) {
    if (end - start > TextReader.LONGEST_ROW) {
      throw tooLong();
    }
    int quotes = 0;
    boolean special =
        start == end
            || isEdge(from[start])
            || isEdge(from[end - 1])
            || Utf8.equals(from, start, end, nullText, 0, nullText.length);
    for (int i = start; i < end; i++) {
      byte b = from[i];
      if (b == '\n' && !isMultiline) {
        throw lineFeed(c, from, start, end);
      }
      quotes += b == '"' ? 1 : 0;
      special |= b == separator || b == '\r' || b == '\n';
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
        ("%s, column '%s': the text %s holds a line feed, which always ends a row of CSV,"
                + " so it could not be read back. Write and read with multiline(), replace it before"
                + " writing, or leave the column out.")
            .formatted(
                place(),
                schema.field(c).name(),
                BadTextException.quoted(from, start, end).replace("\n", "\\n")));
  }
}
