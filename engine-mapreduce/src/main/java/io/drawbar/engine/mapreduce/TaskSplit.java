package io.drawbar.engine.mapreduce;

import io.drawbar.spi.Split;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Writable;
import org.apache.hadoop.mapreduce.InputFormat;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.RecordReader;
import org.apache.hadoop.mapreduce.TaskAttemptContext;

/**
 * What a map task does: a task of a stage that reads leaves, or forwarding a file of frames that an
 * earlier job left. It travels in Hadoop's own split file.
 */
final class TaskSplit extends InputSplit implements Writable {

  private static final int FORWARD = -1;

  private int stage;
  private int task;
  private int tasks;
  private long bytes;
  private List<String> locations = List.of();

  /** On the driver: a list of splits, or the path of a file. */
  private Object work;

  /** In a task: the same, packed. */
  private byte[] packed;

  /** For Hadoop. */
  TaskSplit() {}

  /** The tasks of a stage that reads leaves. */
  static List<TaskSplit> ofTasks(int stage, List<List<Split>> tasks) {
    List<TaskSplit> made = new ArrayList<>();
    for (List<Split> splits : tasks) {
      TaskSplit one = new TaskSplit();
      one.stage = stage;
      one.task = made.size();
      one.tasks = tasks.size();
      one.bytes = splits.stream().mapToLong(Split::bytes).sum();
      one.locations =
          splits.stream().flatMap(split -> split.locations().stream()).distinct().toList();
      one.work = new ArrayList<>(splits);
      made.add(one);
    }
    return made;
  }

  /** Forwarding a file of frames. */
  static TaskSplit ofFrames(FileStatus file) {
    TaskSplit one = new TaskSplit();
    one.stage = FORWARD;
    one.bytes = file.getLen();
    one.work = file.getPath().toString();
    return one;
  }

  boolean forwards() {
    return stage == FORWARD;
  }

  /** The file to forward. */
  Path file() throws IOException {
    return new Path((String) Code.unpack(packed));
  }

  int stage() {
    return stage;
  }

  int task() {
    return task;
  }

  int tasks() {
    return tasks;
  }

  @SuppressWarnings("unchecked") // Only ever packed from such a list.
  List<Split> splits() throws IOException {
    return (List<Split>) Code.unpack(packed);
  }

  @Override
  public long getLength() {
    return bytes;
  }

  @Override
  public String[] getLocations() {
    return locations.toArray(String[]::new);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeInt(stage);
    out.writeInt(task);
    out.writeInt(tasks);
    out.writeLong(bytes);
    // One at a time: rows in memory travel in their splits.
    byte[] payload = Code.pack(work);
    out.writeInt(payload.length);
    out.write(payload);
  }

  @Override
  public void readFields(DataInput in) throws IOException {
    stage = in.readInt();
    task = in.readInt();
    tasks = in.readInt();
    bytes = in.readLong();
    packed = new byte[in.readInt()];
    in.readFully(packed);
  }

  /** Gives Hadoop the splits of the job that the current thread submits, and no records. */
  static final class Input extends InputFormat<Object, Object> {

    /*
     * Hadoop makes the input format itself, from its class, and asks it for the splits in the
     * thread that submits the job. A thread local is the only way to hand it something that is not
     * text.
     */
    static final ThreadLocal<List<TaskSplit>> SUBMITTED = new ThreadLocal<>();

    @Override
    public List<InputSplit> getSplits(JobContext job) {
      return List.copyOf(SUBMITTED.get());
    }

    @Override
    public RecordReader<Object, Object> createRecordReader(
        InputSplit split, TaskAttemptContext context) {
      return new NoRecords();
    }
  }

  /** The mapper takes the split itself. */
  private static final class NoRecords extends RecordReader<Object, Object> {
    @Override
    public void initialize(InputSplit split, TaskAttemptContext context) {}

    @Override
    public boolean nextKeyValue() {
      return false;
    }

    @Override
    public Object getCurrentKey() {
      throw new IllegalStateException("there are no records");
    }

    @Override
    public Object getCurrentValue() {
      throw new IllegalStateException("there are no records");
    }

    @Override
    public float getProgress() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
