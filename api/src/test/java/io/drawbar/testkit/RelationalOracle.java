package io.drawbar.testkit;

import io.drawbar.expr.SortKey;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Joins, unions, sorts and the like, by nested loops and sorts of lists. */
final class RelationalOracle {
  private final RowOracle oracle;

  RelationalOracle(RowOracle oracle) {
    this.oracle = oracle;
  }

  OracleRows apply(PipelineStep step, OracleRows input, Schema schema) {
    if (step instanceof RelationalStep.Match match) {
      return match(match, input, schema);
    }
    if (step instanceof RelationalStep.Union union) {
      return union(union, input, schema);
    }
    if (step instanceof RelationalStep.Sort sort) {
      return sort(sort, input);
    }
    if (step instanceof RelationalStep.Draw draw) {
      return draw(draw, input, schema);
    }
    return step instanceof RelationalStep.Typed typed
        ? typed(typed, input, schema)
        : plain((RelationalStep.Plain) step, input, schema);
  }

  private OracleRows other(OtherRows other, OracleRows self, Schema schema) {
    return other.source() == null
        ? oracle.after(self, schema, other.steps())
        : oracle.after(
            OracleRows.of(other.source(), self.layout()), other.source().schema(), other.steps());
  }

  private List<Object> key(Row row, List<String> keys) {
    return keys.stream().map(k -> oracle.asKey(row.value(k))).collect(Collectors.toList());
  }

  private OracleRows match(RelationalStep.Match step, OracleRows input, Schema schema) {
    List<Row> others = other(step.right(), input, schema).rows();
    boolean keepsPlace = step.kind() == RelationalStep.Kind.LOOKUP;
    Schema output = step.schema(schema);
    // By the keys' hash, so that rows are not compared with all others.
    Map<Long, List<Row>> byHash = new HashMap<>();
    for (Row other : others) {
      long hash = ReferenceHash.hash64(key(other, step.keys()));
      byHash.computeIfAbsent(hash, h -> new ArrayList<>()).add(other);
    }
    List<Row> result = new ArrayList<>();
    for (Row row : input.rows()) {
      List<Object> key = key(row, step.keys());
      List<Row> partners =
          byHash.getOrDefault(ReferenceHash.hash64(key), List.of()).stream()
              .filter(other -> oracle.areSame(key, key(other, step.keys())))
              .toList();
      Row left = keepsPlace ? row : canonical(row, step.keys());
      if (!step.kind().addsColumns()) {
        if (partners.isEmpty() == (step.kind() == RelationalStep.Kind.ANTI_JOIN)) {
          result.add(left);
        }
      } else if (partners.isEmpty() && step.kind().keepsAll()) {
        result.add(both(left, null, output));
      } else {
        partners.forEach(partner -> result.add(both(left, partner, output)));
      }
    }
    return keepsPlace ? input.with(result, input.ids()) : inOrderOfKeys(input, result, step.keys());
  }

  /** The row with its keys as they come out of a keyed operator. */
  private Row canonical(Row row, List<String> keys) {
    Object[] values = new Object[row.schema().size()];
    for (int c = 0; c < values.length; c++) {
      boolean isKey = keys.contains(row.schema().field(c).name());
      values[c] = isKey ? oracle.asKey(row.value(c)) : row.value(c);
    }
    return Row.of(row.schema(), values);
  }

  private static Row both(Row left, Row right, Schema output) {
    Object[] values = new Object[output.size()];
    for (int c = 0; c < values.length; c++) {
      String name = output.field(c).name();
      boolean isLeft = left.schema().find(name).isPresent();
      values[c] = isLeft ? left.value(name) : right == null ? null : right.value(name);
    }
    return Row.of(output, values);
  }

  private OracleRows inOrderOfKeys(OracleRows input, List<Row> rows, List<String> keys) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparingLong((Row row) -> ReferenceHash.hash64(key(row, keys)) + Long.MIN_VALUE)
            .thenComparing(row -> key(row, keys), oracle::compareKeys)
            .thenComparing(oracle::compareRest));
    return input.with(sorted, RowOracle.contentIds(sorted));
  }

  private OracleRows draw(RelationalStep.Draw step, OracleRows input, Schema schema) {
    Schema output = step.schema(schema);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < input.rows().size(); i++) {
      Row row = input.rows().get(i);
      long hash =
          step.of().isEmpty() ? input.ids().get(i) : ReferenceHash.hash64(key(row, step.of()));
      Object[] values = new Object[output.size()];
      for (int c = 0; c < schema.size(); c++) {
        values[c] = row.value(c);
      }
      values[schema.size()] = oracle.drawn(hash, step.seed());
      rows.add(Row.of(output, values));
    }
    return input.with(rows, input.ids());
  }

  private OracleRows union(RelationalStep.Union step, OracleRows input, Schema schema) {
    OracleRows second = other(step.second(), input, schema);
    List<Row> rows = new ArrayList<>(input.rows());
    List<Long> ids = new ArrayList<>();
    input.ids().forEach(id -> ids.add(oracle.branchId(id, 1)));
    for (Row row : second.rows()) {
      Object[] values = new Object[schema.size()];
      for (int c = 0; c < values.length; c++) {
        values[c] = row.value(c);
      }
      rows.add(Row.of(schema, values));
    }
    second.ids().forEach(id -> ids.add(oracle.branchId(id, 2)));
    return input.with(rows, ids);
  }

  private OracleRows sort(RelationalStep.Sort step, OracleRows input) {
    Comparator<Row> order = (a, b) -> 0;
    for (SortKey key : step.keys()) {
      Comparator<Row> by =
          (a, b) ->
              oracle.compareKeys(
                  Arrays.asList(oracle.value(key.expr(), a)),
                  Arrays.asList(oracle.value(key.expr(), b)));
      boolean descends = key.direction() == SortKey.Direction.DESCENDING;
      order = order.thenComparing(descends ? by.reversed() : by);
    }
    // A key that has no value for the only row is an error all the same.
    input.rows().forEach(row -> step.keys().forEach(key -> oracle.value(key.expr(), row)));
    List<Row> sorted = new ArrayList<>(input.rows());
    sorted.sort(order.thenComparing(oracle::compareRest));
    return input.with(sorted, RowOracle.contentIds(sorted));
  }

  private OracleRows typed(RelationalStep.Typed step, OracleRows input, Schema schema) {
    Schema output = step.schema(schema);
    List<Row> result = new ArrayList<>();
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < input.rows().size(); i++) {
      Row row = input.rows().get(i);
      Cell cell =
          new Cell((String) oracle.value(step.text(), row), (Long) oracle.value(step.whole(), row));
      List<Cell> made =
          switch (step.lambda()) {
            case FILTER -> cell.isKept() ? List.of(cell) : List.of();
            case MAP -> List.of(cell.turned());
            case FLAT_MAP -> cell.children();
          };
      for (int child = 0; child < made.size(); child++) {
        result.add(Row.of(output, made.get(child).text(), made.get(child).whole()));
        ids.add(RowIds.child(input.ids().get(i), child));
      }
    }
    return input.with(result, ids);
  }

  private OracleRows plain(RelationalStep.Plain step, OracleRows input, Schema schema) {
    switch (step.what()) {
      case CACHE:
        return input;
      case DISTINCT:
        List<Row> once = new ArrayList<>();
        for (Row row : input.rows()) {
          once.add(canonical(row, schema.names()));
        }
        List<Row> sorted = inOrderOfKeys(input, once, schema.names()).rows();
        List<Row> distinct = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
          if (i == 0 || compareWhole(sorted.get(i - 1), sorted.get(i)) != 0) {
            distinct.add(sorted.get(i));
          }
        }
        return input.with(distinct, RowOracle.contentIds(distinct));
      case LIMIT:
        int count = Math.min(step.rows(), input.rows().size());
        List<Long> firsts = new ArrayList<>();
        for (long i = 0; i < count; i++) {
          firsts.add(RowIds.first(i));
        }
        return input.with(input.rows().subList(0, count), firsts);
      default:
        List<Row> rows = new ArrayList<>();
        List<Long> ids = new ArrayList<>();
        boolean within = step.what() != RelationalStep.Whole.SPLIT_TEST;
        for (int i = 0; i < input.rows().size(); i++) {
          long id = input.ids().get(i);
          if (oracle.isChosen(id, step.seed(), step.share()) == within) {
            rows.add(input.rows().get(i));
            ids.add(id);
          }
        }
        return input.with(rows, ids);
    }
  }

  /** Compares all values to the bit: null first, -0.0 before 0.0, NaN last. */
  static int compareWhole(Row a, Row b) {
    int order = 0;
    for (int c = 0; c < a.schema().size() && order == 0; c++) {
      order = compareBits(a.value(c), b.value(c));
    }
    return order;
  }

  private static int compareBits(Object a, Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    if (a instanceof List<?> list) {
      List<?> other = (List<?>) b;
      int order = 0;
      for (int i = 0; i < Math.min(list.size(), other.size()) && order == 0; i++) {
        order = compareBits(list.get(i), other.get(i));
      }
      return order != 0 ? order : Integer.compare(list.size(), other.size());
    }
    if (a instanceof double[] vector) {
      int order = 0;
      for (int i = 0; i < vector.length && order == 0; i++) {
        order = Double.compare(vector[i], ((double[]) b)[i]);
      }
      return order;
    }
    if (a instanceof Double number) {
      return number.compareTo((Double) b);
    }
    return new RowOracle().compare(a, b);
  }
}
