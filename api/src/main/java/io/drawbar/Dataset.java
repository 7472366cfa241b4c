package io.drawbar;

import static io.drawbar.expr.Functions.col;

import io.drawbar.column.Batch;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.planner.Observation;
import io.drawbar.internal.planner.Planner;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.spi.Exporter;
import io.drawbar.spi.Sink;
import io.drawbar.type.RecordBinding;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A description of rows: immutable, lazy, with a {@link Schema}. Methods that return a dataset
 * describe more and run nothing; a wrong name or type fails in the call that uses it. {@link
 * #collect}, {@link #count}, {@link #write} and {@link #reduce} run.
 *
 * <p>Results are the same to the bit on every engine, at any parallelism: see the package page.
 */
public final class Dataset {
  private final Session session;
  private final LogicalPlan plan;

  Dataset(Session session, LogicalPlan plan) {
    this.session = session;
    this.plan = plan;
  }

  /** The columns. */
  public Schema schema() {
    return plan.schema();
  }

  /** The rows for which a condition is true. */
  public Dataset where(Expr condition) {
    return new Dataset(session, new Filter(plan, condition));
  }

  /**
   * Columns computed from each row. One of them may be {@code explode(list)}, which makes a row of
   * each item.
   */
  public Dataset select(Expr... columns) {
    return new Dataset(session, Project.of(plan, List.of(columns)));
  }

  /** Some of the columns, in the order given. */
  public Dataset select(String... columns) {
    return select(Arrays.stream(columns).map(Functions::col).toArray(Expr[]::new));
  }

  /** All columns and one more; in place of the one of that name, if there is one. */
  public Dataset withColumn(String name, Expr value) {
    List<Expr> columns = new ArrayList<>();
    for (String existing : schema().names()) {
      columns.add(existing.equals(name) ? value.as(name) : col(existing));
    }
    if (schema().find(name).isEmpty()) {
      columns.add(value.as(name));
    }
    return new Dataset(session, Project.of(plan, columns));
  }

  /** Rows grouped by the values of expressions. */
  public GroupedDataset groupBy(Expr... keys) {
    return new GroupedDataset(session, plan, List.of(keys));
  }

  /** Rows grouped by the values of columns. */
  public GroupedDataset groupBy(String... keys) {
    return groupBy(Arrays.stream(keys).map(Functions::col).toArray(Expr[]::new));
  }

  /** One row: aggregates over all rows, also if there are none. */
  public Dataset agg(Aggregate... aggregates) {
    return new Dataset(session, Aggregation.of(plan, List.of(), List.of(aggregates)));
  }

  /** What a transform makes of this dataset. */
  public Dataset transform(Transform transform) {
    return transform.transform(this);
  }

  /** Runs, and brings all rows to the driver, in order. */
  public List<Row> collect() {
    List<Row> rows = new ArrayList<>();
    for (Batch batch : session.runner().collect(plan)) {
      batch.copyTo(rows);
    }
    return rows;
  }

  /**
   * Runs, and brings all rows to the driver as records; columns are found by the names of the
   * record's components.
   *
   * @throws io.drawbar.type.RecordBindingException if a component finds no column of its type,
   *     before anything runs; or a null meets a primitive
   */
  public <R extends Record> List<R> collect(Class<R> recordClass) {
    RecordBinding<R> binding = RecordBinding.of(recordClass);
    binding.check(schema());
    return collect().stream().map(binding::record).toList();
  }

  /** Runs, and counts the rows. */
  public long count() {
    Dataset counted = agg(Functions.count().as("n"));
    return counted.collect().get(0).longValue("n");
  }

  /**
   * Runs, and writes all rows, in order, into parts whose boundaries depend on the data alone. All
   * of the output appears, or none.
   *
   * @throws io.drawbar.error.DrawbarException if a column cannot be written, the target is there
   *     already, or the run fails
   */
  public RunReport write(Sink sink) {
    return session.runner().write(plan, sink);
  }

  /**
   * Runs, folding each block of rows with a kernel and merging exactly: what trainers are written
   * with.
   *
   * @return the partial of all rows; the kernel's identity if there are none
   */
  public <P extends Partial<P>> P reduce(LeafKernel<P> kernel) {
    kernel.columns().forEach(schema()::indexOf);
    return session.runner().reduce(plan, kernel);
  }

  /**
   * Hands this dataset to an engine as one of its own; runs nothing. Engines have a method for it:
   * {@code SparkDrawbar.toDataFrame(dataset)}.
   */
  public <T> T export(Exporter<T> exporter) {
    return session.runner().export(plan, exporter);
  }

  /** How {@link #collect} would run: the plan as written, as optimised, and cut into stages. */
  public String explain() {
    return Planner.plan(plan, new Observation.Collect()).explain();
  }

  @Override
  public String toString() {
    return "Dataset(" + schema() + ")";
  }
}
