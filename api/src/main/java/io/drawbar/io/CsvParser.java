package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.text.DecimalParser;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of CSV. Rows are split until there are some hundred, whose fields then become values a
 * column at a time. What is bad is still told in the order of the rows.
 */
final class CsvParser implements RowParser {
  /** How many fields wait at most: what is known of them fits the fastest cache. */
  private static final int WAITING_FIELDS = 2048;

  private final FieldSplitter splitter;
  private final int fields;
  private final int[] fieldOf;
  private final Field[] declared;
  private final Cells[] cells;
  private final byte[][] nullTexts;
  private final Schema wanted;
  private final Cells[] output;
  private final boolean keepsBytes;
  private final int comment;
  private final int[] rowStarts;
  private TextBuffer buffer;
  private final int[] rowEnds;
  private CsvMisfits misfits;
  private int waiting;
  private int converted;

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
    comment = dialect.commentByte();
    rowStarts = new int[Math.max(1, Math.min(256, WAITING_FIELDS / fields))];
    rowEnds = new int[rowStarts.length];
    splitter = new FieldSplitter(dialect, fields * rowStarts.length + 1);
    declared = schema.fields().toArray(Field[]::new);
    cells = Arrays.stream(declared).map(field -> Cells.of(field.type())).toArray(Cells[]::new);
    nullTexts = dialect.nullTexts().stream().map(Utf8::encode).toArray(byte[][]::new);
    wanted = new Schema(columns.stream().map(schema::field).toList());
    output = columns.stream().map(name -> cells[schema.indexOf(name)]).toArray(Cells[]::new);
    keepsBytes = wanted.fields().stream().anyMatch(f -> f.type() == DataType.STRING);
  }

  @Override
  public void over(TextBuffer bytes) {
    buffer = bytes;
  }

  @Override
  public void tolerate(Misfits all) {
    misfits = all.endReading() ? null : new CsvMisfits(all, rowStarts.length);
  }

  @Override
  public void begin() {
    for (Cells column : cells) {
      column.begin();
    }
    splitter.clear();
    waiting = 0;
    converted = 0;
  }

  @Override
  public int end(byte[] bytes, int from) {
    return splitter.split(bytes, from, buffer.limit());
  }

  @Override
  public void take(byte[] bytes, int from, int end) throws BadTextException {
    if (splitter.count() != fields || splitter.quotes() != FieldSplitter.Quotes.FINE) {
      BadTextException bad = misshapen(splitter, fields, bytes, from, end);
      if (misfits == null) {
        convert(bytes);
      }
      throw bad;
    }
    splitter.keep();
    enqueue(bytes, from, end);
  }

  @Override
  public void omit(byte[] bytes) throws BadTextException {
    splitter.keepVoid(fields);
    enqueue(bytes, 0, 0);
  }

  private void enqueue(byte[] bytes, int from, int end) throws BadTextException {
    rowStarts[waiting] = from;
    rowEnds[waiting++] = end;
    if (waiting == rowStarts.length) {
      convert(bytes);
    }
  }

  @Override
  public void convert(byte[] bytes) throws BadTextException {
    int good = waiting;
    int bad = -1;
    for (int c = 0; c < cells.length; c++) {
      cells[c].reserve(converted + waiting);
      int present = takeNulls(c, bytes, 0, good);
      int taken = cells[c].take(bytes, splitter, fieldOf[c], fields, converted, present);
      if (taken < good && misfits != null) {
        goOn(c, bytes, taken, present);
      } else if (taken < good) {
        // Only rows before this one matter from here on.
        good = taken;
        bad = c;
      }
    }
    if (bad >= 0) {
      throw badValue(bad, bytes, good);
    }
    if (misfits != null) {
      misfits.tell(converted, waiting, rowStarts, rowEnds, bytes);
    }
    converted += waiting;
    waiting = 0;
    splitter.clear();
  }

  /**
   * Goes on with a column after a field that does not fit.
   *
   * @param first its row
   * @param present the row up to which it is known which fields have a value
   */
  private void goOn(int c, byte[] bytes, int first, int present) {
    int row = first;
    int known = present;
    while (row < waiting) {
      int f = row * fields + fieldOf[c];
      BadTextException why = badValue(c, bytes, row);
      boolean isMissing = row == known;
      if (!isMissing) {
        splitter.omit(f);
      }
      if (misfits.mends(row, why, declared[c])) {
        cells[c].putNull(converted + row);
      } else {
        leaveOut(row, c);
      }
      if (isMissing) {
        known = takeNulls(c, bytes, row + 1, waiting);
      }
      // This row once more: it has no value now.
      f = row * fields + fieldOf[c];
      row += cells[c].take(bytes, splitter, f, fields, converted + row, known - row);
    }
  }

  /** Has later columns pass over a row that is bad. */
  private void leaveOut(int row, int column) {
    for (int c = column + 1; c < fieldOf.length; c++) {
      splitter.empty(row * fields + fieldOf[c]);
    }
  }

  /**
   * Sorts out which fields have a value; returns the first row that should have one and has not.
   */
  private int takeNulls(int c, byte[] bytes, int from, int rows) {
    boolean isRequired = declared[c].isRequired();
    for (int i = from, f = from * fields + fieldOf[c]; i < rows; i++, f += fields) {
      int start = splitter.start(f);
      if (start < 0) {
        if (misfits == null || misfits.isText(splitter, bytes, i, f, rowStarts, rowEnds)) {
          splitter.unquote(bytes, f);
        }
      } else if (start == splitter.end(f)
          || nullTexts.length > 0 && isNullText(bytes, start, splitter.end(f))) {
        splitter.omit(f);
        if (isRequired) {
          return i;
        }
        cells[c].putNull(converted + i);
      }
    }
    return rows;
  }

  private boolean isNullText(byte[] bytes, int start, int stop) {
    for (byte[] text : nullTexts) {
      if (Utf8.equals(bytes, start, stop, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  private BadTextException badValue(int c, byte[] bytes, int row) {
    Field field = declared[c];
    int f = row * fields + fieldOf[c];
    int start = splitter.start(f);
    int stop = splitter.end(f);
    String message;
    if (start < 0) {
      message = missing(field, bytes, ~start, stop);
    } else if (field.type() == DataType.STRING) {
      message = BadTextException.encoding(field.name(), bytes, start, stop);
    } else {
      message =
          ", column '%s': %s is not %s. %s"
              .formatted(
                  field.name(),
                  BadTextException.quoted(bytes, start, stop),
                  cells[c].wanted(),
                  wayOut(field, Utf8.toString(bytes, start, stop)));
    }
    return new BadTextException(rowStarts[row], field.name(), message);
  }

  private static String wayOut(Field field, String text) {
    if (text.strip().equals(field.name())) {
      return "That is the column's name: if the line is a header, add header().";
    }
    if (field.type() == DataType.LONG && isDouble(text)) {
      return text.matches("[+-]?[0-9]+")
          ? "It is larger than those: declare the column as DOUBLE, which rounds, or as STRING."
          : "It is a DOUBLE: declare the column so, a record's component as double.";
    }
    if (!text.equals(text.strip())) {
      return "There are blanks around it: add trimmingSpaces().";
    }
    return "Correct it, declare the column as STRING, or name the texts that stand for no value with"
        + " nullText(...).";
  }

  private static boolean isDouble(String text) {
    try {
      DecimalParser.parseDouble(Utf8.encode(text), 0, Utf8.encode(text).length);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String missing(Field field, byte[] bytes, int start, int stop) {
    String found =
        start == stop
            ? "is empty"
            : BadTextException.quoted(bytes, start, stop) + " stands for no value";
    String boxed =
        field.type() == DataType.LONG
            ? "Integer or Long"
            : field.type() == DataType.DOUBLE ? "Double" : "Boolean";
    String declare =
        field.type() == DataType.STRING
            ? "declare it with Field.optional"
            : ("declare the record component as %s instead of the primitive type,"
                    + " or the column with Field.optional")
                .formatted(boxed);
    return ", column '%s': the field %s, and %s is required. Fill it, or %s."
        .formatted(field.name(), found, field, declare);
  }

  /** What is wrong with a row of another number of fields, or with its quotes. */
  static BadTextException misshapen(
      FieldSplitter splitter, int fields, byte[] bytes, int from, int end) {
    int at = splitter.quoteAt();
    if (splitter.quotes() == FieldSplitter.Quotes.UNCLOSED) {
      return new BadTextException(
          from,
          (", field %s: the quote before %s is not closed%s Close the quote, or double it if it is"
                  + " part of the text%s.")
              .formatted(
                  splitter.count() + 1,
                  BadTextException.quoted(bytes, at + 1, end),
                  splitter.isMultiline() ? " before the end of the file." : " in its line.",
                  splitter.isMultiline()
                      ? ""
                      : "; or, if texts of this file have line feeds in them, add multiline()"));
    }
    if (splitter.quotes() == FieldSplitter.Quotes.TEXT_AFTER) {
      return new BadTextException(
          from,
          (", field %s: after the closing quote comes %s."
                  + " Double the quotes that are part of the text (\"\").")
              .formatted(splitter.count(), BadTextException.quoted(bytes, at + 1, end)));
    }
    int shown = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    String guess = splitter.count() == 1 ? CsvDialect.guess(Utf8.toString(bytes, from, shown)) : "";
    return new BadTextException(
        from,
        ": the row has %s, not %s: %s.%s"
            .formatted(
                splitter.count() == 1 ? "one field" : splitter.count() + " fields",
                fields,
                BadTextException.quoted(bytes, from, shown),
                guess.isEmpty()
                    ? " Quote fields that hold the separator, or correct the schema."
                    : guess));
  }

  @Override
  public boolean skipsEmptyLines() {
    return fields > 1;
  }

  @Override
  public int comment() {
    return comment;
  }

  @Override
  public boolean keepsBytes() {
    return keepsBytes;
  }

  @Override
  public Batch block(byte[] bytes) {
    ColumnVector[] columns = new ColumnVector[output.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = output[c].column(converted, bytes);
    }
    return Batch.of(wanted, converted, columns);
  }
}
