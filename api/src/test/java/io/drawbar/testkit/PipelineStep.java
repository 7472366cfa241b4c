package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Alias;
import io.drawbar.expr.Explode;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** One step of a random pipeline: known to the dataset, to the oracle, and to whoever prints it. */
sealed interface PipelineStep
    permits PipelineStep.Where,
        PipelineStep.Select,
        PipelineStep.WithColumn,
        PipelineStep.Summary,
        RelationalStep.Match,
        RelationalStep.Union,
        RelationalStep.Plain,
        RelationalStep.Sort,
        RelationalStep.Draw,
        RelationalStep.Typed {
  /** The dataset with this step appended. */
  Dataset apply(Session session, Dataset input);

  /**
   * The columns that the step gives.
   *
   * @throws io.drawbar.error.DrawbarException if a column that it uses is not there, or of another
   *     type
   */
  Schema schema(Schema input);

  /** What the step computes from a row. */
  default List<Expr> expressions() {
    return List.of();
  }

  /** What the step is, for counting. */
  default List<String> features(Schema input) {
    return List.of("step " + getClass().getSimpleName());
  }

  /** The rows for which a condition is true. */
  record Where(Expr condition) implements PipelineStep {
    @Override
    public Dataset apply(Session session, Dataset input) {
      return input.where(condition);
    }

    @Override
    public Schema schema(Schema input) {
      ExprTypes.of(condition, input);
      return input;
    }

    @Override
    public List<Expr> expressions() {
      return List.of(condition);
    }
  }

  /** Computed columns; one may be {@code explode}. */
  record Select(List<Expr> columns) implements PipelineStep {
    public Select {
      columns = List.copyOf(columns);
    }

    @Override
    public Dataset apply(Session session, Dataset input) {
      return input.select(columns.toArray(Expr[]::new));
    }

    @Override
    public Schema schema(Schema input) {
      Schema schema = Schema.empty();
      for (Expr column : columns) {
        schema = schema.with(column.name(), ExprTypes.of(column, input));
      }
      return schema;
    }

    @Override
    public List<Expr> expressions() {
      return columns;
    }

    static boolean isExplode(Expr column) {
      return column instanceof Alias alias ? isExplode(alias.expr()) : column instanceof Explode;
    }
  }

  /** All columns and a new one, or one of them replaced. */
  record WithColumn(String name, Expr value) implements PipelineStep {
    @Override
    public Dataset apply(Session session, Dataset input) {
      return input.withColumn(name, value);
    }

    @Override
    public Schema schema(Schema input) {
      Schema schema = Schema.empty();
      for (String existing : input.names()) {
        Expr column = existing.equals(name) ? value : col(existing);
        schema = schema.with(existing, ExprTypes.of(column, input));
      }
      return input.find(name).isPresent() ? schema : schema.with(name, ExprTypes.of(value, input));
    }

    @Override
    public List<Expr> expressions() {
      return List.of(value);
    }
  }

  /** Aggregates of groups, or, without keys, of all rows. */
  record Summary(List<Expr> keys, List<Aggregate> aggregates) implements PipelineStep {
    public Summary {
      keys = List.copyOf(keys);
      aggregates = List.copyOf(aggregates);
    }

    @Override
    public Dataset apply(Session session, Dataset input) {
      Aggregate[] columns = aggregates.toArray(Aggregate[]::new);
      return keys.isEmpty()
          ? input.agg(columns)
          : input.groupBy(keys.toArray(Expr[]::new)).agg(columns);
    }

    @Override
    public Schema schema(Schema input) {
      Schema schema = Schema.empty();
      for (Expr key : keys) {
        schema = schema.with(key.name(), ExprTypes.of(key, input));
      }
      for (Aggregate aggregate : aggregates) {
        schema = schema.with(aggregate.name(), ExprTypes.of(aggregate, input));
      }
      return schema;
    }

    @Override
    public List<Expr> expressions() {
      List<Expr> all = new ArrayList<>(keys);
      aggregates.forEach(a -> a.input().ifPresent(all::add));
      return all;
    }
  }
}
