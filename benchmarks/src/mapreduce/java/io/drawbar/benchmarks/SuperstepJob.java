package io.drawbar.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.Mapper;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;

/** A job without reducers for each superstep; the state is in a file, the driver adds up. */
final class SuperstepJob {
  private static final String STATE = "superstep.state";

  private SuperstepJob() {}

  /** Emits one sum. */
  public static final class Sum extends Mapper<LongWritable, Text, NullWritable, LongWritable> {
    private final long[] value = new long[1];
    private long[] state;
    private long sum;

    @Override
    protected void setup(Context context) throws IOException {
      Path file = new Path(context.getConfiguration().get(STATE));
      try (DataInputStream in = file.getFileSystem(context.getConfiguration()).open(file)) {
        state = Numbers.state(in.readAllBytes());
      }
    }

    @Override
    protected void map(LongWritable offset, Text line, Context context) {
      if (offset.get() > 0) {
        value[0] = Long.parseLong(line.toString());
        sum += Numbers.sum(value, state);
      }
    }

    @Override
    protected void cleanup(Context context) throws IOException, InterruptedException {
      context.write(NullWritable.get(), new LongWritable(sum));
    }
  }

  static double[] run(MapreduceByHand hadoop, Input input) throws Exception {
    java.nio.file.Path file = Files.createTempFile("superstep", ".state");
    try {
      return Numbers.run(
          input, state -> sum(hadoop, input, Files.write(file, Numbers.bytes(state))));
    } finally {
      Files.delete(file);
    }
  }

  private static long sum(MapreduceByHand hadoop, Input input, java.nio.file.Path state)
      throws Exception {
    Job job = hadoop.job("superstep by hand", input.file(Numbers.FILE));
    job.getConfiguration().set(STATE, state.toUri().toString());
    FileInputFormat.addInputPath(job, MapreduceByHand.path(input.file(Numbers.FILE)));
    job.setMapperClass(Sum.class);
    job.setNumReduceTasks(0);
    job.setOutputKeyClass(NullWritable.class);
    job.setOutputValueClass(LongWritable.class);
    AtomicLong sum = new AtomicLong();
    hadoop.run(job, line -> sum.addAndGet(Long.parseLong(line)));
    return sum.get();
  }
}
