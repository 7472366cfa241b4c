package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.expr.SortKey;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Makes steps on whole datasets. */
final class RelationalGenerator {
  private static final int MOST_OTHERS = 60;

  private final Random random;
  private final Schema schema;
  private final List<Row> rows;
  private final ExprGenerator expressions;
  private final Supplier<String> names;
  private final boolean mayFail;

  /**
   * A generator.
   *
   * @param names gives names that no column has
   * @param mayFail whether rows may be errors: then no limit decides which are looked at
   */
  RelationalGenerator(
      Random random, Schema schema, List<Row> rows, Supplier<String> names, boolean mayFail) {
    this.random = random;
    this.schema = schema;
    this.rows = rows;
    this.names = names;
    this.mayFail = mayFail;
    expressions = new ExprGenerator(random, schema, rows);
  }

  PipelineStep step() {
    int roll = random.nextInt(13);
    if (roll < 4 && !scalars().isEmpty()) {
      return match();
    }
    if (roll < 6) {
      return new RelationalStep.Union(second());
    }
    if (roll < 8) {
      return sort();
    }
    if (roll == 8) {
      return draw();
    }
    return roll == 9 ? typed() : plain();
  }

  private PipelineStep draw() {
    List<String> keys = new ArrayList<>(scalars());
    Collections.shuffle(keys, random);
    keys = keys.subList(0, Math.min(keys.size(), random.nextInt(3)));
    return new RelationalStep.Draw(names.get(), Choice.of(random, 0L, 1L, -7L), keys);
  }

  private List<String> scalars() {
    return schema.fields().stream()
        .filter(f -> f.type() instanceof ScalarType)
        .map(Field::name)
        .toList();
  }

  private PipelineStep match() {
    RelationalStep.Kind kind = Choice.from(random, List.of(RelationalStep.Kind.values()));
    List<String> keys = new ArrayList<>(scalars());
    Collections.shuffle(keys, random);
    keys = keys.subList(0, Math.min(keys.size(), Choice.of(random, 1, 1, 2)));
    boolean unique = kind == RelationalStep.Kind.LOOKUP;
    int roll = random.nextInt(3);
    if (roll == 0) {
      return new RelationalStep.Match(kind, OtherRows.self(grouped(keys, schema)), keys);
    }
    if (roll == 1 && !unique) {
      List<Expr> columns = new ArrayList<>();
      keys.forEach(key -> columns.add(col(key)));
      for (int i = random.nextInt(3); i > 0; i--) {
        columns.add(expressions.any(1).as(names.get()));
      }
      Collections.shuffle(columns, random);
      PipelineStep select = new PipelineStep.Select(columns);
      return new RelationalStep.Match(kind, OtherRows.self(select), keys);
    }
    GeneratedSource others = others(keyed(keys));
    PipelineStep[] steps = {grouped(keys, others.schema())};
    List<PipelineStep> after = unique || random.nextInt(4) == 0 ? List.of(steps) : List.of();
    return new RelationalStep.Match(kind, new OtherRows(others, after), keys);
  }

  private Schema keyed(List<String> keys) {
    Schema keyed = Schema.empty();
    for (String key : keys) {
      keyed = keyed.with(key, schema.field(key).type());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      keyed = keyed.with(names.get(), Choice.from(random, ExprGenerator.SCALARS));
    }
    return keyed;
  }

  /** One row for each key. */
  private PipelineStep grouped(List<String> keys, Schema from) {
    List<Expr> columns = keys.stream().<Expr>map(Functions::col).toList();
    List<Aggregate> aggregates = new ArrayList<>();
    if (random.nextBoolean()) {
      aggregates.add(Functions.count().as(names.get()));
    }
    for (Field field : from.fields()) {
      // Extremes of few odd numbers: zeros of both signs, NaN.
      boolean taken = random.nextInt(3) < (field.type() == DataType.DOUBLE ? 2 : 1);
      if (field.type() instanceof ScalarType && taken) {
        Expr column = col(field.name());
        Aggregate extreme = random.nextBoolean() ? Functions.max(column) : Functions.min(column);
        aggregates.add(extreme.as(names.get()));
      }
    }
    return new PipelineStep.Summary(columns, aggregates);
  }

  /** Rows in memory, which often have values that the others have, and one of them very often. */
  private GeneratedSource others(Schema columns) {
    int count = Choice.of(random, 0, 1, 5, MOST_OTHERS, MOST_OTHERS);
    count = count > 1 ? 1 + random.nextInt(count) : count;
    List<ValueGenerator> fresh = new ArrayList<>();
    columns.fields().forEach(f -> fresh.add(new ValueGenerator(random, f.type(), false)));
    boolean isHot = random.nextInt(3) == 0;
    List<GeneratedSource.Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean known = !rows.isEmpty() && random.nextInt(10) < 7;
      Row like =
          known ? rows.get(isHot && random.nextBoolean() ? 0 : random.nextInt(rows.size())) : null;
      Object[] values = new Object[columns.size()];
      for (int c = 0; c < values.length; c++) {
        String name = columns.field(c).name();
        boolean copies = like != null && like.schema().find(name).isPresent();
        values[c] = copies ? like.value(name) : fresh.get(c).next();
      }
      entries.add(new GeneratedSource.Entry(Row.of(columns, values), null));
    }
    return new GeneratedSource(columns, entries, null);
  }

  private OtherRows second() {
    boolean areScalars = scalars().size() == schema.size();
    if (areScalars && random.nextInt(3) == 0) {
      return new OtherRows(others(RowText.optional(schema)), List.of());
    }
    List<PipelineStep> steps = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      steps.add(
          switch (random.nextInt(4)) {
            case 0 -> new PipelineStep.Where(expressions.scalar(DataType.BOOLEAN, 2));
            case 1 -> sort();
            case 2 -> replaced();
            default -> plain();
          });
    }
    return new OtherRows(null, steps);
  }

  /** Another column of the same name and type. */
  private PipelineStep replaced() {
    if (scalars().isEmpty()) {
      return plain();
    }
    String name = Choice.from(random, scalars());
    return new PipelineStep.WithColumn(name, expressions.scalar(schema.field(name).type(), 2));
  }

  private PipelineStep sort() {
    List<SortKey> keys = new ArrayList<>();
    for (int i = Choice.of(random, 1, 1, 2, 3); i > 0; i--) {
      boolean isColumn = random.nextInt(3) > 0 && !scalars().isEmpty();
      Expr key =
          isColumn
              ? col(Choice.from(random, scalars()))
              : expressions.scalar(Choice.from(random, ExprGenerator.SCALARS), 2);
      keys.add(random.nextBoolean() ? key.asc() : key.desc());
    }
    return new RelationalStep.Sort(keys);
  }

  private PipelineStep typed() {
    return new RelationalStep.Typed(
        expressions.scalar(DataType.STRING, 1),
        expressions.scalar(DataType.LONG, 1),
        Choice.from(random, List.of(RelationalStep.Lambda.values())));
  }

  private PipelineStep plain() {
    List<RelationalStep.Whole> kinds = new ArrayList<>(List.of(RelationalStep.Whole.values()));
    if (scalars().size() < schema.size()) {
      kinds.remove(RelationalStep.Whole.DISTINCT);
    }
    if (mayFail) {
      kinds.remove(RelationalStep.Whole.LIMIT);
    }
    int most = Choice.of(random, 0, 1, 3, 10, rows.size() / 2, rows.size(), rows.size() + 5);
    double share = Choice.of(random, 0.0, 0.1, 0.5, 0.8, 1.0);
    return new RelationalStep.Plain(
        Choice.from(random, kinds), most, share, Choice.of(random, 0L, 1L, 42L, -7L));
  }
}
