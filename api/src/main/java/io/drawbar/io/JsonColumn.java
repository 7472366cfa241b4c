package io.drawbar.io;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.error.DrawbarException;
import io.drawbar.text.DecimalParser;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.util.Arrays;

/** The values of one column of a block, taken from JSON; used again for the next block. */
abstract sealed class JsonColumn {
  private static final int FIRST = 256;
  private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  final DataType type;
  int size;
  private boolean[] nulls = new boolean[FIRST];
  private boolean hasNulls;

  private JsonColumn(DataType type) {
    this.type = type;
  }

  /** Values of a type. */
  static JsonColumn of(DataType type) {
    if (type instanceof VectorType vector) {
      return new OfVectors(vector);
    }
    if (type instanceof ListType list) {
      return new OfLists(list);
    }
    if (type == DataType.BOOLEAN) {
      return new OfBooleans();
    }
    if (type == DataType.LONG) {
      return new OfLongs();
    }
    return type == DataType.DOUBLE ? new OfDoubles() : new OfStrings();
  }

  /** Forgets all values. */
  void begin() {
    if (hasNulls) {
      Arrays.fill(nulls, 0, size, false);
      hasNulls = false;
    }
    size = 0;
  }

  /**
   * Adds the value that starts where the scanner is, which is not null.
   *
   * @throws BadTextException if it is not of the type
   */
  final void add(JsonScanner in) throws BadTextException {
    reserve();
    put(in);
    size++;
  }

  /** Adds a row with no value. */
  final void addNull() {
    reserve();
    nulls[size] = true;
    hasNulls = true;
    omit();
    size++;
  }

  private void reserve() {
    if (size == nulls.length) {
      if (size > MOST_BYTES / 2) {
        throw new DrawbarException(
            "a block has more than 2^30 values in a column; use a smaller drawbar.block.rows");
      }
      nulls = Arrays.copyOf(nulls, 2 * size);
      grow(2 * size);
    }
  }

  final boolean[] nullsIfAny() {
    return hasNulls ? nulls : null;
  }

  abstract void grow(int capacity);

  abstract void put(JsonScanner in) throws BadTextException;

  /** Leaves a place for a value that is not there. */
  void omit() {}

  /** All values. */
  abstract ColumnVector column();

  /** What is wrong when a value of another kind is here. */
  static BadTextException mismatch(JsonScanner in, DataType type) {
    if (in.next() < 0) {
      return in.unexpected("a value");
    }
    String kind = in.kind();
    String declare =
        switch (kind) {
          case "an object" -> "name the value in it with path(...)";
          case "an array" -> "declare the column as a vector or a list";
          case "a string" -> "declare the column as STRING";
          case "a truth value" -> "declare the column as BOOLEAN";
          case "null" -> "leave the element out";
          default -> "declare the column as DOUBLE";
        };
    return in.bad(
        "%s is %s, not %s. Correct it, or %s.".formatted(in.shown(), kind, wanted(type), declare));
  }

  private static String wanted(DataType type) {
    if (type instanceof VectorType vector) {
      return "a %s, an array of %s numbers".formatted(vector, vector.size());
    }
    if (type instanceof ListType list) {
      return "a %s, an array".formatted(list);
    }
    return type == DataType.LONG
        ? "a LONG, a whole number of 64 bits"
        : type == DataType.DOUBLE
            ? "a DOUBLE, a number"
            : type == DataType.BOOLEAN ? "a BOOLEAN, true or false" : "a STRING";
  }

  static boolean startsNumber(int c) {
    return c == '-' || c >= '0' && c <= '9';
  }

  /** Takes a number as a double; what is beyond the largest is refused, not made infinite. */
  static double number(JsonScanner in) throws BadTextException {
    if (!startsNumber(in.next())) {
      throw mismatch(in, DataType.DOUBLE);
    }
    in.number();
    double value = DecimalParser.parseDouble(in.bytes(), in.tokenFrom(), in.tokenTo());
    if (Double.isInfinite(value)) {
      throw in.badToken(
          "%s is beyond the range of a DOUBLE. Correct it, or write it as a string."
              .formatted(BadTextException.quoted(in.bytes(), in.tokenFrom(), in.tokenTo())));
    }
    return value;
  }

  private static final class OfBooleans extends JsonColumn {
    private boolean[] values = new boolean[FIRST];

    OfBooleans() {
      super(DataType.BOOLEAN);
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    void put(JsonScanner in) throws BadTextException {
      int c = in.next();
      if (c != 't' && c != 'f') {
        throw mismatch(in, type);
      }
      in.word(c == 't' ? "true" : "false");
      values[size] = c == 't';
    }

    @Override
    ColumnVector column() {
      return new BooleanColumn(size, values, nullsIfAny());
    }
  }

  private static final class OfLongs extends JsonColumn {
    private long[] values = new long[FIRST];

    OfLongs() {
      super(DataType.LONG);
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    void put(JsonScanner in) throws BadTextException {
      if (!startsNumber(in.next())) {
        throw mismatch(in, type);
      }
      in.number();
      try {
        if (in.isIntegral()) {
          values[size] = DecimalParser.parseLong(in.bytes(), in.tokenFrom(), in.tokenTo());
          return;
        }
      } catch (NumberFormatException e) {
        // The grammar has been checked: it does not fit.
      }
      throw in.badToken(
          ("%s is not a LONG, a whole number of 64 bits without fraction and exponent. Correct it,"
                  + " or declare the column as DOUBLE.")
              .formatted(BadTextException.quoted(in.bytes(), in.tokenFrom(), in.tokenTo())));
    }

    @Override
    ColumnVector column() {
      return new LongColumn(size, values, nullsIfAny());
    }
  }

  private static final class OfDoubles extends JsonColumn {
    private double[] values = new double[FIRST];

    OfDoubles() {
      super(DataType.DOUBLE);
    }

    @Override
    void grow(int capacity) {
      values = Arrays.copyOf(values, capacity);
    }

    @Override
    void put(JsonScanner in) throws BadTextException {
      values[size] = number(in);
    }

    @Override
    ColumnVector column() {
      return new DoubleColumn(size, values, nullsIfAny());
    }
  }

  private static final class OfStrings extends JsonColumn {
    private byte[] bytes = new byte[FIRST];
    private int used;
    private int[] starts = new int[FIRST];
    private int[] ends = new int[FIRST];

    OfStrings() {
      super(DataType.STRING);
    }

    @Override
    void begin() {
      super.begin();
      used = 0;
    }

    @Override
    void grow(int capacity) {
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }

    @Override
    void put(JsonScanner in) throws BadTextException {
      if (in.next() != '"') {
        throw mismatch(in, type);
      }
      in.string();
      int length = in.tokenTo() - in.tokenFrom();
      if (bytes.length - used < length) {
        if (length > MOST_BYTES - used) {
          throw new DrawbarException(
              "a block has more than 2 GiB of text in a column; use a smaller drawbar.block.rows");
        }
        bytes =
            Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(2L * used, used + length)));
      }
      starts[size] = used;
      if (in.isEscaped()) {
        used = JsonText.decode(in.bytes(), in.tokenFrom(), in.tokenTo(), bytes, used);
      } else {
        System.arraycopy(in.bytes(), in.tokenFrom(), bytes, used, length);
        used += length;
      }
      ends[size] = used;
    }

    @Override
    void omit() {
      starts[size] = used;
      ends[size] = used;
    }

    @Override
    ColumnVector column() {
      return new StringColumn(size, bytes, starts, ends, nullsIfAny());
    }
  }

  private static final class OfVectors extends JsonColumn {
    private static final int MOST_AT_FIRST = 1 << 16;

    private final int dimension;
    private double[] row = new double[16];

    /** By element, then by row; made for the first vector that is there. */
    private double[][] elements;

    OfVectors(VectorType type) {
      super(type);
      dimension = type.size();
    }

    @Override
    void grow(int capacity) {}

    @Override
    void put(JsonScanner in) throws BadTextException {
      if (in.next() != '[') {
        throw mismatch(in, type);
      }
      in.open();
      int count = 0;
      for (boolean more = !in.isEmpty(); more; more = in.more()) {
        if (count == row.length) {
          row = Arrays.copyOf(row, 2 * count);
        }
        row[count++] = number(in);
      }
      if (count != dimension) {
        throw in.bad(
            "the array that ends here has %s numbers, not %s. Correct it, or declare it as a list."
                .formatted(count, dimension));
      }
      makeRoom();
      for (int j = 0; j < dimension; j++) {
        elements[j][size] = row[j];
      }
    }

    private void makeRoom() {
      if (elements == null) {
        elements = new double[dimension][Math.max(size + 1, MOST_AT_FIRST / dimension)];
      } else if (size >= elements[0].length) {
        int capacity = Math.max(size + 1, (int) Math.min(2L * elements[0].length, MOST_BYTES));
        for (int j = 0; j < dimension; j++) {
          elements[j] = Arrays.copyOf(elements[j], capacity);
        }
      }
    }

    @Override
    ColumnVector column() {
      return elements == null ? allNull() : new VectorColumn(size, padded(), nullsIfAny());
    }

    /** Rows without a vector at the end may be more than there is room for. */
    private double[][] padded() {
      if (size > 0) {
        size--;
        makeRoom();
        size++;
      }
      return elements;
    }

    private ColumnVector allNull() {
      ColumnBuilder none = ColumnBuilder.of(type);
      for (int i = 0; i < size; i++) {
        none.appendNull();
      }
      return none.build();
    }
  }

  private static final class OfLists extends JsonColumn {
    private final JsonColumn items;
    private int[] starts = new int[FIRST];
    private int[] ends = new int[FIRST];

    OfLists(ListType type) {
      super(type);
      items = JsonColumn.of(type.item());
    }

    @Override
    void begin() {
      super.begin();
      items.begin();
    }

    @Override
    void grow(int capacity) {
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }

    @Override
    void put(JsonScanner in) throws BadTextException {
      if (in.next() != '[') {
        throw mismatch(in, type);
      }
      in.open();
      starts[size] = items.size;
      for (boolean more = !in.isEmpty(); more; more = in.more()) {
        if (in.next() == 'n') {
          in.word("null");
          items.addNull();
        } else {
          items.add(in);
        }
      }
      ends[size] = items.size;
    }

    @Override
    void omit() {
      starts[size] = items.size;
      ends[size] = items.size;
    }

    @Override
    ColumnVector column() {
      return new ListColumn(size, starts, ends, items.column(), nullsIfAny());
    }
  }
}
