package io.drawbar.engine.spark;

import io.drawbar.config.Config;
import io.drawbar.config.CoreKeys;
import io.drawbar.spi.EngineException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/** The one Spark context that a JVM may have, shared by the engines that want the same. */
final class SharedContext {

  private static final String MASTER = "spark.master";

  /** Two forms of a local master say nothing about retries, and Spark then makes none. */
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[\\s*(\\d+|\\*)\\s*])?");

  private static final int LOCAL_ATTEMPTS = 4;

  /** The one there is; guarded by the class. */
  private static SharedContext current;

  private final JavaSparkContext spark;
  private final Map<String, String> settings;
  private int users;

  private SharedContext(JavaSparkContext spark, Map<String, String> settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /**
   * Starts Spark, or joins who already has with the same settings; {@link #release} gives it back.
   *
   * @throws EngineException if Spark does not start, or the JVM has another context
   */
  static synchronized SharedContext lease(Config config) {
    SparkConf conf = conf(config);
    Map<String, String> settings =
        Arrays.stream(conf.getAll()).collect(Collectors.toMap(Tuple2::_1, Tuple2::_2));
    if (current == null || current.spark.sc().isStopped()) {
      refuseForeign();
      current = new SharedContext(start(conf), settings);
    } else if (!current.settings.equals(settings)) {
      throw different(current.settings, settings);
    }
    current.users++;
    return current;
  }

  /** Gives the context back; who does so last stops it. */
  void release() {
    synchronized (SharedContext.class) {
      if (--users == 0) {
        spark.stop();
        if (current == this) {
          current = null;
        }
      }
    }
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** Spark's configuration: what it was started with, our defaults, what the user says. */
  static SparkConf conf(Config config) {
    SparkConf conf = new SparkConf();
    boolean submitted =
        conf.contains(MASTER) && config.origin(SparkKeys.MASTER.name()).equals("default");
    if (!submitted) {
      String master = config.value(SparkKeys.MASTER).strip();
      conf.setMaster(withRetries(master, config.value(CoreKeys.PARALLELISM)));
    }
    conf.setIfMissing("spark.app.name", "drawbar");
    conf.setIfMissing("spark.ui.enabled", "false");
    if (conf.get(MASTER).startsWith("local")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
      // Twice the CPU of the whole exchange, and no network that would repay it.
      conf.setIfMissing("spark.shuffle.compress", "false");
      // Or an OutOfMemoryError in a task ends the user's JVM with exit code 52.
      conf.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    }
    config.value(SparkKeys.CONF).forEach((key, value) -> conf.set(requireSparkKey(key), value));
    return conf;
  }

  /** {@code local[2]} as {@code local[2,4]}: tasks are retried. Other masters as they are. */
  static String withRetries(String master, int parallelism) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return master;
    }
    String slots = local.group(1) == null ? "1" : local.group(1);
    if (slots.equals("*") && parallelism > 0) {
      slots = Integer.toString(parallelism);
    }
    return "local[%s,%s]".formatted(slots, LOCAL_ATTEMPTS);
  }

  private static String requireSparkKey(String key) {
    if (key.equals(MASTER)) {
      throw new EngineException(
          "spark: the master is set with %s, not with %s%s"
              .formatted(SparkKeys.MASTER.name(), SparkKeys.CONF.name(), key));
    }
    if (!key.startsWith("spark.")) {
      throw new EngineException(
          "spark: %1$s%2$s would be ignored, Spark's keys start with 'spark.'. Did you mean"
                  .formatted(SparkKeys.CONF.name(), key)
              + " '%sspark.%s'?".formatted(SparkKeys.CONF.name(), key));
    }
    return key;
  }

  private static JavaSparkContext start(SparkConf conf) {
    String master = conf.get(MASTER);
    Preflight.checkModules();
    Preflight.checkMaster(master);
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      // Undeclared checked exceptions come out of Scala.
      Throwable root = Failures.root(e);
      String way =
          String.valueOf(e.getMessage()).contains("Could not parse Master URL")
              ? "Spark's masters are local[*], spark://host:port, and yarn and k8s://... with"
                  + " org.apache.spark:spark-yarn_2.13 or spark-kubernetes_2.13 on the class path."
              : "Look at %s and %s*.".formatted(SparkKeys.MASTER.name(), SparkKeys.CONF.name());
      throw new EngineException(
          "spark: cannot start with master '%s': %s. %s"
              .formatted(master, Failures.line(root), way),
          e);
    }
  }

  private static void refuseForeign() {
    if (SparkContext$.MODULE$.getActive().isDefined()) {
      SparkContext foreign = SparkContext$.MODULE$.getActive().get();
      throw new EngineException(
          ("engine 'spark': this program has a SparkContext of its own, '%s', and Spark allows one a"
                  + " JVM. Attach to it with SparkDrawbar.session(sparkSession) instead of opening a"
                  + " session, or stop it before.")
              .formatted(foreign.appName()));
    }
  }

  private static EngineException different(Map<String, String> here, Map<String, String> wanted) {
    SortedSet<String> keys = new TreeSet<>(here.keySet());
    keys.addAll(wanted.keySet());
    // Names only: a value may be a secret.
    keys.removeIf(key -> here.getOrDefault(key, "").equals(wanted.getOrDefault(key, "")));
    return new EngineException(
        ("spark: another open session of this program runs Spark with other settings of %s (master"
                + " %s there, %s here), and Spark allows one context a JVM. Close that session first,"
                + " or give both the same settings.")
            .formatted(String.join(", ", keys), here.get(MASTER), wanted.get(MASTER)));
  }
}
