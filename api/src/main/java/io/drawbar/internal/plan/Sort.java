package io.drawbar.internal.plan;

import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.SortKey;
import io.drawbar.expr.SortKey.Direction;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The same rows by some columns, then by the rest of the row.
 *
 * @param keys columns, by name
 * @param bounds the rows, as an encoded batch in order, at which ranges begin; found by a run of
 *     its own where units are observed
 */
public record Sort(LogicalPlan input, List<Key> keys, Optional<byte[]> bounds)
    implements Keyed, OneInput {
  private static final Pattern DIRECTED = Pattern.compile("(.+?)\\s+((?i)desc|asc)");

  /** How names of columns begin that hold the values of keys; nobody types it. */
  private static final String COMPUTED = "\u0001sort";

  /** A column that rows are sorted by. */
  public record Key(String column, Direction direction) {}

  public Sort {
    keys = List.copyOf(keys);
  }

  /**
   * Rows sorted by expressions.
   *
   * @throws TypeMismatchException if a key has no order
   */
  public static LogicalPlan of(LogicalPlan input, List<SortKey> by) {
    if (by.isEmpty()) {
      throw new TypeMismatchException("sortBy needs at least one column");
    }
    List<Expr> columns = new ArrayList<>();
    input.schema().names().forEach(name -> columns.add(new ColumnRef(name)));
    List<Key> keys = new ArrayList<>();
    for (SortKey key : by) {
      Outputs.rejectExplode(key.expr(), "sortBy(%s)".formatted(key));
      rejectDirection(key.expr(), input.schema());
      DataType type = ExprTypes.of(key.expr(), input.schema());
      if (!(type instanceof ScalarType)) {
        throw new TypeMismatchException("sortBy(%s): a %s has no order".formatted(key, type));
      }
      if (key.expr() instanceof ColumnRef ref) {
        keys.add(new Key(ref.name(), key.direction()));
      } else {
        String name = COMPUTED + keys.size();
        keys.add(new Key(name, key.direction()));
        columns.add(key.expr().as(name));
      }
    }
    if (columns.size() == input.schema().size()) {
      return new Sort(input, keys, Optional.empty());
    }
    LogicalPlan sorted = new Sort(Project.of(input, columns), keys, Optional.empty());
    return Project.of(sorted, columns.subList(0, input.schema().size()));
  }

  /** Says how a direction is said to somebody who has written {@code sortBy("age desc")}. */
  private static void rejectDirection(Expr key, Schema schema) {
    if (!(key instanceof ColumnRef ref) || schema.find(ref.name()).isPresent()) {
      return;
    }
    Matcher matcher = DIRECTED.matcher(ref.name());
    if (matcher.matches() && schema.find(matcher.group(1)).isPresent()) {
      throw new UnknownColumnException(
          "no column '%s'; a direction is said with sortBy(col(\"%s\").%s())"
              .formatted(ref.name(), matcher.group(1), matcher.group(2).toLowerCase(Locale.ROOT)));
    }
  }

  /** Whether a column is the value of a key: no part of the row as the user knows it. */
  public static boolean isComputed(String column) {
    return column.startsWith(COMPUTED);
  }

  /** The same with the bounds of its ranges. */
  public Sort withBounds(byte[] rows) {
    return new Sort(input, keys, Optional.of(rows));
  }

  @Override
  public LogicalPlan over(LogicalPlan other) {
    return new Sort(other, keys, bounds);
  }

  @Override
  public String describe() {
    return "sort by "
        + keys.stream()
            .map(k -> k.column() + (k.direction() == Direction.DESCENDING ? " desc" : ""))
            .collect(Collectors.joining(", "));
  }
}
