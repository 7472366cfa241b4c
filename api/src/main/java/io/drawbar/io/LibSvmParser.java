package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.error.DrawbarException;
import io.drawbar.text.DecimalParser;
import io.drawbar.type.Schema;
import java.util.Arrays;
import java.util.List;

/** Rows of LIBSVM's format; each becomes values as soon as it is taken. */
final class LibSvmParser implements RowParser {
  private static final int FIRST = 1024;

  private final int features;
  private final Schema wanted;
  private final boolean keepsFeatures;
  private double[] labels = new double[FIRST];
  private int[] starts = new int[FIRST];
  private int[] ends = new int[FIRST];
  private int[] indices = new int[FIRST];
  private double[] values = new double[FIRST];
  private int stored;

  /** Those of them that are of whole rows. */
  private int storedRows;

  private int rows;

  /**
   * A parser.
   *
   * @param features the largest index there may be
   * @param columns those that the blocks hold, in this order
   */
  LibSvmParser(Schema schema, int features, List<String> columns) {
    this.features = features;
    wanted = new Schema(columns.stream().map(schema::field).toList());
    keepsFeatures = columns.contains(LibSvm.FEATURES);
  }

  @Override
  public void begin() {
    stored = 0;
    storedRows = 0;
    rows = 0;
  }

  @Override
  public int end(byte[] bytes, int from) {
    return LineParser.lineFeed(bytes, from);
  }

  @Override
  public void take(byte[] bytes, int from, int end) throws BadTextException {
    int to = from;
    while (to < end && bytes[to] != '#') {
      to++;
    }
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    int at = afterBlanks(bytes, from, to);
    if (at == to) {
      throw bad(
          from,
          at,
          LibSvm.LABEL,
          "the line has no label. A line is: label index:value index:value ...");
    }
    reserveRow();
    int stop = afterToken(bytes, at, to);
    labels[rows] = number(bytes, from, at, stop, "label", LibSvm.LABEL);
    starts[rows] = stored;
    int before = 0;
    for (at = afterBlanks(bytes, stop, to); at < to; at = afterBlanks(bytes, stop, to)) {
      stop = afterToken(bytes, at, to);
      before = feature(bytes, from, at, stop, before);
    }
    ends[rows++] = stored;
    storedRows = stored;
  }

  private void reserveRow() {
    if (rows == labels.length) {
      labels = Arrays.copyOf(labels, 2 * rows);
      starts = Arrays.copyOf(starts, 2 * rows);
      ends = Arrays.copyOf(ends, 2 * rows);
    }
  }

  @Override
  public void omit(byte[] bytes) {
    reserveRow();
    stored = storedRows;
    labels[rows] = 0;
    starts[rows] = stored;
    ends[rows++] = stored;
  }

  /** Takes {@code index:value}; returns the index. */
  private int feature(byte[] bytes, int from, int at, int stop, int before)
      throws BadTextException {
    int colon = at;
    while (colon < stop && bytes[colon] != ':') {
      colon++;
    }
    if (colon == stop) {
      throw bad(
          from,
          at,
          "%s has no colon. A feature is index:value, without blanks in it."
              .formatted(BadTextException.quoted(bytes, at, stop)));
    }
    int index = index(bytes, from, at, colon, stop);
    if (index <= before) {
      throw bad(from, at, misplaced(index, before));
    }
    double value =
        number(bytes, from, colon + 1, stop, "value of feature " + index, LibSvm.FEATURES);
    if (keepsFeatures) {
      if (stored == indices.length) {
        grow();
      }
      indices[stored] = index - 1;
      values[stored++] = value;
    }
    return index;
  }

  private void grow() {
    if (stored > (Integer.MAX_VALUE - 64) / 2) {
      throw new DrawbarException(
          "a block has more than 2^30 values; use a smaller drawbar.block.rows");
    }
    indices = Arrays.copyOf(indices, 2 * stored);
    values = Arrays.copyOf(values, 2 * stored);
  }

  private int index(byte[] bytes, int from, int at, int colon, int stop) throws BadTextException {
    long index = 0;
    boolean isNumber = colon > at;
    for (int i = at; i < colon && isNumber; i++) {
      int digit = bytes[i] - '0';
      isNumber = digit >= 0 && digit <= 9;
      index = Math.min(index * 10 + digit, Integer.MAX_VALUE + 1L);
    }
    if (!isNumber) {
      String shown = BadTextException.quoted(bytes, at, stop);
      boolean isQuery = colon - at == 3 && bytes[at] == 'q' && bytes[at + 1] == 'i';
      throw bad(
          from,
          at,
          isQuery
              ? ("%s is the number of a query, as files for ranking have it, which is not read."
                      + " Take it out of the file.")
                  .formatted(shown)
              : "the index of %s is not a whole number from 1 on. A feature is index:value."
                  .formatted(shown));
    }
    if (index > features) {
      throw bad(
          from,
          at,
          ("the index in %s is beyond the %s features declared. Say features(n) with the largest"
                  + " index of all files, which LibSvm.at(...).largestIndex() tells.")
              .formatted(BadTextException.quoted(bytes, at, stop), features));
    }
    return (int) index;
  }

  private static String misplaced(int index, int before) {
    if (index == 0) {
      return "index 0, but indices start at 1. If the file counts from 0, add 1 to all of them.";
    }
    return index == before
        ? "index %s is there twice. Leave one of them out.".formatted(index)
        : "index %s comes after index %s, but they ascend. Sort the features of the line."
            .formatted(index, before);
  }

  private static double number(byte[] bytes, int from, int at, int stop, String what, String column)
      throws BadTextException {
    try {
      return DecimalParser.parseDouble(bytes, at, stop);
    } catch (NumberFormatException e) {
      String shown = BadTextException.quoted(bytes, at, stop);
      throw bad(
          from,
          at,
          column,
          "the %s, %s, is not a number like 1, -0.5 or 1e-3. Correct it.".formatted(what, shown));
    }
  }

  private static BadTextException bad(int from, int at, String message) {
    return bad(from, at, LibSvm.FEATURES, message);
  }

  private static BadTextException bad(int from, int at, String column, String message) {
    return new BadTextException(
        from, column, ", byte %s of the line: %s".formatted(at - from + 1, message));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private static int afterBlanks(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && isBlank(bytes[i])) {
      i++;
    }
    return i;
  }

  private static int afterToken(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && !isBlank(bytes[i])) {
      i++;
    }
    return i;
  }

  @Override
  public boolean skipsEmptyLines() {
    return true;
  }

  @Override
  public int comment() {
    return '#';
  }

  @Override
  public Batch block(byte[] bytes) {
    ColumnVector[] columns = new ColumnVector[wanted.size()];
    for (int c = 0; c < columns.length; c++) {
      columns[c] =
          wanted.field(c).name().equals(LibSvm.LABEL)
              ? new DoubleColumn(rows, labels, null)
              : new SparseVectorColumn(rows, features, starts, ends, indices, values, null);
    }
    return Batch.of(wanted, rows, columns);
  }
}
