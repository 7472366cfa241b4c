package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.ExchangeInput;
import io.drawbar.spi.FrameMerger;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Split;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;

/** Makes a Flink job of a stage graph; the package page tells how. */
final class JobTranslator {

  /** Receiver and frame: what crosses Flink. */
  static final TypeInformation<Tuple2<Integer, byte[]>> FRAMES =
      Types.TUPLE(Types.INT, Types.PRIMITIVE_ARRAY(Types.BYTE));

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
  private final int parallelism;
  private final StreamExecutionEnvironment environment;
  private final List<DataStream<Tuple2<Integer, byte[]>>> outputs = new ArrayList<>();
  private int tasks;

  private JobTranslator(StageGraph graph, RunFolder folder, JobSettings settings) {
    this.graph = graph;
    this.folder = folder;
    this.settings = settings;
    this.parallelism = settings.parallelism();
    this.environment = new StreamExecutionEnvironment(settings.overrides());
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    // It changes fields of users' objects by reflection, which Java 17 forbids for those of the
    // JDK.
    environment.getConfig().disableClosureCleaner();
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
    return new JobTranslator(graph, folder, settings).translate();
  }

  private Job translate() throws IOException {
    for (Stage stage : graph.stages()) {
      outputs.add(output(stage));
    }
    results();
    environment.configure(configuration());
    environment.configure(settings.overrides());
    JobGraph job = environment.getStreamGraph().getJobGraph();
    job.setJobID(JobID.generate());
    return new Job(job, stagesOf(job), tasks);
  }

  private Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.NAME, graph.name());
    // No Kryo: it is slow, needs --add-opens, and nothing here has a use for it.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    // No copies between chained operators: nobody changes a frame.
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    // A bound for the whole job; StageOperator sees to that of each task.
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
        (settings.attempts() - 1) * tasks);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, RETRY_DELAY);
    return configuration;
  }

  private SingleOutputStreamOperator<Tuple2<Integer, byte[]>> output(Stage stage)
      throws IOException {
    int count;
    DataStream<Tuple2<Integer, byte[]>> input;
    if (stage.input() instanceof LeafInput leaves) {
      count = describeTasks(stage, leaves);
      input =
          environment
              .fromSource(
                  new TaskSource(), WatermarkStrategy.noWatermarks(), "tasks " + stage.id(), FRAMES)
              .setParallelism(count);
    } else {
      ExchangeInput exchange = (ExchangeInput) stage.input();
      count = exchange.receivers(parallelism);
      input = union(exchange.from()).partitionCustom(new ByReceiver(), new Receiver());
    }
    return operator(stage, input, count);
  }

  private SingleOutputStreamOperator<Tuple2<Integer, byte[]>> operator(
      Stage stage, DataStream<Tuple2<Integer, byte[]>> input, int count) {
    int receivers = stage.id() >= graph.stages().size() ? 1 : graph.receivers(stage, parallelism);
    tasks += count;
    checkShippable(stage);
    return input
        .transform(
            "stage " + stage.id(),
            FRAMES,
            new StageOperator(stage, receivers, settings.attempts(), folder))
        .setParallelism(count)
        // For Flink's pages. In the name it would be in each line of the log, with a warning that
        // metrics cut it at 80 characters.
        .setDescription(stage.name())
        .setUidHash(marker(stage.id()));
  }

  /** Before Flink finds out, which does not say where. */
  private void checkShippable(Stage stage) {
    try {
      InstantiationUtil.serializeObject(OutputStream.nullOutputStream(), stage.program());
    } catch (IOException e) {
      throw new EngineException(
          ("flink cannot ship stage %s '%s' of '%s' to its tasks: %s. What a stage captures, such"
                  + " as the object around a lambda, has to be Serializable.")
              .formatted(stage.id(), stage.name(), graph.name(), rootOf(e)),
          e);
    }
  }

  /** Writes what each task has to do to a file of its own; returns how many there are. */
  private int describeTasks(Stage stage, LeafInput leaves) throws IOException {
    List<List<Split>> descriptions = leaves.tasks(parallelism * TASKS_A_SLOT);
    for (int i = 0; i < descriptions.size(); i++) {
      folder.put(StageOperator.splitsFile(stage.id(), i), new ArrayList<>(descriptions.get(i)));
    }
    return descriptions.size();
  }

  private void results() {
    List<Integer> results = graph.results().stream().map(Stage::id).toList();
    int count = results.stream().mapToInt(id -> outputs.get(id).getParallelism()).sum();
    Optional<FrameMerger> merger = graph.terminal().accept(new Merger());
    if (merger.isPresent() && count >= FAN_IN) {
      result(merged(results, merger.get(), count / FAN_IN));
    } else {
      results.forEach(id -> result(outputs.get(id)));
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
    return operator(merge, union(results).rescale(), count);
  }

  private DataStream<Tuple2<Integer, byte[]>> union(List<Integer> stages) {
    return stages.stream().map(outputs::get).reduce(DataStream::union).orElseThrow();
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
    Map<JobVertexID, Integer> stages = new HashMap<>();
    for (JobVertex vertex : job.getVertices()) {
      vertex.getOperatorIDs().stream()
          .map(pair -> pair.getUserDefinedOperatorID())
          .flatMap(Optional::stream)
          .map(id -> ids.get(id.toHexString()))
          .filter(id -> id != null)
          .forEach(id -> stages.put(vertex.getID(), id));
    }
    return stages;
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

  private static final class ByReceiver implements Partitioner<Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public int partition(Integer receiver, int receivers) {
      return receiver;
    }
  }

  private static final class Receiver implements KeySelector<Tuple2<Integer, byte[]>, Integer> {
    private static final long serialVersionUID = 1;

    @Override
    public Integer getKey(Tuple2<Integer, byte[]> frame) {
      return frame.f0;
    }
  }
}
