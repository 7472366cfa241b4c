package io.drawbar.benchmarks;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.Reducer;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** Each mapper adds up its products and sends them once, at its end; the driver solves. */
final class RegressionJob {
  private RegressionJob() {}

  /** The numbers of a {@link Gram}; as text, with blanks between. */
  public static final class Numbers implements Writable {
    private double[] values = {};

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeInt(values.length);
      for (double value : values) {
        out.writeDouble(value);
      }
    }

    @Override
    public void readFields(DataInput in) throws IOException {
      values = new double[in.readInt()];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readDouble();
      }
    }

    @Override
    public String toString() {
      return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(" "));
    }
  }

  /** Emits one array. */
  public static final class Products extends Mapper<LongWritable, Text, NullWritable, Numbers> {
    private Gram gram;

    @Override
    protected void map(LongWritable offset, Text line, Context context) {
      if (offset.get() > 0) {
        double[] row =
            Arrays.stream(line.toString().split(",")).mapToDouble(Double::parseDouble).toArray();
        gram = gram == null ? new Gram(row.length - 1) : gram;
        gram.add(row);
      }
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
      if (gram != null) {
        Numbers numbers = new Numbers();
        numbers.values = gram.numbers();
        context.write(NullWritable.get(), numbers);
      }
    }
  }

  /** Adds them up. */
  public static final class Sum extends Reducer<NullWritable, Numbers, NullWritable, Numbers> {
    @Override
    protected void reduce(NullWritable key, Iterable<Numbers> all, Context context)
        throws IOException, InterruptedException {
      Gram gram = null;
      for (Numbers each : all) {
        Gram next = Gram.of(each.values);
        gram = gram == null ? next : gram.merge(next);
      }
      Numbers numbers = new Numbers();
      numbers.values = gram.numbers();
      context.write(key, numbers);
    }
  }

  static double[] run(MapreduceByHand hadoop, Input input) throws Exception {
    Job job = hadoop.job("regression by hand", input.file(Plane.FILE));
    FileInputFormat.addInputPath(job, MapreduceByHand.path(input.file(Plane.FILE)));
    job.setMapperClass(Products.class);
    job.setReducerClass(Sum.class);
    job.setNumReduceTasks(1);
    job.setOutputKeyClass(NullWritable.class);
    job.setOutputValueClass(Numbers.class);
    double[][] answer = new double[1][];
    hadoop.run(
        job,
        line ->
            answer[0] =
                Gram.of(Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray())
                    .solve());
    return answer[0];
  }
}
