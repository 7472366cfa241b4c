package io.drawbar.engine.spark;

import io.drawbar.spi.SpillFolder;
import java.io.File;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/** A task's share of its executor's heap, by Spark's own figures. */
final class TaskMemory {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[\\s*(\\d+|\\*).*])?");

  /** What Spark leaves to itself and the program before it divides the heap. */
  private static final long RESERVED = 300L << 20;

  private TaskMemory() {}

  /** That of a task in this JVM. */
  static long bytes() {
    SparkConf conf = SparkEnv.get().conf();
    return bytes(
        conf, Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());
  }

  /**
   * That of a partition that stays: three quarters of what the tasks of an executor have together,
   * so that Spark keeps room for broadcasts and finds none of ours to evict for them.
   *
   * @param sharers how many partitions an executor has
   */
  static long heldBytes(int sharers) {
    int slots = slots(SparkEnv.get().conf(), Runtime.getRuntime().availableProcessors());
    return Math.max(1, bytes() / 4 * 3 * slots / sharers);
  }

  /** One of Spark's own folders on this machine, in turn, for what has no room in memory. */
  static SpillFolder spillFolder(int task) {
    File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();
    return SpillFolder.at(folders[task % folders.length].getPath());
  }

  /**
   * What Spark divides among its tasks, by the tasks that run at once; at most half of the heap, as
   * the other half of what is divided is for its caches.
   */
  static long bytes(SparkConf conf, long heap, int processors) {
    double fraction = conf.getDouble("spark.memory.fraction", 0.6);
    long divided = (long) (Math.max(0, heap - RESERVED) * fraction);
    return Math.max(1, Math.min(divided, heap / 2) / slots(conf, processors));
  }

  /** How many tasks run at once in an executor. */
  static int slots(SparkConf conf, int processors) {
    Matcher local = LOCAL.matcher(conf.get("spark.master", ""));
    int cores;
    if (local.matches()) {
      String threads = local.group(1) == null ? "1" : local.group(1);
      cores = threads.equals("*") ? processors : Integer.parseInt(threads);
    } else {
      // Without it a standalone worker gives all its cores, others one: too small a share is safe.
      cores = conf.getInt("spark.executor.cores", processors);
    }
    return Math.max(1, cores / Math.max(1, conf.getInt("spark.task.cpus", 1)));
  }
}
