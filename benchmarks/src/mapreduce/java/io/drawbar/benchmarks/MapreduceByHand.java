package io.drawbar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * Classic jobs with combiners, with the settings that a careful user finds for the local runner:
 * tasks side by side, a split for each core, sort buffers that hold what a task sends where that
 * can be, short polling, and the local file system of the engine, which does not fork a chmod for
 * each file.
 */
final class MapreduceByHand extends ByHand {
  private static final String FILE_SYSTEM = "io.drawbar.engine.mapreduce.NioLocalFileSystem";
  private static final int SORT_BUFFER_MEBIBYTES = 512;

  private java.nio.file.Path folder;

  MapreduceByHand() {
    offer(io.drawbar.benchmarks.Job.WORD_COUNT, "handWritten", in -> WordCountJob.run(this, in));
    offer(
        io.drawbar.benchmarks.Job.KEYED_AVERAGE,
        "handWritten",
        in -> KeyedAverageJob.run(this, in));
    offer(io.drawbar.benchmarks.Job.JOIN, "handWritten", in -> JoinJob.run(this, in));
    offer(
        io.drawbar.benchmarks.Job.REGRESSION_FROM_CSV,
        "handWritten",
        in -> RegressionJob.run(this, in));
    offer(io.drawbar.benchmarks.Job.SUPERSTEPS, "handWritten", in -> SuperstepJob.run(this, in));
  }

  @Override
  void start() throws IOException {
    folder = Files.createTempDirectory("hand-written-mapreduce");
  }

  /** A job that reads a file in as many splits as there are cores. */
  Job job(String name, java.nio.file.Path largest) throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", FILE_SYSTEM);
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    configuration.setInt("mapreduce.local.map.tasks.maximum", CORES);
    configuration.setInt("mapreduce.local.reduce.tasks.maximum", CORES);
    configuration.setInt("mapreduce.client.completion.pollinterval", 1);
    configuration.setInt("mapreduce.client.progressmonitor.pollinterval", 1);
    configuration.setInt("mapreduce.task.io.sort.mb", SORT_BUFFER_MEBIBYTES);
    configuration.setInt("mapreduce.task.io.sort.factor", 64);
    configuration.setFloat("mapreduce.reduce.input.buffer.percent", 0.7f);
    configuration.setLong(
        "mapreduce.reduce.memory.totalbytes", Runtime.getRuntime().maxMemory() / 4 / CORES);
    long split = Files.size(largest) / CORES + 1;
    configuration.setLong("mapreduce.input.fileinputformat.split.minsize", split);
    configuration.setLong("mapreduce.input.fileinputformat.split.maxsize", split);
    Job job = Job.getInstance(configuration, name);
    job.setJarByClass(MapreduceByHand.class);
    job.setNumReduceTasks(CORES);
    return job;
  }

  /** Runs a job; hands over each line of its output, in the order of the parts. */
  void run(Job job, Consumer<String> lines) throws Exception {
    java.nio.file.Path output = Files.createTempDirectory(folder, "out").resolve("parts");
    FileOutputFormat.setOutputPath(job, new Path(output.toUri()));
    if (!job.waitForCompletion(false)) {
      throw new IOException("the job failed: " + job.getStatus().getFailureInfo());
    }
    List<java.nio.file.Path> parts;
    try (Stream<java.nio.file.Path> files = Files.list(output)) {
      parts = files.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList();
    }
    for (java.nio.file.Path part : parts) {
      try (BufferedReader reader = Files.newBufferedReader(part)) {
        for (String line; (line = reader.readLine()) != null; ) {
          lines.accept(line);
        }
      }
    }
    Input.delete(output);
  }

  static Path path(java.nio.file.Path file) {
    return new Path(file.toUri());
  }

  @Override
  public void close() throws IOException {
    Input.delete(folder);
  }
}
