package io.drawbar.engine.mapreduce;

import io.drawbar.spi.FrameOutput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * The files that the last tasks of a job write: for each frame its receiver, its length and its
 * bytes, nothing else. (A {@code SequenceFile} copies each record twice on its way.) {@link
 * FileOutputFormat} and its committer see to it that only one attempt of each task is found here.
 */
final class FrameFiles extends FileOutputFormat<IntWritable, Frame> {

  private static final String PREFIX = "part-";

  @Override
  public RecordWriter<IntWritable, Frame> getRecordWriter(TaskAttemptContext context)
      throws IOException {
    Path path = getDefaultWorkFile(context, "");
    boolean overwrite = false;
    FSDataOutputStream out = path.getFileSystem(context.getConfiguration()).create(path, overwrite);
    return new RecordWriter<>() {
      @Override
      public void write(IntWritable receiver, Frame frame) throws IOException {
        out.writeInt(receiver.get());
        frame.write(out);
      }

      @Override
      public void close(TaskAttemptContext closing) throws IOException {
        out.close();
      }
    };
  }

  /** The files of a job's output folder, one for each of its last tasks. */
  static List<FileStatus> in(FileSystem files, Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus file : files.listStatus(folder)) {
      if (file.getPath().getName().startsWith(PREFIX)) {
        found.add(file);
      }
    }
    if (found.isEmpty()) {
      throw new FileNotFoundException("a job that succeeded left no output in " + folder);
    }
    return found;
  }

  /** Hands over the frames of a file, each with its receiver. */
  static void read(Configuration conf, Path file, FrameOutput to) throws IOException {
    try (DataInputStream in = file.getFileSystem(conf).open(file)) {
      Frame frame = new Frame();
      for (int receiver = next(in); receiver >= 0; receiver = next(in)) {
        frame.readFields(in);
        to.emit(receiver, frame.bytes());
      }
    }
  }

  /** The next receiver, -1 at the end. */
  private static int next(DataInputStream in) throws IOException {
    int high = in.read();
    if (high < 0) {
      return -1;
    }
    int receiver = high << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
    if (receiver < 0) {
      throw new EOFException("not a file of frames: receiver " + receiver);
    }
    return receiver;
  }
}
