package io.drawbar.engine.flink;

import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.Terminal;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamGraphGenerator;
import org.apache.flink.util.InstantiationUtil;

/** Makes a Flink job of a stage graph; the package page tells how. */
final class JobTranslator {

  /**
   * More tasks than slots, so that one that takes longer than the rest does not leave slots idle.
   */
  private static final int TASKS_A_SLOT = 2;

  /**
   * How many frames a task of a reduction merges: below, the way through Flink costs more than it
   * saves the driver.
   */
  private static final int FAN_IN = 8;

  /**
   * Long enough for a full disk or a lost connection to have a chance, short enough not to be
   * noticed.
   */
  private static final Duration RETRY_DELAY = Duration.ofMillis(100);

  private final StageGraph graph;
  private final RunFolder folder;
  private final JobSettings settings;
  private final Configuration configuration;
  private final StreamExecutionEnvironment environment;
  private final StageStreams stages;

  private JobTranslator(StageGraph graph, RunFolder folder, JobSettings settings)
      throws IOException {
    this.graph = graph;
    this.folder = folder;
    this.settings = settings;
    this.configuration =
        settings
            .environment()
            .map(theirs -> Configuration.fromMap(theirs.getConfiguration().toMap()))
            .orElseGet(Configuration::new);
    // Never the program's own: that must not hear of our operators.
    this.environment = new StreamExecutionEnvironment(new Configuration(configuration));
    // It changes fields of users' objects by reflection, which Java 17 forbids for those of the
    // JDK.
    environment.getConfig().disableClosureCleaner();
    this.stages =
        StageStreams.of(
            environment, graph, folder, settings, settings.parallelism() * TASKS_A_SLOT);
  }

  /**
   * A job.
   *
   * @param graph what Flink is given
   * @param stages for each of its vertices the id of the stage it runs
   * @param tasks how many tasks it has
   */
  record Job(JobGraph graph, Map<JobVertexID, Integer> stages, int tasks) {}

  /** Translates a graph and writes the task descriptions. */
  static Job translate(StageGraph graph, RunFolder folder, JobSettings settings)
      throws IOException {
    JobTranslator translator = new JobTranslator(graph, folder, settings);
    translator.results();
    JobGraph job = translator.streamGraph().getJobGraph();
    job.setJobID(JobID.generate());
    settings
        .environment()
        .ifPresent(theirs -> theirs.getCachedFiles().forEach(f -> job.addUserArtifact(f.f0, f.f1)));
    return new Job(job, translator.stagesOf(job), translator.stages.tasks());
  }

  /** Of our operators and of what feeds them: no other stream of the program's runs. */
  private StreamGraph streamGraph() throws IOException {
    set(configuration);
    configuration.addAll(settings.overrides());
    ExecutionConfig config = executionConfig();
    config.configure(configuration, Thread.currentThread().getContextClassLoader());
    return new StreamGraphGenerator(
            environment.getTransformations(), config, new CheckpointConfig(), configuration)
        .generate();
  }

  /** The program's, with the serializers that it has registered. */
  private ExecutionConfig executionConfig() throws IOException {
    if (settings.environment().isEmpty()) {
      return environment.getConfig();
    }
    ExecutionConfig theirs = settings.environment().get().getConfig();
    try {
      return InstantiationUtil.clone(theirs, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException("the environment's configuration cannot be copied", e);
    }
  }

  private void set(Configuration configuration) {
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    configuration.set(PipelineOptions.NAME, graph.name());
    if (!stages.readsStreams()) {
      // No Kryo: it is slow, needs --add-opens, and nothing of ours has a use for it.
      configuration.set(PipelineOptions.GENERIC_TYPES, false);
      // No copies between chained operators: none of ours changes a frame.
      configuration.set(PipelineOptions.OBJECT_REUSE, true);
    }
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    // A bound for the whole job; StageOperator sees to that of each task.
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
        (settings.attempts() - 1) * stages.tasks());
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RETRY_DELAY);
  }

  private void results() {
    graph.stages().forEach(stage -> stages.output(stage.id()).setUidHash(marker(stage.id())));
    List<Integer> results = graph.results().stream().map(Stage::id).toList();
    int count = results.stream().mapToInt(id -> stages.output(id).getParallelism()).sum();
    Optional<FrameMerger> merger = graph.terminal().accept(new Merger());
    if (merger.isPresent() && count >= FAN_IN) {
      result(merged(results, merger.get(), count / FAN_IN));
    } else {
      results.forEach(id -> result(stages.output(id)));
    }
  }

  /** What merges the frames of the result, if anything does. */
  private static final class Merger implements Terminal.Visitor<Optional<FrameMerger>> {
    @Override
    public Optional<FrameMerger> collect(Terminal.Collect collect) {
      return Optional.empty();
    }

    @Override
    public Optional<FrameMerger> commit(Terminal.Commit commit) {
      return Optional.empty();
    }

    @Override
    public Optional<FrameMerger> reduce(Terminal.Reduce reduce) {
      return Optional.of(reduce.merger());
    }
  }

  /** One more stage, which merges the frames of those of the result. */
  private DataStream<Tuple2<Integer, byte[]>> merged(
      List<Integer> results, FrameMerger merger, int count) {
    Stage merge =
        new Stage(
            graph.stages().size(),
            "merge",
            new ExchangeInput(results, count),
            new MergeProgram(merger));
    return stages.operator(merge, stages.union(results).rescale(), new Feed.Frames(), count);
  }

  /** Chained to what gives the frames. */
  private void result(DataStream<Tuple2<Integer, byte[]>> frames) {
    frames
        .transform("results", Types.VOID, new ResultOperator(folder))
        .setParallelism(frames.getParallelism());
  }

  private Map<JobVertexID, Integer> stagesOf(JobGraph job) {
    Map<String, Integer> ids = new HashMap<>();
    graph.stages().forEach(stage -> ids.put(marker(stage.id()), stage.id()));
    Map<JobVertexID, Integer> vertices = new HashMap<>();
    for (JobVertex vertex : job.getVertices()) {
      vertex.getOperatorIDs().stream()
          .map(pair -> pair.getUserDefinedOperatorID())
          .flatMap(Optional::stream)
          .map(id -> ids.get(id.toHexString()))
          .filter(id -> id != null)
          .forEach(id -> vertices.put(vertex.getID(), id));
    }
    return vertices;
  }

  /**
   * By which an operator is known again in the job graph: a name of Flink's is made of several and
   * may be cut.
   */
  private static String marker(int stage) {
    return "%032x".formatted(stage + 1);
  }

  static Throwable rootOf(Throwable e) {
    return e.getCause() == null ? e : rootOf(e.getCause());
  }
}
