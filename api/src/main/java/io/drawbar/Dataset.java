package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.expect.Expectations;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Expr;
import io.drawbar.expr.Functions;
import io.drawbar.expr.JoinKind;
import io.drawbar.expr.SampleSide;
import io.drawbar.expr.SortKey;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.internal.plan.Aggregation;
import io.drawbar.internal.plan.AsArrives;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.Draw;
import io.drawbar.internal.plan.Expect;
import io.drawbar.internal.plan.Filter;
import io.drawbar.internal.plan.Join;
import io.drawbar.internal.plan.Limit;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Lookup;
import io.drawbar.internal.plan.Project;
import io.drawbar.internal.plan.Sample;
import io.drawbar.internal.plan.Sort;
import io.drawbar.internal.plan.Union;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.Exporter;
import io.drawbar.spi.Sink;
import io.drawbar.type.DataType;
import io.drawbar.type.RecordBinding;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A description of rows: immutable, lazy, with a {@link Schema}. Methods that return a dataset
 * describe more and run nothing; a wrong name or type fails in the call that uses it. {@link
 * #collect}, {@link #show}, {@link #count}, {@link #write}, and what trainers are written with,
 * {@link #reduce}, {@link #hold} and {@link #iterate}, run.
 *
 * <p>A run may end with a {@link io.drawbar.spi.BadRowException} for what it reads, an {@link
 * io.drawbar.expr.EvaluationException} for what it computes, a {@link
 * io.drawbar.spi.MemoryLimitException} for what it has to hold, or an {@link
 * io.drawbar.spi.EngineException} if the engine cannot do its part, the run was cancelled, or the
 * thread that waits for it interrupted. All of these are {@link DrawbarException}s.
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

  /** What it means. */
  LogicalPlan plan() {
    return plan;
  }

  /** The columns. */
  public Schema schema() {
    return plan.schema();
  }

  /**
   * The names of a vector column's elements, in order: those of the columns that it was assembled
   * of, {@code city=Bern} for a label that was one-hot encoded, {@code features[0]} where nothing
   * is known. Trainers put them into models and messages.
   *
   * @throws DrawbarException if the column is not there, or no vector
   */
  public List<String> elementNames(String column) {
    DataType type = schema().field(column).type();
    if (type instanceof VectorType) {
      return ElementNames.of(plan, column);
    }
    throw new TypeMismatchException(
        "elementNames(%s): the column is %s, not a vector".formatted(column, type));
  }

  /** The rows for which a condition is true. */
  public Dataset where(Expr condition) {
    return step(Call.of("where", condition), () -> new Filter(plan, condition));
  }

  /**
   * The same rows, of which something is expected: if they are not so, each run that they are in
   * fails, before it has written anything.
   *
   * <pre>{@code
   * people.expect(Expectations.of(notNull("id"), between("age", 0, 120), rowCount(1, 1_000_000)))
   *     .write(Csv.to("people"));
   * }</pre>
   *
   * <p>Rows are looked at as they come by, in the same run; only {@code unique} needs one of its
   * own before it. The run's error, an {@link io.drawbar.expect.UnmetExpectationsException}, names
   * each expectation that is not met, how many rows are not as expected, and the first of them.
   *
   * @throws DrawbarException if a column is not there, or of another type than is wanted
   */
  public Dataset expect(Expectations expectations) {
    return step(Call.of("expect", expectations), () -> Expect.of(plan, expectations));
  }

  /**
   * Columns computed from each row. One of them may be {@code explode(list)}, which makes a row of
   * each item.
   *
   * @throws DrawbarException if a column is not there, an expression does not fit the types, two
   *     columns have one name, or there is more than one {@code explode}
   */
  public Dataset select(Expr... columns) {
    return step(Call.of("select", (Object[]) columns), () -> Project.of(plan, List.of(columns)));
  }

  /** Some of the columns, in the order given. */
  public Dataset select(String... columns) {
    return select(Arrays.stream(columns).map(Functions::col).toArray(Expr[]::new));
  }

  /**
   * All columns and one more; in place of the one of that name, if there is one. It may be {@code
   * explode(list)}, as in {@link #select(Expr...)}.
   */
  public Dataset withColumn(String name, Expr value) {
    return step(Call.of("withColumn", name, value), () -> Project.with(plan, name, value));
  }

  /** Rows grouped by the values of expressions. */
  public GroupedDataset groupBy(Expr... keys) {
    return new GroupedDataset(session, plan, List.of(keys));
  }

  /** Rows grouped by the values of columns. */
  public GroupedDataset groupBy(String... keys) {
    return groupBy(Arrays.stream(keys).map(Functions::col).toArray(Expr[]::new));
  }

  /**
   * One row: aggregates over all rows, also if there are none: then counts are 0, and all else is
   * null.
   */
  public Dataset agg(Aggregate... aggregates) {
    return step(
        Call.of("agg", (Object[]) aggregates),
        () -> Aggregation.of(plan, List.of(), List.of(aggregates)));
  }

  /**
   * All columns but some.
   *
   * @throws io.drawbar.type.UnknownColumnException if one of them is not there
   */
  public Dataset drop(String... columns) {
    return step(Call.of("drop", (Object[]) columns), () -> Project.without(plan, List.of(columns)));
  }

  /**
   * The same rows, one of whose columns has another name.
   *
   * @throws DrawbarException if the column is not there, or another one has that name
   */
  public Dataset rename(String column, String to) {
    return step(Call.of("rename", column, to), () -> Project.renamed(plan, column, to));
  }

  /** Each distinct row once, in the order that {@code groupBy} on all columns gives. */
  public Dataset distinct() {
    List<Expr> all = schema().names().stream().map(Functions::col).toList();
    return step(Call.of("distinct"), () -> Aggregation.of(plan, all, List.of()));
  }

  /**
   * The rows of this dataset, in their order, then those of another; equal rows stay.
   *
   * @param other of the same session, with columns of the same names and types in the same order
   * @throws DrawbarException if it has others, or is of another session
   */
  public Dataset union(Dataset other) {
    return step(Call.on("union", List.of()), () -> Union.of(plan, here(other)));
  }

  /**
   * Each pair of rows of both that agree on some columns, which come once; the other columns must
   * have different names. A null agrees with nothing, a NaN with a NaN. The order is by hash of the
   * keys, then the keys, then the rest of the row.
   *
   * <p>Both sides are exchanged by key. Where the right one is small and has each key once, {@link
   * #lookup} moves nothing and keeps the order.
   *
   * @param keys columns of both, BOOLEAN, LONG, DOUBLE or STRING
   * @throws DrawbarException if a key is not on both sides with the same type, another column is on
   *     both, or the other dataset is of another session
   */
  public Dataset join(Dataset right, String... keys) {
    return join("join", right, JoinKind.INNER, keys);
  }

  /** As {@link #join}, and rows without a partner come with nulls for the right's columns. */
  public Dataset leftJoin(Dataset right, String... keys) {
    return join("leftJoin", right, JoinKind.LEFT, keys);
  }

  /** The rows that have a partner, each once; in the order of {@link #join}. */
  public Dataset semiJoin(Dataset right, String... keys) {
    return join("semiJoin", right, JoinKind.SEMI, keys);
  }

  /** The rows that have no partner; in the order of {@link #join}. */
  public Dataset antiJoin(Dataset right, String... keys) {
    return join("antiJoin", right, JoinKind.ANTI, keys);
  }

  private Dataset join(String method, Dataset right, JoinKind kind, String... keys) {
    return step(
        Call.on(method, List.of(keys)), () -> Join.of(plan, here(right), List.of(keys), kind));
  }

  /**
   * The rows, in their order, with the other columns of the one row of a small dataset that agrees
   * on some; nulls where there is none. The small dataset is collected first and goes to all tasks.
   *
   * @throws DrawbarException as {@link #join}; when it runs, if a key is there twice, or the small
   *     dataset is more than an eighth of {@code drawbar.memory}
   */
  public Dataset lookup(Dataset small, String... keys) {
    return step(
        Call.on("lookup", List.of(keys)), () -> Lookup.of(plan, here(small), List.of(keys)));
  }

  private LogicalPlan here(Dataset other) {
    if (other.session != session) {
      throw new DrawbarException("the other dataset belongs to another session");
    }
    return other.plan;
  }

  private Dataset step(Call call, Supplier<LogicalPlan> plan) {
    return new Dataset(session, call.make(plan));
  }

  /** All rows by some columns, least first, nulls before all; then by the rest of the row. */
  public Dataset sortBy(String... columns) {
    return sortBy(Arrays.stream(columns).map(Functions::col).toArray(Expr[]::new));
  }

  /** All rows by the values of expressions, least first; then by the rest of the row. */
  public Dataset sortBy(Expr... keys) {
    return sortBy(Arrays.stream(keys).map(Expr::asc).toArray(SortKey[]::new));
  }

  /**
   * All rows by {@code col("n").desc()} and the like; then by the rest of the row, so that rows
   * come in one order everywhere.
   */
  public Dataset sortBy(SortKey... keys) {
    return step(Call.of("sortBy", (Object[]) keys), () -> Sort.of(plan, List.of(keys)));
  }

  /**
   * The first rows, in order. Where they can be had from the first leaves of the source alone, the
   * rest is not read, nor checked; after {@code sortBy}, no more than these are kept by a task.
   *
   * @param rows how many, at least 0
   */
  public Dataset limit(int rows) {
    return step(Call.of("limit", rows), () -> new Limit(plan, rows));
  }

  /**
   * About a share of the rows, chosen by a hash of their ids: the same ones on every engine and in
   * every run, whatever other columns are computed.
   *
   * @param share from 0 to 1
   */
  public Dataset sample(double share, long seed) {
    return sample(Call.of("sample", share, seed), share, seed, SampleSide.WITHIN);
  }

  /**
   * Rows divided in two.
   *
   * @param train those to learn from
   * @param test all others
   */
  public record Split(Dataset train, Dataset test) {
    @Override
    public String toString() {
      return "Split into train and test of " + train;
    }
  }

  /**
   * Divides the rows in two, as {@link #sample} chooses: each row is in exactly one.
   *
   * @param share of the rows to train with, from 0 to 1
   */
  public Split split(double share, long seed) {
    Call call = Call.of("split", share, seed);
    return new Split(
        sample(call, share, seed, SampleSide.WITHIN), sample(call, share, seed, SampleSide.BEYOND));
  }

  private Dataset sample(Call call, double share, long seed, SampleSide side) {
    return step(call, () -> new Sample(plan, share, seed, side));
  }

  /**
   * All columns and one more, DOUBLE: a number from 0 to less than 1 that is drawn for each row by
   * a hash of the seed and the row's id. The same on every engine and in every run, whatever other
   * columns are computed; {@code where(col(column).lt(share))} chooses the rows that {@link
   * #sample} chooses with that seed.
   *
   * @throws DrawbarException if there is a column of that name
   */
  public Dataset withRandom(String column, long seed) {
    return step(Call.of("withRandom", column, seed), () -> new Draw(plan, column, seed, List.of()));
  }

  /**
   * The same with a number that is drawn by the values of some columns: rows that agree on them, as
   * {@code groupBy} would have it, have the same one.
   *
   * @param of BOOLEAN, LONG, DOUBLE or STRING columns
   * @throws DrawbarException if there is a column of that name, or a column drawn by is not there
   *     or of another type
   */
  public Dataset withRandom(String column, long seed, String of, String... andOf) {
    List<String> keys = new ArrayList<>(List.of(of));
    keys.addAll(List.of(andOf));
    return step(
        Call.of("withRandom", column, seed, String.join(", ", keys)),
        () -> new Draw(plan, column, seed, keys));
  }

  /**
   * The same rows, kept when they are first computed, until {@link #release} or the end of the
   * session: for data that is read more than once. They are kept in columns, on disk (see {@code
   * drawbar.scratch.folder}), cut as they were, so that nothing changes but time. Rows of a source
   * without order get the order of their content here, with all their columns, and no later
   * exchange is needed for it.
   */
  public Dataset cache() {
    return new Dataset(session, session.cached(plan));
  }

  /**
   * Lets go of the rows that {@link #cache} keeps, before the session does; no run may be reading
   * them. Whoever wants them again has them computed, and kept, again.
   *
   * @throws DrawbarException if this is not what {@link #cache} has returned
   */
  public void release() {
    if (!(plan instanceof Cache cache)) {
      throw new DrawbarException(
          "release(): only what cache() has returned keeps rows, and this does not; call it on that");
    }
    session.release(cache);
  }

  /**
   * The same rows as they come, where a source has no order: results that depend on order may then
   * change from run to run, and no exchange is made to put rows in order.
   */
  public Dataset asArrives() {
    return new Dataset(session, AsArrives.of(plan));
  }

  /** Whether rows of a source without order come in the order of their arrival. */
  boolean takesRowsAsTheyArrive() {
    return AsArrives.isIn(plan);
  }

  /**
   * The rows as records of a class, for plain lambdas.
   *
   * @throws io.drawbar.type.RecordBindingException if a component finds no column of its type
   */
  public <R extends Record> Rows<R> as(Class<R> recordClass) {
    RecordBinding<R> binding = bind("as", recordClass);
    Dataset selected = select(binding.schema().names().toArray(String[]::new));
    return new Rows<>(session, selected.plan, recordClass);
  }

  private <R extends Record> RecordBinding<R> bind(String method, Class<R> recordClass) {
    return Call.of(method, recordClass)
        .make(
            () -> {
              RecordBinding<R> binding = RecordBinding.of(recordClass);
              binding.check(schema());
              return binding;
            });
  }

  /** Runs, and prints the first 20 rows as a table: see {@link #show(int)}. */
  public void show() {
    show(20);
  }

  /**
   * Runs, and prints the first rows as a table; of a source without order, any. It is for looking:
   * a null is printed as the sign for the empty set, or {@code -} where the output's charset has
   * none, doubles with seven digits, long texts cut. {@link #collect} and {@link #write} keep all.
   *
   * @param rows how many, at least 0
   */
  public void show(int rows) {
    if (rows < 0 || rows == Integer.MAX_VALUE) {
      throw new DrawbarException(
          "show(" + rows + "): a number of rows is at least 0; write(...) is for all of them");
    }
    List<Row> first = asArrives().limit(rows + 1).collect();
    boolean more = first.size() > rows;
    List<Row> shown = more ? first.subList(0, rows) : first;
    System.out.print(Table.forOutput().of(schema(), shown, more));
  }

  /** What a transform makes of this dataset. */
  public Dataset transform(Transform transform) {
    return transform.transform(this);
  }

  /**
   * Runs, and brings all rows to the driver, in order.
   *
   * @throws io.drawbar.spi.MemoryLimitException if they take more than {@code drawbar.memory} on
   *     their way, or, as objects, more than the heap has
   */
  public List<Row> collect() {
    return session.runner().collect(plan);
  }

  /**
   * Runs, and brings all rows to the driver as records; columns are found by the names of the
   * record's components.
   *
   * @throws io.drawbar.type.RecordBindingException if a component finds no column of its type,
   *     before anything runs; or a null meets a primitive
   */
  public <R extends Record> List<R> collect(Class<R> recordClass) {
    RecordBinding<R> binding = bind("collect", recordClass);
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
   * @return what was read, and what was written
   * @throws DrawbarException if a column cannot be written, the target is there already, or the run
   *     fails
   */
  public RunReport write(Sink sink) {
    Sink configured = session.configured(sink);
    RunReport report = session.runner().write(plan, configured);
    if (!configured.notice().isEmpty()) {
      session.notice(configured.notice());
    }
    return report;
  }

  /**
   * Runs, folding each block of rows with a kernel and merging exactly: what trainers are written
   * with.
   *
   * @return the partial of all rows; the kernel's identity if there are none
   * @throws DrawbarException if a column of the kernel is not there, or the run fails
   */
  public <P extends Partial<P>> P reduce(LeafKernel<P> kernel) {
    checkColumns("reduce", kernel.columns());
    return session.runner().reduce(plan, kernel);
  }

  /**
   * Runs, and keeps some columns near the workers, for trainers that go over them more than once.
   * Close it.
   *
   * @throws DrawbarException if a column is not there, or the run fails
   */
  public HeldDataset hold(List<String> columns) {
    checkColumns("hold", columns);
    Schema held = new Schema(columns.stream().map(schema()::field).toList());
    return new HeldDataset(session, held, session.hold(plan, columns));
  }

  private void checkColumns(String method, List<String> columns) {
    Call.of(method, String.join(", ", columns))
        .make(() -> columns.stream().map(schema()::indexOf).toList());
  }

  /**
   * Runs supersteps over all rows until the state says that it is done: {@link #hold} and {@link
   * HeldDataset#iterate} in one.
   *
   * @return the last state
   * @throws DrawbarException if a column of the superstep is not there, or a run fails
   */
  public <S, P extends Partial<P>> S iterate(Superstep<S, P> superstep, S start) {
    try (HeldDataset rows = hold(superstep.columns())) {
      return rows.iterate(superstep, start);
    }
  }

  /**
   * Hands this dataset to an engine as one of its own; runs nothing, except that caches are filled
   * and tables of lookups collected. Engines have a method for it: {@code
   * SparkDrawbar.toDataFrame(dataset)}. Listeners of the session hear of runs that the program
   * makes of it there, where the engine tells of them: they have a report if all of the rows were
   * needed.
   */
  public <T> T export(Exporter<T> exporter) {
    return session.runner().export(plan, exporter);
  }

  /**
   * How {@link #collect} would run: what has to be run first, if anything has, and why; then the
   * plan as written, as optimised, if that is another, and cut into stages. Runs and reads nothing.
   */
  public String explain() {
    return session.runner().explain(plan);
  }

  /**
   * How {@link #write} would run, likewise: where rows go, what becomes of what is there, and by
   * which columns they are divided.
   *
   * @throws DrawbarException if a column cannot be written
   */
  public String explain(Sink sink) {
    return session.runner().explain(plan, session.configured(sink));
  }

  @Override
  public String toString() {
    return "Dataset(" + schema() + ")";
  }
}
