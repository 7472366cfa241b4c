package io.drawbar.testkit;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.AggregateFunction;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Expr;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A pipeline interpreted one row at a time, in boxed values, written from the table of values in
 * {@code io.drawbar.type} and for nothing but to be seen to be right. It shares no code with the
 * kernel.
 *
 * <p>What other implementations get wrong now and then is a method of its own, so that a test can
 * plant the fault here and see it caught.
 */
public class RowOracle {

  /** The rows after some steps. */
  List<Row> run(OracleRows rows, Schema schema, List<PipelineStep> steps) {
    return after(rows, schema, steps).rows();
  }

  /** The rows after some steps, with their ids. */
  OracleRows after(OracleRows rows, Schema schema, List<PipelineStep> steps) {
    OracleRows result = rows;
    Schema columns = schema;
    for (PipelineStep step : steps) {
      result = apply(step, result, columns);
      columns = step.schema(columns);
    }
    return result;
  }

  /**
   * The rows after a step.
   *
   * @throws EvaluationException if an expression has no value for a row
   */
  OracleRows apply(PipelineStep step, OracleRows input, Schema schema) {
    Schema output = step.schema(schema);
    List<Row> rows = input.rows();
    List<Row> result = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    if (step instanceof PipelineStep.Where where) {
      for (int i = 0; i < rows.size(); i++) {
        if (Boolean.TRUE.equals(value(where.condition(), rows.get(i)))) {
          result.add(rows.get(i));
          ids.add(input.ids().get(i));
        }
      }
    } else if (step instanceof PipelineStep.Select select) {
      for (int i = 0; i < rows.size(); i++) {
        select(select, rows.get(i), output, result);
        boolean explodes = select.columns().stream().anyMatch(PipelineStep.Select::isExplode);
        for (long child = 0; ids.size() < result.size(); child++) {
          long id = input.ids().get(i);
          ids.add(explodes ? RowIds.child(id, child) : id);
        }
      }
    } else if (step instanceof PipelineStep.WithColumn column) {
      for (Row row : rows) {
        Object value = value(column.value(), row);
        Object[] values = new Object[output.size()];
        for (int c = 0; c < values.length; c++) {
          values[c] = output.field(c).name().equals(column.name()) ? value : row.value(c);
        }
        result.add(Row.of(output, values));
      }
      ids = input.ids();
    } else if (step instanceof PipelineStep.Summary summary) {
      summarize(summary, rows, output, result);
      ids = contentIds(result);
    } else {
      return new RelationalOracle(this).apply(step, input, schema);
    }
    return input.with(result, ids);
  }

  /** Ids of rows whose equals stand together. */
  static List<Long> contentIds(List<Row> rows) {
    List<Long> ids = new ArrayList<>();
    long number = 0;
    for (int i = 0; i < rows.size(); i++) {
      boolean again = i > 0 && RelationalOracle.compareWhole(rows.get(i - 1), rows.get(i)) == 0;
      number = again ? number + 1 : 0;
      ids.add(RowIds.content(rows.get(i), number));
    }
    return ids;
  }

  Object value(Expr expr, Row row) {
    return expr.accept(new RowEvaluator(this, row));
  }

  private void select(PipelineStep.Select step, Row row, Schema output, List<Row> result) {
    Object[] values = new Object[output.size()];
    int exploded = -1;
    for (int c = 0; c < values.length; c++) {
      values[c] = value(step.columns().get(c), row);
      exploded = PipelineStep.Select.isExplode(step.columns().get(c)) ? c : exploded;
    }
    if (exploded < 0) {
      result.add(Row.of(output, values));
    } else if (values[exploded] != null) {
      for (Object item : (List<?>) values[exploded]) {
        values[exploded] = item;
        result.add(Row.of(output, values));
      }
    }
  }

  private void summarize(
      PipelineStep.Summary step, List<Row> rows, Schema output, List<Row> result) {
    Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
    if (step.keys().isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (Row row : rows) {
      List<Object> key =
          step.keys().stream().map(e -> asKey(value(e, row))).collect(Collectors.toList());
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
    }
    List<List<Object>> order = new ArrayList<>(groups.keySet());
    order.sort(
        Comparator.comparingLong((List<Object> key) -> ReferenceHash.hash64(key) + Long.MIN_VALUE)
            .thenComparing(this::compareKeys));
    for (List<Object> key : order) {
      List<Object> values = new ArrayList<>(key);
      for (Aggregate aggregate : step.aggregates()) {
        values.add(aggregate(aggregate, groups.get(key)));
      }
      result.add(Row.of(output, values.toArray()));
    }
  }

  private Object aggregate(Aggregate aggregate, List<Row> rows) {
    if (aggregate.input().isEmpty()) {
      return (long) rows.size();
    }
    List<Object> values = new ArrayList<>();
    for (Row row : rows) {
      Object value = value(aggregate.argument(), row);
      if (value != null) {
        values.add(value);
      }
    }
    if (aggregate.function() == AggregateFunction.COUNT) {
      return (long) values.size();
    }
    if (values.isEmpty()) {
      return null;
    }
    return switch (aggregate.function()) {
      case SUM ->
          values.get(0) instanceof Long
              ? (Object) longTotal(aggregate, values)
              : (Object) doubleTotal(values);
      case AVG -> average(values);
      case MIN -> emitted(values.stream().min(this::compare).orElseThrow());
      default -> emitted(values.stream().max(this::compare).orElseThrow());
    };
  }

  private static BigInteger total(List<Object> values) {
    return values.stream()
        .map(v -> BigInteger.valueOf((Long) v))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static Long longTotal(Aggregate aggregate, List<Object> values) {
    BigInteger total = total(values);
    if (total.bitLength() > 63) {
      throw new EvaluationException(aggregate + ": " + total + " does not fit a LONG");
    }
    return total.longValue();
  }

  private double doubleTotal(List<Object> values) {
    return sum(values.stream().map(Double.class::cast).toList());
  }

  /** The rounded sum divided by the count. */
  private double average(List<Object> values) {
    double total =
        values.get(0) instanceof Long ? total(values).doubleValue() : doubleTotal(values);
    return total / values.size();
  }

  /** The sum of doubles, of which there is at least one: exact, rounded once. */
  double sum(List<Double> values) {
    return ReferenceSum.of(values);
  }

  /** What makes two rows partners: keys of which none is null, and all are the same. */
  boolean areSame(List<Object> a, List<Object> b) {
    return !a.contains(null) && !b.contains(null) && compareKeys(a, b) == 0;
  }

  /** The order of rows that are the same in all that they are ordered by: to the bit. */
  int compareRest(Row a, Row b) {
    return RelationalOracle.compareWhole(a, b);
  }

  /** Whether a sample has a row. */
  boolean isChosen(long id, long seed, double share) {
    return RowIds.isChosen(id, seed, share);
  }

  /** The number that a row's id, or the hash of its values, draws. */
  Double drawn(long hash, long seed) {
    return RowIds.drawn(hash, seed);
  }

  /** The id of a row of a union. */
  long branchId(long id, int oneOrTwo) {
    return RowIds.branch(id, oneOrTwo);
  }

  /** A value as it stands in a key. */
  Object asKey(Object value) {
    return oneZero(value);
  }

  /** A value as {@code min} and {@code max} give it. */
  Object emitted(Object value) {
    return oneZero(value);
  }

  private static Object oneZero(Object value) {
    return value instanceof Double number && number == 0 ? (Object) 0.0 : value;
  }

  int compareKeys(List<Object> a, List<Object> b) {
    int order = 0;
    for (int i = 0; i < a.size() && order == 0; i++) {
      boolean absent = a.get(i) == null || b.get(i) == null;
      order =
          absent
              ? Boolean.compare(a.get(i) != null, b.get(i) != null)
              : compare(a.get(i), b.get(i));
    }
    return order;
  }

  /** The order of values that are not null, of one type, or LONG and DOUBLE. */
  int compare(Object a, Object b) {
    if (a instanceof String text) {
      return Arrays.compareUnsigned(
          text.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
    }
    if (a instanceof Boolean flag) {
      return flag.compareTo((Boolean) b);
    }
    if (a instanceof Long x && b instanceof Long y) {
      return x.compareTo(y);
    }
    return compareDoubles(((Number) a).doubleValue(), ((Number) b).doubleValue());
  }

  /** NaN equals itself and is greatest; there is one zero. */
  int compareDoubles(double a, double b) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /** Three-valued conjunction. */
  Boolean and(Boolean a, Boolean b) {
    if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
      return false;
    }
    return a == null || b == null ? null : true;
  }

  /** Three-valued disjunction. */
  Boolean or(Boolean a, Boolean b) {
    if (Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b)) {
      return true;
    }
    return a == null || b == null ? null : false;
  }

  /** Whether a condition has its value chosen. */
  boolean decides(Boolean condition) {
    return Boolean.TRUE.equals(condition);
  }

  /** Texts in one, null if one is. */
  String concat(List<Object> parts) {
    return parts.contains(null)
        ? null
        : parts.stream().map(String.class::cast).collect(Collectors.joining());
  }

  /** What a text is made of. */
  IntStream characters(String text) {
    return text.codePoints();
  }

  /** Where halves go. */
  RoundingMode rounding() {
    return RoundingMode.HALF_UP;
  }

  /** A whole number that must fit. */
  Long fitting(BigInteger number, Expr expr) {
    if (number.bitLength() > 63) {
      throw new EvaluationException(expr + ": " + number + " does not fit a LONG");
    }
    return number.longValue();
  }
}
