package io.drawbar.engine.mapreduce;

import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.FrameStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IntWritable;
import org.apache.hadoop.mapreduce.RecordWriter;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;

/**
 * The files that the last tasks of a job write, each a {@link FrameStream}. (A {@code SequenceFile}
 * copies each record twice on its way.) {@link FileOutputFormat} and its committer see to it that
 * only one attempt of each task is found here.
 */
final class FrameFiles extends FileOutputFormat<IntWritable, Frame> {

  private static final String PREFIX = "part-";

  @Override
  public RecordWriter<IntWritable, Frame> getRecordWriter(TaskAttemptContext context)
      throws IOException {
    Path path = getDefaultWorkFile(context, "");
    boolean overwrite = false;
    FrameStream.Writer out =
        new FrameStream.Writer(
            path.getFileSystem(context.getConfiguration()).create(path, overwrite));
    return new RecordWriter<>() {
      @Override
      public void write(IntWritable receiver, Frame frame) throws IOException {
        out.emit(receiver.get(), frame.bytes());
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
    try (FrameStream.Reader frames =
        new FrameStream.Reader(file.getFileSystem(conf).open(file), file.toString())) {
      frames.copyTo(to);
    }
  }
}
