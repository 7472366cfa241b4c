package io.drawbar.benchmarks;

import java.io.IOException;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** Sums and counts by key, combined; each reducer adds up its averages, which spares a job. */
final class KeyedAverageJob {
  private KeyedAverageJob() {}

  /** Emits (sensor, temperature). */
  public static final class Parse extends Mapper<LongWritable, Text, LongWritable, Total> {
    private final LongWritable sensor = new LongWritable();
    private final Total total = new Total();

    @Override
    protected void map(LongWritable offset, Text line, Context context)
        throws IOException, InterruptedException {
      if (offset.get() == 0) {
        return;
      }
      String text = line.toString();
      sensor.set(Long.parseLong(text.substring(0, text.indexOf(','))));
      total.clear();
      total.add(1, Double.parseDouble(text.substring(text.lastIndexOf(',') + 1)));
      context.write(sensor, total);
    }
  }

  /** Adds up what a task has of a sensor. */
  public static final class Combine extends Reducer<LongWritable, Total, LongWritable, Total> {
    private final Total all = new Total();

    @Override
    protected void reduce(LongWritable sensor, Iterable<Total> totals, Context context)
        throws IOException, InterruptedException {
      all.clear();
      for (Total total : totals) {
        all.add(total.count, total.sum);
      }
      context.write(sensor, all);
    }
  }

  /** Averages each sensor; emits how many there were, and the sum of their averages. */
  public static final class Average extends Reducer<LongWritable, Total, NullWritable, Total> {
    private final Total all = new Total();
    private final Total averages = new Total();

    @Override
    protected void reduce(LongWritable sensor, Iterable<Total> totals, Context context) {
      all.clear();
      for (Total total : totals) {
        all.add(total.count, total.sum);
      }
      averages.add(1, all.sum / all.count);
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
      context.write(NullWritable.get(), averages);
    }
  }

  static double[] run(MapreduceByHand hadoop, Input input) throws Exception {
    Job job = hadoop.job("keyed average by hand", input.file(Readings.FILE));
    FileInputFormat.addInputPath(job, MapreduceByHand.path(input.file(Readings.FILE)));
    job.setMapperClass(Parse.class);
    job.setCombinerClass(Combine.class);
    job.setReducerClass(Average.class);
    job.setMapOutputKeyClass(LongWritable.class);
    job.setMapOutputValueClass(Total.class);
    double[] answer = new double[2];
    hadoop.run(job, line -> Total.addTo(answer, line));
    return answer;
  }
}
