package io.drawbar;

import io.drawbar.config.Config;
import io.drawbar.config.CoreKeys;
import io.drawbar.internal.kernel.Spilling;
import io.drawbar.internal.plan.Cache;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Scan;
import io.drawbar.internal.planner.Planner;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.spi.Engine;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Source;
import io.drawbar.spi.Undeclared;
import io.drawbar.type.InferredSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Binds datasets to an engine. Open one, read, work, close it:
 *
 * <pre>{@code
 * try (Session session = Session.open()) {
 *   session.read(TextFiles.at("books")).where(col("line").ne("")).count();
 * }
 * }</pre>
 *
 * <p>Which engine runs the work is configuration: the key {@code drawbar.engine}, looked up in what
 * is given to {@link #open(Config)}, system properties, the environment, {@code
 * drawbar.properties}. Without any, it runs in this process. A session may be used by several
 * threads.
 */
public final class Session implements AutoCloseable {
  private final Engine engine;
  private final Config config;
  private final Layout layout;
  private final Caches caches;
  private final JobRunner runner;
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

  private Session(Engine engine, Config config, JobRunner.Planning planning) {
    this.engine = engine;
    this.config =
        config.withWeakest(
            engine.fileSettings(), "engine '%s'".formatted(engine.capabilities().engine()));
    layout =
        new Layout(
            config.value(CoreKeys.LEAF_BYTES),
            config.value(CoreKeys.LEAF_ROWS),
            config.value(CoreKeys.BLOCK_ROWS));
    caches = new Caches(config.value(CoreKeys.SCRATCH_FOLDER), engine.capabilities());
    Spilling spilling =
        new Spilling(config.value(CoreKeys.SPILL_BYTES), config.value(CoreKeys.SPILL_FOLDER));
    runner =
        new JobRunner(engine, listeners, caches, CoreKeys.memoryBytes(config), spilling, planning);
    String progress = config.value(CoreKeys.PROGRESS);
    if (progress.equals("bar") || progress.equals("auto") && ProgressBar.hasTerminal()) {
      listen(new ProgressBar(System.err));
    }
  }

  /**
   * A session on the engine that configuration names.
   *
   * @throws EngineNotFoundException if the engine is not on the class path
   * @throws io.drawbar.error.DrawbarException if a key is unknown, a value out of range, or the
   *     engine cannot start
   */
  public static Session open() {
    return open(Config.load());
  }

  /**
   * A session with configuration given in the program, which goes before any other.
   *
   * @throws EngineNotFoundException if the engine is not on the class path
   * @throws io.drawbar.error.DrawbarException if a key is unknown, a value out of range, or the
   *     engine cannot start
   */
  public static Session open(Config config) {
    return new Session(Engines.open(config), config, Planner::plan);
  }

  /**
   * A session on an engine that the program has made; closing the session closes it.
   *
   * @throws io.drawbar.error.DrawbarException if a key is unknown or a value out of range
   */
  public static Session attach(Engine engine, Config config) {
    Engines.check(config);
    return new Session(engine, config, Planner::plan);
  }

  /** A session that plans in another way. */
  static Session planning(Engine engine, Config config, JobRunner.Planning planning) {
    return new Session(engine, config, planning);
  }

  /** The name of the engine. */
  public String engine() {
    return engine.capabilities().engine();
  }

  /** A dataset of the rows of a source; nothing is read yet. */
  public Dataset read(Source source) {
    return new Dataset(this, Scan.of(source.configured(config), layout));
  }

  /**
   * Finds out the columns of files in one pass over all their rows. Nothing is inferred but by this
   * call; what it returns prints as the record to paste into the program, and what its types come
   * of. The result is the same on every engine.
   *
   * <pre>{@code
   * System.out.println(session.infer(Csv.at("loans.csv").header()));
   * }</pre>
   *
   * @throws io.drawbar.io.MissingFileException if nothing is there
   * @throws io.drawbar.io.InferenceException if there are no rows that can be read, or too many
   *     columns
   */
  public InferredSchema infer(Undeclared files) {
    return files
        .configured(config)
        .infer(
            new Undeclared.Pass() {
              @Override
              public <P extends Partial<P>> P over(Source source, LeafKernel<P> kernel) {
                return read(source).reduce(kernel);
              }
            });
  }

  /** Has a listener hear of each run from now on. */
  public void listen(RunListener listener) {
    listeners.add(listener);
  }

  Sink configured(Sink sink) {
    return sink.configured(config);
  }

  JobRunner runner() {
    return runner;
  }

  Holding hold(LogicalPlan plan, List<String> columns) {
    return runner().holder(config.value(CoreKeys.GATHER_BYTES)).hold(plan, columns, layout);
  }

  /** Where states of trainings are put down, if configuration says so. */
  Optional<String> checkpointFolder() {
    String folder = config.value(CoreKeys.CHECKPOINT_FOLDER);
    return folder.isEmpty() ? Optional.empty() : Optional.of(folder);
  }

  /** The checkpoints of an iteration of that name. */
  Checkpoints checkpoints(String folder, String name) {
    return Checkpoints.in(folder, "drawbar-" + name, this::notice);
  }

  /** An iteration over rows that are held. */
  <S, P extends Partial<P>> SuperstepLoop<S, P> loop(
      Superstep<S, P> superstep, Holding holding, Optional<Checkpoints> checkpoints, EarlyEnd end) {
    CheckpointPace pace =
        new CheckpointPace(
            config.value(CoreKeys.CHECKPOINT_SUPERSTEPS),
            config.value(CoreKeys.CHECKPOINT_SECONDS));
    return new SuperstepLoop<>(
        superstep, holding.begin(superstep), listeners, this::notice, checkpoints, pace, end);
  }

  Layout layout() {
    return layout;
  }

  /** Tells who listens, and the log. */
  void notice(String notice) {
    LoggerFactory.getLogger(Session.class).warn(notice);
    listeners.forEach(listener -> ProgressWatch.safely(() -> listener.notice(notice)));
  }

  void release(Cache cache) {
    caches.drop(cache.number());
  }

  LogicalPlan cached(LogicalPlan plan) {
    return Cache.of(plan, caches.add(), layout);
  }

  /** Gives back what the engine holds, and removes cached rows: its datasets have no more runs. */
  @Override
  public void close() {
    try {
      engine.close();
    } finally {
      caches.close();
    }
  }

  @Override
  public String toString() {
    return "Session(engine '" + engine() + "')";
  }
}
