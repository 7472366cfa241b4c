package io.drawbar.testkit;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.expr.Alias;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.SortKey;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Steps on whole datasets: on two of them, on their order, on which rows there are. */
final class RelationalStep {
  private RelationalStep() {}

  /** The kinds of joins; a lookup is one whose right rows have each key once. */
  enum Kind {
    JOIN,
    LEFT_JOIN,
    SEMI_JOIN,
    ANTI_JOIN,
    LOOKUP;

    boolean addsColumns() {
      return this != SEMI_JOIN && this != ANTI_JOIN;
    }

    /** Whether rows of the left come out that have no partner. */
    boolean keepsAll() {
      return this == LEFT_JOIN || this == LOOKUP;
    }

    /** The name of the method. */
    String method() {
      String[] words = name().toLowerCase(Locale.ROOT).split("_");
      return words.length == 1 ? words[0] : words[0] + "Join";
    }
  }

  /** Rows with those of another dataset that have the same keys. */
  record Match(Kind kind, OtherRows right, List<String> keys) implements PipelineStep {
    public Match {
      keys = List.copyOf(keys);
    }

    @Override
    public Dataset apply(Session session, Dataset input) {
      Dataset other = right.dataset(session, input);
      String[] by = keys.toArray(String[]::new);
      return switch (kind) {
        case JOIN -> input.join(other, by);
        case LEFT_JOIN -> input.leftJoin(other, by);
        case SEMI_JOIN -> input.semiJoin(other, by);
        case ANTI_JOIN -> input.antiJoin(other, by);
        case LOOKUP -> input.lookup(other, by);
      };
    }

    @Override
    public Schema schema(Schema input) {
      Schema other = right.schema(input);
      Schema schema = input;
      for (String key : keys) {
        mustBeSame(input.field(key).type(), other.field(key).type());
      }
      if (kind.addsColumns()) {
        for (Field field : other.fields()) {
          if (!keys.contains(field.name())) {
            schema = schema.with(field.name(), field.type());
          }
        }
      }
      return schema;
    }

    private static void mustBeSame(DataType a, DataType b) {
      if (!a.equals(b)) {
        throw new io.drawbar.expr.TypeMismatchException(a + " and " + b);
      }
    }

    @Override
    public List<String> features(Schema input) {
      List<String> features = new ArrayList<>();
      features.add("step " + kind);
      features.add("step Match " + (right.source() == null ? "itself" : "other"));
      keys.forEach(key -> features.add("match by " + input.field(key).type()));
      return features;
    }
  }

  /** The rows, then those of another dataset of the same columns. */
  record Union(OtherRows second) implements PipelineStep {
    @Override
    public Dataset apply(Session session, Dataset input) {
      return input.union(second.dataset(session, input));
    }

    @Override
    public Schema schema(Schema input) {
      Schema other = second.schema(input);
      boolean same = other.names().equals(input.names());
      for (int c = 0; same && c < input.size(); c++) {
        same = input.field(c).type().equals(other.field(c).type());
      }
      if (!same) {
        throw new io.drawbar.expr.TypeMismatchException(input + " and " + other);
      }
      return input;
    }

    @Override
    public List<String> features(Schema input) {
      return List.of(
          "step Union", "step Union with " + (second.source() == null ? "itself" : "other"));
    }
  }

  /** A step that takes nothing but a few numbers and keeps the columns. */
  enum Whole {
    DISTINCT,
    LIMIT,
    SAMPLE,
    SPLIT_TRAIN,
    SPLIT_TEST,
    CACHE
  }

  /**
   * One of those.
   *
   * @param rows of a limit
   * @param share of a sample or split
   * @param seed likewise
   */
  record Plain(Whole what, int rows, double share, long seed) implements PipelineStep {
    @Override
    public Dataset apply(Session session, Dataset input) {
      return switch (what) {
        case DISTINCT -> input.distinct();
        case LIMIT -> input.limit(rows);
        case SAMPLE -> input.sample(share, seed);
        case SPLIT_TRAIN -> input.split(share, seed).train();
        case SPLIT_TEST -> input.split(share, seed).test();
        case CACHE -> input.cache();
      };
    }

    @Override
    public Schema schema(Schema input) {
      return input;
    }

    @Override
    public List<String> features(Schema input) {
      return List.of("step " + what);
    }
  }

  /** The rows by some keys. */
  record Sort(List<SortKey> keys) implements PipelineStep {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public Dataset apply(Session session, Dataset input) {
      return input.sortBy(keys.toArray(SortKey[]::new));
    }

    @Override
    public Schema schema(Schema input) {
      keys.forEach(key -> ExprTypes.of(key.expr(), input));
      return input;
    }

    @Override
    public List<Expr> expressions() {
      return keys.stream().map(SortKey::expr).toList();
    }

    @Override
    public List<String> features(Schema input) {
      List<String> features = new ArrayList<>();
      features.add("step Sort");
      for (SortKey key : keys) {
        features.add("sort " + key.direction() + " " + ExprTypes.of(key.expr(), input));
      }
      return features;
    }
  }

  /** Numbers drawn for rows, or for the values of some columns. */
  record Draw(String column, long seed, List<String> of) implements PipelineStep {
    public Draw {
      of = List.copyOf(of);
    }

    @Override
    public Dataset apply(Session session, Dataset input) {
      if (of.isEmpty()) {
        return input.withRandom(column, seed);
      }
      String[] others = of.subList(1, of.size()).toArray(String[]::new);
      return input.withRandom(column, seed, of.get(0), others);
    }

    @Override
    public Schema schema(Schema input) {
      of.forEach(input::field);
      return input.with(column, DataType.DOUBLE);
    }

    @Override
    public List<String> features(Schema input) {
      return List.of("step Draw by " + (of.isEmpty() ? "row" : "values"));
    }
  }

  /** What lambdas make of rows; see {@link Cell}. */
  enum Lambda {
    FILTER,
    MAP,
    FLAT_MAP
  }

  /** Two columns as records, and a lambda on them. */
  record Typed(Expr text, Expr whole, Lambda lambda) implements PipelineStep {
    @Override
    public Dataset apply(Session session, Dataset input) {
      var cells = input.select(text.as("text"), whole.as("whole")).as(Cell.class);
      return switch (lambda) {
        case FILTER -> cells.filter(Cell::isKept).dataset();
        case MAP -> cells.map(Cell.class, Cell::turned).dataset();
        case FLAT_MAP -> cells.flatMap(Cell.class, Cell::children).dataset();
      };
    }

    @Override
    public Schema schema(Schema input) {
      Expr[] columns = {text, whole};
      DataType[] types = {DataType.STRING, DataType.LONG};
      for (int i = 0; i < columns.length; i++) {
        if (!ExprTypes.of(columns[i], input).equals(types[i])) {
          throw new io.drawbar.expr.TypeMismatchException(columns[i] + " is no " + types[i]);
        }
      }
      return Schema.empty().with("text", DataType.STRING).with("whole", DataType.LONG);
    }

    @Override
    public List<Expr> expressions() {
      return List.of(new Alias(text, "text"), new Alias(whole, "whole"));
    }

    @Override
    public List<String> features(Schema input) {
      return List.of("step Typed " + lambda);
    }
  }
}
