package io.drawbar.engine.spark;

import io.drawbar.column.Batch;
import io.drawbar.config.Config;
import io.drawbar.config.CoreKeys;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.ExportedRuns;
import io.drawbar.spi.FrameReader;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Holdings;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Runs;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs each stage graph as one Spark job. */
final class SparkEngine implements Engine {
  /** Spark's property of a job for its tags, comma-separated. */
  private static final String TAGS = "spark.job.tags";

  private final JavaSparkContext spark;

  private final Supplier<SparkSession> session;

  /** Gives the context back; does nothing for one that is the program's own. */
  private final Runnable release;

  /** 0 for as many as Spark has cores. */
  private final int parallelism;

  private final Runs runs = new Runs(SparkEngineFactory.NAME);

  private final Holdings held = new Holdings();

  private ExportWatch exports;

  private SparkEngine(
      JavaSparkContext spark, Supplier<SparkSession> session, Runnable release, Config config) {
    this.spark = spark;
    this.session = session;
    this.release = release;
    this.parallelism = config.value(CoreKeys.PARALLELISM);
  }

  /** An engine on a context that configuration describes. */
  static SparkEngine start(Config config) {
    SharedContext context = SharedContext.lease(config);
    JavaSparkContext spark = context.spark();
    return new SparkEngine(
        spark,
        () -> SparkSession.builder().sparkContext(spark.sc()).getOrCreate(),
        context::release,
        config);
  }

  /** An engine on a context that the program has started and will stop. */
  static SparkEngine attach(SparkSession session, Config config) {
    if (!(session instanceof org.apache.spark.sql.classic.SparkSession)) {
      throw new EngineException(
          "engine 'spark' cannot attach to a session of Spark Connect, which only takes SQL; attach"
              + " to a classic SparkSession, or open a session with drawbar.engine = spark");
    }
    if (session.sparkContext().isStopped()) {
      throw new EngineException(
          "engine 'spark' cannot attach to a SparkSession that has been stopped");
    }
    JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
    return new SparkEngine(spark, () -> session, () -> {}, config);
  }

  /**
   * The rows of a graph, which runs when Spark asks for them.
   *
   * @param runs hears of that, until this is closed
   */
  org.apache.spark.sql.Dataset<Row> dataFrame(
      StageGraph graph, FrameReader frames, ExportedRuns runs) {
    this.runs.requireOpen();
    TaskReports reports = new TaskReports();
    spark.sc().register(reports, TaskReports.NAME);
    ResultRdd results =
        new ResultRdd(spark.sc(), () -> new Translation(spark, graph, parallelism()));
    exports().add(results, runs);
    JavaRDD<Row> rows = results.toJavaRDD().flatMap(frame -> rows(frames, frame._2(), reports));
    return session.get().createDataFrame(rows, SparkTypes.struct(frames.schema()));
  }

  private static RowIterator rows(FrameReader frames, byte[] frame, TaskReports reports) {
    Optional<Batch> rows = frames.read(frame);
    if (rows.isEmpty()) {
      reports.add(frame);
    }
    return new RowIterator(rows);
  }

  /** Listens from the first DataFrame on. */
  private synchronized ExportWatch exports() {
    if (exports == null) {
      exports = new ExportWatch(spark.sc());
      spark.sc().addSparkListener(exports);
    }
    return exports;
  }

  @Override
  public Capabilities capabilities() {
    Capabilities.Reach reach =
        spark.isLocal() ? Capabilities.Reach.THIS_MACHINE : Capabilities.Reach.CLUSTER;
    return new Capabilities(SparkEngineFactory.NAME, parallelism(), reach);
  }

  /** Asked for each run: executors come and go. */
  private int parallelism() {
    return parallelism > 0 ? parallelism : Math.max(1, spark.defaultParallelism());
  }

  @Override
  public Map<String, String> fileSettings() {
    Configuration hadoop = spark.hadoopConfiguration();
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, String> each : hadoop) {
      String name = each.getKey();
      String[] origins = hadoop.getPropertySources(name);
      boolean isDefault = origins != null && origins[origins.length - 1].endsWith("-default.xml");
      if (name.matches("(fs|dfs|hadoop|ipc|io)\\..*") && !isDefault) {
        settings.put("drawbar.hadoop." + name, hadoop.get(name));
      }
    }
    return settings;
  }

  @Override
  public Run run(StageGraph graph) {
    return start(graph, null);
  }

  @Override
  public Optional<HeldData> hold(StageGraph graph) {
    HeldRdds rdds = new HeldRdds(spark, graph.stages().size());
    Run loading = start(graph, rdds::read);
    SparkHeldData data = new SparkHeldData(spark, runs, rdds, loading, held::remove);
    held.add(data);
    return Optional.of(data);
  }

  private Run start(StageGraph graph, Translation.Reading reading) {
    runs.requireOpen();
    if (spark.sc().isStopped()) {
      throw new EngineException(
          "engine 'spark': its Spark context has been stopped; open another session");
    }
    String tag = "drawbar-" + UUID.randomUUID();
    Progress progress = new Progress();
    return runs.start(
        graph.name(),
        progress,
        () -> execute(graph, reading, tag, progress),
        () -> cancel(spark, tag));
  }

  /**
   * Sets properties of this thread, which Spark copies to its jobs. Tags rather than a group, which
   * is the program's, and interrupts, or a task that waits for a disk or another machine would go
   * on.
   */
  static void describeJob(JavaSparkContext spark, String tag, String description) {
    spark.addJobTag(tag);
    spark.setInterruptOnCancel(true);
    spark.sc().setJobDescription(description);
  }

  private RunResult execute(
      StageGraph graph, Translation.Reading reading, String tag, Progress progress)
      throws InterruptedException {
    describeJob(spark, tag, graph.name());
    Translation translation = translate(graph, reading);
    JobWatch watch = new JobWatch(start -> isTagged(start, tag), translation, progress);
    spark.sc().addSparkListener(watch);
    try {
      List<byte[]> frames = translation.collect();
      watch.awaitEnd();
      return new RunResult(frames, watch.counters());
    } catch (Exception e) {
      throw failure(graph, tag, watch, e);
    } finally {
      spark.sc().removeSparkListener(watch);
      translation.clean();
    }
  }

  private static boolean isTagged(SparkListenerJobStart start, String tag) {
    return List.of(start.properties().getProperty(TAGS, "").split(",")).contains(tag);
  }

  private Translation translate(StageGraph graph, Translation.Reading reading) {
    try {
      return new Translation(spark, graph, parallelism(), reading);
    } catch (DrawbarException e) {
      // Of a source: its data is not there.
      throw e;
    } catch (Exception e) {
      // Checked exceptions come out of Scala undeclared.
      throw Failures.of(graph.name(), List.of(), e);
    }
  }

  private EngineException failure(StageGraph graph, String tag, JobWatch watch, Exception e)
      throws InterruptedException {
    // Interrupted while it waited, it has left the job behind; one that has failed is not there.
    cancel(spark, tag);
    if (e instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    boolean ran = String.valueOf(e.getMessage()).startsWith("Job ");
    if (ran) {
      watch.awaitEnd();
    }
    List<Stage> failed = ran ? watch.failed() : List.of();
    return Failures.of(graph.name(), failed, e);
  }

  static void cancel(JavaSparkContext spark, String tag) {
    if (!spark.sc().isStopped()) {
      spark.cancelJobsWithTag(tag, "cancelled");
    }
  }

  @Override
  public void close() {
    if (runs.close()) {
      try {
        held.close();
      } finally {
        stopListening();
        release.run();
      }
    }
  }

  private synchronized void stopListening() {
    if (exports != null) {
      spark.sc().removeSparkListener(exports);
    }
  }
}
