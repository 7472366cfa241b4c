package io.drawbar.engine.flink;

import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What all jobs of an engine have in common.
 *
 * @param parallelism how many tasks run at a time
 * @param attempts how often each is tried
 * @param patience how long a task that holds rows may say nothing
 * @param overrides options of Flink, stronger than those that the engine sets
 * @param environment the program's own, if the engine is attached to it
 */
record JobSettings(
    int parallelism,
    int attempts,
    Duration patience,
    Configuration overrides,
    Optional<StreamExecutionEnvironment> environment) {

  /** Attempts that nobody of ours counts. */
  static final int UNCOUNTED = Integer.MAX_VALUE;

  /** Whether jobs run in this process. */
  boolean isLocal() {
    return environment.map(program -> FlinkEngine.isLocal(program.getConfiguration())).orElse(true);
  }

  /** The same for stages of a job of the program's, whose own restart strategy says how often. */
  JobSettings uncounted() {
    return new JobSettings(parallelism, UNCOUNTED, patience, overrides, environment);
  }
}
