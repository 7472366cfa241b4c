package io.drawbar.engine.mapreduce;

import io.drawbar.config.Config;
import io.drawbar.config.CoreKeys;
import io.drawbar.spi.EngineException;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.JobConf;
import org.apache.hadoop.mapreduce.Cluster;

/**
 * The Hadoop at hand: what is configured, on the class path and by Drawbar's keys.
 *
 * @param conf copied for each run
 * @param local whether jobs run in this process
 * @param parallelism how many tasks run at a time
 * @param scratch the folder that working folders are made in; empty for the default
 * @param jar what is shipped to a cluster; empty for the default
 */
record Hadoop(Configuration conf, boolean local, int parallelism, String scratch, String jar) {

  private static final String FRAMEWORK = "mapreduce.framework.name";
  private static final String LOCAL = "local";
  private static final String LOCAL_MAPS = "mapreduce.local.map.tasks.maximum";
  private static final String LOCAL_REDUCES = "mapreduce.local.reduce.tasks.maximum";
  private static final int SECONDS_TO_ANSWER = 30;
  private static final long MEBIBYTE = 1 << 20;
  private static final long LARGEST_SORT_BUFFER = 256 * MEBIBYTE;

  /** The Hadoop of the class path. */
  static Hadoop of(Config config) {
    return of(new Configuration(), config);
  }

  /**
   * The Hadoop of a configuration, which is copied.
   *
   * @param found what it says goes before what is set here
   */
  static Hadoop of(Configuration found, Config config) {
    Configuration conf = new JobConf(found);
    Map<String, String> given = config.value(MapReduceKeys.CONF);
    boolean local = given.getOrDefault(FRAMEWORK, conf.get(FRAMEWORK, LOCAL)).equals(LOCAL);
    int wanted = config.value(CoreKeys.PARALLELISM);
    int cores = Runtime.getRuntime().availableProcessors();
    if (local) {
      forThisProcess(conf, wanted > 0 ? wanted : cores);
    }
    // A stage tells of its progress only between splits.
    setDefault(conf, "mapreduce.task.timeout", "0");
    given.forEach(conf::set);
    // Version 2 publishes what an attempt writes before the task has ended.
    conf.setInt("mapreduce.fileoutputcommitter.algorithm.version", 1);
    conf.setBoolean("mapreduce.fileoutputcommitter.marksuccessfuljobs", false);
    int slots = local ? cores : slotsOf(conf);
    return new Hadoop(
        conf,
        local,
        wanted > 0 ? wanted : slots,
        config.value(MapReduceKeys.SCRATCH_FOLDER),
        config.value(MapReduceKeys.JAR));
  }

  private static void forThisProcess(Configuration conf, int parallelism) {
    setDefault(conf, LOCAL_MAPS, Integer.toString(parallelism));
    setDefault(conf, LOCAL_REDUCES, Integer.toString(parallelism));
    if (NioLocalFileSystem.isSupported() && isDefault(conf, "fs.file.impl")) {
      conf.setClass("fs.file.impl", NioLocalFileSystem.class, NioLocalFileSystem.class);
      // The cache asks for scheme and user only, so that others in this JVM would get ours.
      conf.setBoolean("fs.file.impl.disable.cache", true);
    }
    // Each reduce task believes that the heap is its own.
    long share = Runtime.getRuntime().maxMemory() / 4 / parallelism;
    String bytes = Long.toString(Math.max(share, 16 * MEBIBYTE));
    setDefault(conf, "mapreduce.reduce.memory.totalbytes", bytes);
    setDefault(conf, "mapreduce.reduce.input.buffer.percent", "0.7");
    setDefault(conf, "mapreduce.task.io.sort.factor", "64");
    conf.setBoolean("mapreduce.client.genericoptionsparser.used", true);
  }

  /**
   * In a task: the bytes of heap it may hold, half of those of the tasks in its JVM, divided by how
   * many that are. The other half is for Hadoop's sort buffer and shuffle.
   */
  static long taskMemory(Configuration conf) {
    int most = 1;
    if (conf.get(FRAMEWORK, LOCAL).equals(LOCAL)) {
      most = Math.max(conf.getInt(LOCAL_MAPS, 1), conf.getInt(LOCAL_REDUCES, 1));
    }
    return Math.max(1, Runtime.getRuntime().maxMemory() / 2 / Math.max(1, most));
  }

  /**
   * What it says of file systems, beyond Hadoop's defaults, for paths that are read and written.
   */
  Map<String, String> fileSettings() {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, String> each : conf) {
      String name = each.getKey();
      if (name.matches("(fs|dfs|hadoop|ipc|io)\\..*")
          && !name.startsWith("fs.file.impl")
          && !isDefault(conf, name)) {
        settings.put("drawbar.hadoop." + name, conf.get(name));
      }
    }
    return settings;
  }

  /** The configuration of a run, which it may change. */
  Configuration forRun() {
    return new JobConf(conf);
  }

  /** The folder in which runs make theirs. */
  Path scratchFolder() throws IOException {
    String wanted = scratch.isEmpty() && local ? System.getProperty("java.io.tmpdir") : scratch;
    if (wanted.isEmpty()) {
      return new Path(FileSystem.get(conf).getHomeDirectory(), ".drawbar");
    }
    boolean plain = new Path(wanted).toUri().getScheme() == null;
    return local && plain ? new Path(new File(wanted).toURI()) : new Path(wanted);
  }

  /**
   * Sizes the buffer that frames of a local map task wait in. It is allocated as a whole, so a
   * small job gets a small one.
   */
  void sizeSortBuffer(Configuration job, long largestInput) {
    String key = "mapreduce.task.io.sort.mb";
    if (local && isDefault(conf, key)) {
      long most = Runtime.getRuntime().maxMemory() / 8 / parallelism;
      long bytes = Math.min(2 * largestInput, Math.min(most, LARGEST_SORT_BUFFER));
      job.setInt(key, (int) Math.max(1, bytes / MEBIBYTE));
    }
  }

  /** Sets what nobody has: neither a program nor a *-site.xml file. */
  private static void setDefault(Configuration conf, String key, String value) {
    if (isDefault(conf, key)) {
      conf.set(key, value);
    }
  }

  private static boolean isDefault(Configuration conf, String key) {
    String[] sources = conf.getPropertySources(key);
    return sources == null || sources[sources.length - 1].endsWith("-default.xml");
  }

  /** Two tasks a node, as Hadoop says; asking shows whether the cluster is there at all. */
  private static int slotsOf(Configuration conf) {
    FutureTask<Integer> question = new FutureTask<>(() -> ask(conf));
    Thread thread = new Thread(question, "drawbar-mapreduce-cluster");
    thread.setDaemon(true);
    thread.start();
    try {
      return question.get(SECONDS_TO_ANSWER, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw unreachable(conf, "no answer in " + SECONDS_TO_ANSWER + " seconds", e);
    } catch (ExecutionException e) {
      throw unreachable(conf, WorkFolder.rootOf(e).toString(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(conf, "interrupted", e);
    } finally {
      question.cancel(true);
    }
  }

  private static int ask(Configuration conf) throws IOException, InterruptedException {
    Cluster cluster = new Cluster(conf);
    try {
      return Math.max(1, cluster.getClusterStatus().getReduceSlotCapacity());
    } finally {
      cluster.close();
    }
  }

  private static EngineException unreachable(Configuration conf, String why, Throwable cause) {
    return new EngineException(
        String.format(
            "engine mapreduce cannot reach the cluster (%s = %s, yarn.resourcemanager.address ="
                + " %s): %s. Put the folder with its *-site.xml files on the class path, or set"
                + " %s<name of the setting>.",
            FRAMEWORK,
            conf.get(FRAMEWORK),
            conf.get("yarn.resourcemanager.address"),
            why,
            MapReduceKeys.CONF.name()),
        cause);
  }
}
