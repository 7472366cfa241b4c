package io.drawbar.engine.spark;

import io.drawbar.config.ConfigKey;
import java.util.List;
import java.util.Map;

/** The configuration keys of this engine. */
public final class SparkKeys {

  /** Where Spark runs: {@code local[*]} by default, or what {@code spark-submit} says. */
  public static final ConfigKey<String> MASTER =
      ConfigKey.string(
          "drawbar.spark.master",
          "local[*]",
          "Spark's master: local[*], spark://host:7077, yarn or k8s://https://host:port.");

  /** Spark's own configuration, by Spark's own names. */
  public static final ConfigKey<Map<String, String>> CONF =
      ConfigKey.prefix(
          "drawbar.spark.conf",
          "Handed to Spark, such as drawbar.spark.conf.spark.executor.memory = 4g.");

  private static final List<ConfigKey<?>> ALL = List.of(MASTER, CONF);

  private SparkKeys() {}

  /** All of them. */
  public static List<ConfigKey<?>> all() {
    return ALL;
  }
}
