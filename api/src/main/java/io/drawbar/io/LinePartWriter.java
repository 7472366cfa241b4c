package io.drawbar.io;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.StringColumn;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.type.Schema;
import java.io.OutputStream;

/** Writes texts as lines, if they are read back as they are. */
final class LinePartWriter extends TextPartWriter {
  LinePartWriter(OutputStream out, String part, Schema schema) {
    super(out, part, schema);
  }

  @Override
  void row(ColumnVector[] columns, int row) {
    StringColumn lines = (StringColumn) columns[0];
    if (lines.isNull(row)) {
      throw unwritable("is null, and a line is not");
    }
    byte[] bytes = lines.bytes();
    int start = lines.starts()[row];
    int end = lines.ends()[row];
    if (end - start > TextReader.LONGEST_ROW) {
      throw tooLong();
    }
    for (int i = start; i < end; i++) {
      if (bytes[i] == '\n') {
        throw unwritable("holds a line feed, which always ends a line");
      }
    }
    if (end > start && bytes[end - 1] == '\r') {
      throw unwritable("ends with a carriage return, which would be part of the line's end");
    }
    if (end - start >= 3
        && bytes[start] == (byte) 0xEF
        && bytes[start + 1] == (byte) 0xBB
        && bytes[start + 2] == (byte) 0xBF) {
      throw unwritable("starts with a byte order mark, which is skipped at the start of a file");
    }
    put(bytes, start, end - start);
  }

  private UnwritableValueException unwritable(String why) {
    return new UnwritableValueException(
        "%s, column '%s': the text %s, so it could not be read back. Replace it before writing."
            .formatted(place(), schema.field(0).name(), why));
  }
}
