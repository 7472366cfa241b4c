package io.drawbar.io;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.text.DecimalFormatter;
import io.drawbar.text.Utf8;
import io.drawbar.type.Schema;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes rows as objects, one a line. */
final class JsonPartWriter extends TextPartWriter {
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** For each column its name, quoted, with what is before and after it. */
  private final byte[][] names;

  JsonPartWriter(OutputStream out, String part, Schema schema) {
    super(out, part, schema);
    names = new byte[schema.size()][];
    for (int c = 0; c < names.length; c++) {
      byte[] name = Utf8.encode(schema.field(c).name());
      byte[] quoted = new byte[JsonText.MOST_ESCAPED * name.length + 4];
      quoted[0] = (byte) (c == 0 ? '{' : ',');
      quoted[1] = '"';
      int end = JsonText.encode(name, 0, name.length, quoted, 2);
      quoted[end] = '"';
      quoted[end + 1] = ':';
      names[c] = Arrays.copyOf(quoted, end + 2);
    }
  }

  @Override
  void row(ColumnVector[] columns, int row) {
    for (int c = 0; c < columns.length; c++) {
      put(names[c]);
      value(c, columns[c], row);
    }
    put((byte) '}');
  }

  private void value(int c, ColumnVector column, int row) {
    if (column.isNull(row)) {
      put(NULL);
    } else if (column instanceof DoubleColumn doubles) {
      finite(c, doubles.values()[row]);
    } else if (column instanceof LongColumn longs) {
      number(longs.values()[row]);
    } else if (column instanceof BooleanColumn booleans) {
      put(booleans.values()[row] ? TRUE : FALSE);
    } else if (column instanceof StringColumn strings) {
      text(strings.bytes(), strings.starts()[row], strings.ends()[row]);
    } else if (column instanceof VectorColumn vectors) {
      dense(c, vectors, row);
    } else if (column instanceof SparseVectorColumn vectors) {
      sparse(c, vectors, row);
    } else {
      list(c, (ListColumn) column, row);
    }
  }

  private void dense(int c, VectorColumn vectors, int row) {
    double[][] elements = vectors.elements();
    for (int j = 0; j < elements.length; j++) {
      separate(j);
      finite(c, elements[j][row]);
    }
    put((byte) ']');
  }

  private void sparse(int c, SparseVectorColumn vectors, int row) {
    int k = vectors.starts()[row];
    for (int j = 0; j < vectors.dimension(); j++) {
      boolean isStored = k < vectors.ends()[row] && vectors.indices()[k] == j;
      separate(j);
      finite(c, isStored ? vectors.values()[k++] : 0.0);
    }
    put((byte) ']');
  }

  private void list(int c, ListColumn lists, int row) {
    int start = lists.starts()[row];
    if (start == lists.ends()[row]) {
      put((byte) '[');
    }
    for (int i = start; i < lists.ends()[row]; i++) {
      separate(i - start);
      value(c, lists.items(), i);
    }
    put((byte) ']');
  }

  private void separate(int item) {
    put((byte) (item == 0 ? '[' : ','));
  }

  private void finite(int c, double value) {
    if (!Double.isFinite(value)) {
      throw new UnwritableValueException(
          ("%s, column '%s': %s is no number of JSON, so it could not be read back. Leave such rows"
                  + " or the column out, or cast it to STRING.")
              .formatted(place(), schema.field(c).name(), DecimalFormatter.toString(value)));
    }
    number(value);
  }

  private void text(byte[] from, int start, int end) {
    if (end - start > TextReader.LONGEST_ROW) {
      throw tooLong();
    }
    put((byte) '"');
    reserve((long) JsonText.MOST_ESCAPED * (end - start));
    at = JsonText.encode(from, start, end, bytes, at);
    put((byte) '"');
  }
}
