package io.drawbar.engine.mapreduce;

import io.drawbar.spi.StageProgram;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapreduce.TaskAttemptID;

/**
 * All that a run leaves on a file system: programs of stages, frames that jobs leave for the next
 * one or for the driver, and what failed tasks have to say. Only the user can look inside.
 *
 * @param files holds it
 * @param path where it is
 */
record WorkFolder(FileSystem files, Path path) {

  private static final String KEY = "drawbar.work.folder";
  private static final int DELETIONS = 50;
  private static final int DELETION_MILLIS = 100;
  private static final FsPermission PRIVATE = new FsPermission((short) 0700);

  /** What a failed attempt left. */
  record Failure(TaskAttemptID attempt, long time, int stage, String cause, String trace) {}

  /** Makes a folder and notes in a configuration, which goes to the tasks, where it is. */
  static WorkFolder create(Configuration conf, Path scratch) throws IOException {
    FileSystem files = scratch.getFileSystem(conf);
    Path path = files.makeQualified(new Path(scratch, "drawbar-" + UUID.randomUUID()));
    if (!files.mkdirs(path, PRIVATE)) {
      throw new IOException("cannot make the folder " + path);
    }
    conf.set(KEY, path.toString());
    return new WorkFolder(files, path);
  }

  /** The folder of the run that a task belongs to. */
  static WorkFolder of(Configuration conf) throws IOException {
    Path path = new Path(conf.get(KEY));
    return new WorkFolder(path.getFileSystem(conf), path);
  }

  /** Where a job writes the frames of a stage. */
  Path frames(int stage) {
    return new Path(path, "stage-" + stage);
  }

  void store(int stage, StageProgram program) throws IOException {
    try (DataOutputStream out = files.create(programFile(stage))) {
      out.write(Code.pack(program));
    }
  }

  StageProgram program(int stage) throws IOException {
    try (DataInputStream in = files.open(programFile(stage))) {
      return (StageProgram) Code.unpack(in.readAllBytes());
    }
  }

  /** Leaves word of a failed attempt, because Hadoop's local runner tells nobody but its log. */
  void report(TaskAttemptID attempt, int stage, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    try (DataOutputStream out = files.create(new Path(failures(), attempt.toString()))) {
      out.writeInt(stage);
      writeText(out, rootOf(failure).toString());
      writeText(out, trace.toString());
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  boolean hasFailures() throws IOException {
    return files.exists(failures());
  }

  /** The failure that ended the run: of an attempt that had no successor, the earliest. */
  Optional<Failure> failure() throws IOException {
    if (!hasFailures()) {
      return Optional.empty();
    }
    Stream.Builder<Failure> found = Stream.builder();
    for (FileStatus file : files.listStatus(failures())) {
      try (DataInputStream in = files.open(file.getPath())) {
        TaskAttemptID attempt = TaskAttemptID.forName(file.getPath().getName());
        long time = file.getModificationTime();
        found.add(new Failure(attempt, time, in.readInt(), readText(in), readText(in)));
      }
    }
    Comparator<Failure> last = Comparator.comparingInt(f -> -f.attempt().getId());
    return found.build().min(last.thenComparingLong(Failure::time).thenComparing(Failure::attempt));
  }

  /** Deletes it; what a thread of Hadoop's adds meanwhile, too. */
  void delete() throws IOException, InterruptedException {
    for (int i = 0; i < DELETIONS && !files.delete(path, true) && files.exists(path); i++) {
      Thread.sleep(DELETION_MILLIS);
    }
    if (files.exists(path)) {
      throw new IOException("something is still being written to " + path);
    }
  }

  static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private Path programFile(int stage) {
    return new Path(path, "stage-" + stage + ".program");
  }

  private Path failures() {
    return new Path(path, "failures");
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
