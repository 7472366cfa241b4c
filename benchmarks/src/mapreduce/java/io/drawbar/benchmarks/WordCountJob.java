package io.drawbar.benchmarks;

import java.io.IOException;
import java.util.Locale;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** The classic one, with a combiner; the counts come as text. */
final class WordCountJob {
  private WordCountJob() {}

  /** Emits (word, 1). */
  public static final class Split extends Mapper<LongWritable, Text, Text, IntWritable> {
    private static final java.util.regex.Pattern NOT_WORDS =
        java.util.regex.Pattern.compile("\\W+");
    private static final IntWritable ONE = new IntWritable(1);
    private final Text word = new Text();

    @Override
    protected void map(LongWritable offset, Text line, Context context)
        throws IOException, InterruptedException {
      for (String each : NOT_WORDS.split(line.toString().toLowerCase(Locale.ROOT))) {
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

  static double[] run(MapreduceByHand hadoop, Input input) throws Exception {
    Job job = hadoop.job("word count by hand", input.file(Words.FILE));
    FileInputFormat.addInputPath(job, MapreduceByHand.path(input.file(Words.FILE)));
    job.setMapperClass(Split.class);
    job.setCombinerClass(Sum.class);
    job.setReducerClass(Sum.class);
    job.setOutputKeyClass(Text.class);
    job.setOutputValueClass(IntWritable.class);
    double[] answer = new double[2];
    hadoop.run(
        job,
        line -> {
          int tab = line.indexOf('\t');
          answer[0]++;
          answer[1] +=
              Words.weighed(line.substring(0, tab), Long.parseLong(line.substring(tab + 1)));
        });
    return answer;
  }
}
