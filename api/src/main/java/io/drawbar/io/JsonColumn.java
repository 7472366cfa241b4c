package io.drawbar.io;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.error.DrawbarException;
import io.drawbar.text.DecimalParser;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.ScalarType;
import io.drawbar.type.VectorType;
import java.util.Arrays;
import java.util.Locale;

/** The values of one column of a block, taken from JSON; used again for the next block. */
abstract sealed class JsonColumn
    permits JsonColumn.OfBooleans,
        JsonColumn.OfLongs,
        JsonColumn.OfDoubles,
        JsonStringColumn,
        JsonVectorColumn,
        JsonListColumn {
  static final int FIRST = 256;
  static final int MOST_BYTES = Integer.MAX_VALUE - 64;

  final DataType type;
  int size;
  private boolean[] nulls = new boolean[FIRST];
  private boolean hasNulls;

  JsonColumn(DataType type) {
    this.type = type;
  }

  /** Values of a type. */
  static JsonColumn of(DataType type) {
    if (type instanceof VectorType vector) {
      return new JsonVectorColumn(vector);
    }
    if (type instanceof ListType list) {
      return new JsonListColumn(list);
    }
    if (type == DataType.BOOLEAN) {
      return new OfBooleans();
    }
    if (type == DataType.LONG) {
      return new OfLongs();
    }
    return type == DataType.DOUBLE ? new OfDoubles() : new JsonStringColumn();
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

  /** How a column is declared that was taken for a scalar, and is a list of such. */
  private static String list(DataType type) {
    if (!(type instanceof ScalarType)) {
      return "declare the column as a vector or a list";
    }
    String name = type.toString();
    return ("declare the column as a list: List<%s> in a record, DataType.listOf(DataType.%s) in a"
            + " schema; explode(col(\"...\")) makes rows of its items")
        .formatted(name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT), name);
  }

  /** What is wrong when a value of another kind is here. */
  static BadTextException mismatch(JsonScanner in, DataType type) {
    if (in.next() < 0) {
      return in.unexpected("a value");
    }
    String kind = in.kind();
    String declare =
        switch (kind) {
          case "an object" -> "name the value in it with path(...)";
          case "an array" -> list(type);
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

  static final class OfBooleans extends JsonColumn {
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

  static final class OfLongs extends JsonColumn {
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

  static final class OfDoubles extends JsonColumn {
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
}
