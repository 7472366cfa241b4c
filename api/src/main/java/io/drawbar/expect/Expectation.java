package io.drawbar.expect;

import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.Functions;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Something that is expected of rows, made with the methods of {@link Expectations}. */
public sealed interface Expectation extends Serializable {
  /** What is expected, in a few words. */
  String describe();

  /** The columns that are looked at. */
  List<String> columns();

  /**
   * Fails unless rows of a schema can be held against it.
   *
   * @throws io.drawbar.type.UnknownColumnException if a column is not there
   * @throws TypeMismatchException if one has another type than is wanted
   */
  void check(Schema schema);

  /** Of each row: a condition, which is not met where it is false; null is not false. */
  record Holds(String describe, Expr condition) implements Expectation {
    @Override
    public List<String> columns() {
      return List.copyOf(ExprTypes.columnsOf(condition));
    }

    @Override
    public void check(Schema schema) {
      DataType type = ExprTypes.of(condition, schema);
      if (type != DataType.BOOLEAN) {
        throw new TypeMismatchException(
            "%s is %s; what is expected is BOOLEAN".formatted(condition, type));
      }
    }
  }

  /** Of each row: the whole text matches a pattern of {@link Pattern}, or is null. */
  record Matches(String column, String pattern) implements Expectation {
    /** Checks the pattern. */
    public Matches {
      Pattern.compile(pattern);
    }

    @Override
    public String describe() {
      return "%s matches %s".formatted(column, pattern);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public void check(Schema schema) {
      checkType(schema, column, "STRING", schema.field(column).type() == DataType.STRING);
    }
  }

  /** Of all rows: how many there are. */
  record RowCount(long least, long most) implements Expectation {
    /** Checks the bounds. */
    public RowCount {
      if (least < 0 || most < least) {
        throw new IllegalArgumentException("from %s to %s rows".formatted(least, most));
      }
    }

    @Override
    public String describe() {
      return String.format(Locale.ROOT, "from %,d to %,d rows", least, most);
    }

    @Override
    public List<String> columns() {
      return List.of();
    }

    @Override
    public void check(Schema schema) {
      // Rows can always be counted.
    }
  }

  /** Of all rows: the newest time is no older than it may be. */
  record Newest(String column, Duration age, Instant at) implements Expectation {
    @Override
    public String describe() {
      return "newest %s within %s of %s".formatted(column, age, at);
    }

    @Override
    public List<String> columns() {
      return List.of(column);
    }

    @Override
    public void check(Schema schema) {
      DataType type = schema.field(column).type();
      checkType(schema, column, "LONG or STRING", type == DataType.LONG || type == DataType.STRING);
    }
  }

  /** Of all rows: no two agree on some columns; a row with a null in them agrees with none. */
  record Unique(List<String> columns) implements Expectation {
    /** Copies the names. */
    public Unique {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("unique() of no column");
      }
    }

    @Override
    public String describe() {
      return "unique " + String.join(", ", columns);
    }

    @Override
    public void check(Schema schema) {
      for (String column : columns) {
        boolean isKey = schema.field(column).type() instanceof ScalarType;
        checkType(schema, column, "BOOLEAN, LONG, DOUBLE or STRING", isKey);
      }
    }

    /** Whether a row has all of the columns. */
    public Expr isPresent() {
      return columns.stream()
          .map(column -> Functions.col(column).isNotNull())
          .reduce(Expr::and)
          .orElseThrow();
    }
  }

  private static void checkType(Schema schema, String column, String wanted, boolean isIt) {
    if (!isIt) {
      throw new TypeMismatchException(
          "column '%s' is %s, but %s is wanted"
              .formatted(column, schema.field(column).type(), wanted));
    }
  }
}
