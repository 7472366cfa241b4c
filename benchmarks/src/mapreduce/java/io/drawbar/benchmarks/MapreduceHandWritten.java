package io.drawbar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * The classic job with a combiner, with the settings that a careful user finds for the local
 * runner: tasks side by side, short polling. On Hadoop's own local file system.
 */
final class MapreduceHandWritten implements HandWritten {
  /** Emits (word, 1). */
  public static final class Words extends Mapper<LongWritable, Text, Text, IntWritable> {
    private static final IntWritable ONE = new IntWritable(1);
    private final Text word = new Text();

    @Override
    protected void map(LongWritable offset, Text line, Context context)
        throws IOException, InterruptedException {
      for (String each : line.toString().toLowerCase(Locale.ROOT).split("\\W+")) {
        if (!each.isEmpty()) {
          word.set(each);
          context.write(word, ONE);
        }
      }
    }
  }

  /** Adds up; also the combiner. */
  public static final class Sum extends Reducer<Text, IntWritable, Text, IntWritable> {
    private final IntWritable total = new IntWritable();

    @Override
    protected void reduce(Text word, Iterable<IntWritable> counts, Context context)
        throws IOException, InterruptedException {
      int sum = 0;
      for (IntWritable count : counts) {
        sum += count.get();
      }
      total.set(sum);
      context.write(word, total);
    }
  }

  private final java.nio.file.Path folder;

  MapreduceHandWritten() throws IOException {
    folder = Files.createTempDirectory("hand-written-mapreduce");
  }

  @Override
  public long wordCount(java.nio.file.Path file) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    Configuration configuration = new Configuration();
    configuration.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    configuration.setInt("mapreduce.local.map.tasks.maximum", cores);
    configuration.setInt("mapreduce.local.reduce.tasks.maximum", cores);
    configuration.setInt("mapreduce.client.completion.pollinterval", 1);
    configuration.setInt("mapreduce.client.progressmonitor.pollinterval", 1);
    configuration.setLong(
        "mapreduce.input.fileinputformat.split.maxsize", Files.size(file) / cores + 1);
    Job job = Job.getInstance(configuration, "word count by hand");
    job.setJarByClass(MapreduceHandWritten.class);
    job.setMapperClass(Words.class);
    job.setCombinerClass(Sum.class);
    job.setReducerClass(Sum.class);
    job.setNumReduceTasks(cores);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(IntWritable.class);
    FileInputFormat.addInputPath(job, new Path(file.toAbsolutePath().toUri()));
    java.nio.file.Path output = Files.createTempDirectory(folder, "out").resolve("counts");
    FileOutputFormat.setOutputPath(job, new Path(output.toUri()));
    if (!job.waitForCompletion(false)) {
      throw new IOException("the job failed: " + job.getStatus().getFailureInfo());
    }
    return lines(output);
  }

  private static long lines(java.nio.file.Path output) throws IOException {
    List<java.nio.file.Path> parts;
    try (Stream<java.nio.file.Path> files = Files.list(output)) {
      parts = files.filter(f -> f.getFileName().toString().startsWith("part-")).toList();
    }
    long lines = 0;
    for (java.nio.file.Path part : parts) {
      try (BufferedReader reader = Files.newBufferedReader(part)) {
        while (reader.readLine() != null) {
          lines++;
        }
      }
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    try (Stream<java.nio.file.Path> paths = Files.walk(folder)) {
      for (java.nio.file.Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
