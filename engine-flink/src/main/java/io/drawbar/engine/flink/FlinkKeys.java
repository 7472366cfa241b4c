package io.drawbar.engine.flink;

import io.drawbar.config.ConfigKey;
import java.util.List;
import java.util.Map;

/** The configuration keys of this engine. */
public final class FlinkKeys {

  /** The value of {@link #MASTER} that starts Flink inside this process. */
  static final String LOCAL = "local";

  /** Where Flink runs; {@code local}, the default, is inside this process. */
  public static final ConfigKey<String> MASTER =
      ConfigKey.string(
          "drawbar.flink.master",
          LOCAL,
          "Where Flink runs: 'local', inside this process; for a session cluster, attach to it.");

  /** How often each task is tried before the run fails; 4 by default, as on Spark and Hadoop. */
  public static final ConfigKey<Integer> ATTEMPTS =
      ConfigKey.integer(
          "drawbar.flink.attempts",
          4,
          1,
          100,
          "How often each task is tried before the run fails.");

  /**
   * The folder, or its URI, through which task descriptions and results pass; one subfolder a run,
   * removed at its end. By default a fresh one below {@code java.io.tmpdir}.
   */
  public static final ConfigKey<String> SCRATCH_FOLDER =
      ConfigKey.string(
          "drawbar.flink.scratch.folder",
          "",
          "The folder that tasks and driver both see, through which results pass; empty is a"
              + " fresh temporary one.");

  /** Options of Flink itself, stronger than those that the engine sets. */
  public static final ConfigKey<Map<String, String>> CONF =
      ConfigKey.prefix("drawbar.flink.conf", "Options of Flink itself, by their own names.");

  /** How long a task that holds rows may say nothing in a superstep; 300 seconds by default. */
  public static final ConfigKey<Integer> PATIENCE =
      ConfigKey.integer(
          "drawbar.flink.patience.seconds",
          300,
          1,
          1_000_000,
          "How long a task that holds rows may say nothing in a superstep, which is longer than it"
              + " takes for a block.");

  private FlinkKeys() {}

  /** All of them. */
  static List<ConfigKey<?>> all() {
    return List.of(MASTER, ATTEMPTS, SCRATCH_FOLDER, PATIENCE, CONF);
  }
}
