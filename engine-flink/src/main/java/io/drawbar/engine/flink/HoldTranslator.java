package io.drawbar.engine.flink;

import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.environment.CheckpointConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraphGenerator;

/** Makes a job of the stages of a graph whose tasks hold what they read. */
final class HoldTranslator {

  /** By which the operator is known again in the job graph. */
  private static final String MARKER = "%032x".formatted(1);

  private static final Duration RETRY_DELAY = Duration.ofMillis(100);
  private static final Duration MOST_RETRY_DELAY = Duration.ofSeconds(5);

  private HoldTranslator() {}

  /**
   * A job.
   *
   * @param readers who is asked about them
   */
  record Job(JobGraph graph, HoldPlan plan, OperatorID readers) {}

  /**
   * Translates a graph and writes the task descriptions.
   *
   * @param readers how many tasks may run at the same time
   * @param slots see {@link HoldPlan}
   */
  static Job translate(
      StageGraph graph, RunFolder folder, JobSettings settings, int readers, int slots)
      throws IOException {
    List<HoldPlan.HeldStage> stages = new ArrayList<>();
    for (Stage stage : graph.stages()) {
      StageStreams.checkShippable(graph, stage);
      int tasks = StageStreams.describeTasks(folder, stage, (LeafInput) stage.input(), readers);
      stages.add(new HoldPlan.HeldStage(stage.id(), stage.program(), tasks));
    }
    int used = stages.stream().mapToInt(HoldPlan.HeldStage::tasks).max().orElseThrow();
    HoldPlan plan =
        new HoldPlan(folder, stages, used, slots, settings.attempts(), settings.patience());
    JobGraph job = job(graph.name(), plan, settings);
    return new Job(job, plan, operator(job));
  }

  private static JobGraph job(String name, HoldPlan plan, JobSettings settings) {
    Configuration configuration =
        settings
            .environment()
            .map(theirs -> Configuration.fromMap(theirs.getConfiguration().toMap()))
            .orElseGet(Configuration::new);
    StreamExecutionEnvironment environment =
        new StreamExecutionEnvironment(new Configuration(configuration));
    environment.getConfig().disableClosureCleaner();
    environment
        .fromSource(
            new TaskSource(TaskSource.Then.STAY),
            WatermarkStrategy.noWatermarks(),
            "tasks",
            StageStreams.FRAMES)
        .setParallelism(plan.readers())
        .transform("hold", Types.VOID, new HoldOperatorFactory(plan))
        .setParallelism(plan.readers())
        .setUidHash(MARKER);
    set(configuration, name);
    configuration.addAll(settings.overrides());
    // What is held cannot be part of a checkpoint, and is read again.
    configuration.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
    environment
        .getConfig()
        .configure(configuration, Thread.currentThread().getContextClassLoader());
    JobGraph job =
        new StreamGraphGenerator(
                environment.getTransformations(),
                environment.getConfig(),
                new CheckpointConfig(),
                configuration)
            .generate()
            .getJobGraph();
    job.setJobID(JobID.generate());
    return job;
  }

  private static void set(Configuration configuration, String name) {
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
    configuration.set(PipelineOptions.NAME, name);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    // For ever: the coordinator counts the failures of each task in each superstep.
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, RETRY_DELAY);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, MOST_RETRY_DELAY);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
        Duration.ofMinutes(1));
  }

  private static OperatorID operator(JobGraph job) {
    for (JobVertex vertex : job.getVertices()) {
      for (var pair : vertex.getOperatorIDs()) {
        Optional<OperatorID> marked = pair.getUserDefinedOperatorID();
        if (marked.filter(id -> id.toHexString().equals(MARKER)).isPresent()) {
          return pair.getGeneratedOperatorID();
        }
      }
    }
    throw new IllegalStateException("the operator is not in its job graph");
  }
}
