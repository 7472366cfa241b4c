package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.List;

/** Rows of CSV. */
final class CsvParser implements RowParser {
  private final FieldSplitter splitter;
  private final int fields;
  private final int[] fieldOf;
  private final Field[] declared;
  private final Cells[] cells;
  private final boolean[] isText;
  private final byte[][] nullTexts;
  private final Schema wanted;
  private final Cells[] output;
  private final boolean keepsBytes;
  private int capacity = Integer.MAX_VALUE;

  /**
   * A parser.
   *
   * @param schema the declared columns: all are checked
   * @param fields how many fields a row has
   * @param fieldOf for each declared column the field it is in
   * @param columns those that the blocks hold, in this order
   */
  CsvParser(Schema schema, CsvDialect dialect, int fields, int[] fieldOf, List<String> columns) {
    this.fields = fields;
    this.fieldOf = fieldOf;
    splitter = new FieldSplitter(dialect, fields + 1);
    declared = schema.fields().toArray(Field[]::new);
    cells = new Cells[declared.length];
    isText = new boolean[declared.length];
    for (int c = 0; c < declared.length; c++) {
      cells[c] = Cells.of(declared[c].type());
      isText[c] = declared[c].type() == DataType.STRING;
      capacity = Math.min(capacity, cells[c].capacity());
    }
    nullTexts = dialect.nullTexts().stream().map(Utf8::encode).toArray(byte[][]::new);
    wanted = new Schema(columns.stream().map(schema::field).toList());
    output = columns.stream().map(name -> cells[schema.indexOf(name)]).toArray(Cells[]::new);
    keepsBytes = wanted.fields().stream().anyMatch(f -> f.type() == DataType.STRING);
  }

  @Override
  public void begin() {
    for (Cells column : cells) {
      column.begin();
    }
  }

  @Override
  public int end(byte[] bytes, int from, int limit) {
    return splitter.split(bytes, from);
  }

  @Override
  public void take(int row, byte[] bytes, int from, int end) throws BadTextException {
    if (splitter.count() != fields || splitter.quotes() != FieldSplitter.Quotes.FINE) {
      throw misshapen(bytes, from, end);
    }
    if (row == capacity) {
      for (Cells column : cells) {
        column.grow();
      }
      capacity = cells[0].capacity();
    }
    boolean isAscii = splitter.isAscii();
    for (int c = 0; c < cells.length; c++) {
      int field = fieldOf[c];
      int start = splitter.start(field);
      int stop = splitter.end(field);
      if (splitter.isQuoted(field)) {
        stop = FieldSplitter.unescape(bytes, start, stop);
      } else if (start == stop || nullTexts.length > 0 && isNullText(bytes, start, stop)) {
        if (declared[c].isRequired()) {
          throw missing(declared[c], bytes, start, stop);
        }
        cells[c].putNull(row);
        continue;
      }
      if (isText[c] && !isAscii && Utf8.firstInvalid(bytes, start, stop) >= 0) {
        throw BadTextException.encoding(declared[c].name(), bytes, start, stop);
      }
      if (!cells[c].put(row, bytes, start, stop)) {
        throw BadTextException.value(declared[c], bytes, start, stop, cells[c].wanted());
      }
    }
  }

  private boolean isNullText(byte[] bytes, int start, int stop) {
    for (byte[] text : nullTexts) {
      if (Utf8.equals(bytes, start, stop, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  private BadTextException missing(Field field, byte[] bytes, int start, int stop) {
    String boxed =
        field.type() == DataType.LONG
            ? "Integer or Long"
            : field.type() == DataType.DOUBLE ? "Double" : "Boolean";
    String found = start == stop ? "is empty" : BadTextException.quoted(bytes, start, stop) + " stands for no value";
    String declare =
        field.type() == DataType.STRING
            ? "declare it with Field.optional"
            : "declare the record component as %s instead of the primitive type, or the column with Field.optional"
                .formatted(boxed);
    return new BadTextException(
        ", column '%s': the field %s, and %s is required. Fill it, or %s."
            .formatted(field.name(), found, field, declare));
  }

  private BadTextException misshapen(byte[] bytes, int from, int end) {
    int at = splitter.quoteAt();
    if (splitter.quotes() == FieldSplitter.Quotes.UNCLOSED) {
      return new BadTextException(
          (", field %d: the quote before %s is not closed in its line. A line feed always ends a row;"
                  + " quotes may not span lines yet. Close the quote, or double it if it is part of the text.")
              .formatted(splitter.count() + 1, BadTextException.quoted(bytes, at + 1, end)));
    }
    if (splitter.quotes() == FieldSplitter.Quotes.TEXT_AFTER) {
      return new BadTextException(
          ", field %d: after the closing quote comes %s. Double the quotes that are part of the text (\"\")."
              .formatted(splitter.count(), BadTextException.quoted(bytes, at + 1, end)));
    }
    int shown = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    return new BadTextException(
        ": the row has %d fields, not %d: %s. Quote fields that hold the separator, or correct the schema."
            .formatted(splitter.count(), fields, BadTextException.quoted(bytes, from, shown)));
  }

  @Override
  public boolean skipsEmptyLines() {
    return fields > 1;
  }

  @Override
  public boolean keepsBytes() {
    return keepsBytes;
  }

  @Override
  public Batch block(int rows, byte[] bytes) {
    ColumnVector[] columns = new ColumnVector[output.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = output[c].column(rows, bytes);
    }
    return Batch.of(wanted, rows, columns);
  }
}
