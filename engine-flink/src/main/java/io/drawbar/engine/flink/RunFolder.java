package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.FrameStream;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.InstantiationUtil;

/**
 * The folder of one run, seen by driver and tasks. Task descriptions go one way, result frames the
 * other; both may be of any size, which nothing that travels through Flink's RPC may. On Flink's
 * own file systems, so that it can be any place that the cluster has a plug-in for.
 *
 * @param uri where it is
 */
record RunFolder(URI uri) implements Serializable {

  private static final int BUFFER = 1 << 16;

  /** Creates one below a folder. */
  static RunFolder below(Path root) throws IOException {
    Path path = new Path(root, "run-" + UUID.randomUUID());
    if (!path.getFileSystem().mkdirs(path)) {
      throw new IOException("cannot create the folder " + path);
    }
    return new RunFolder(path.makeQualified(path.getFileSystem()).toUri());
  }

  /** Leaves something for a task to read. */
  void put(String name, Object value) throws IOException {
    try (OutputStream out = new BufferedOutputStream(create(name), BUFFER)) {
      InstantiationUtil.serializeObject(out, value);
    }
  }

  /** Reads what was {@link #put}. */
  <T> T get(String name, ClassLoader classes) throws IOException {
    Path file = file(name);
    try (var in = new BufferedInputStream(file.getFileSystem().open(file), BUFFER)) {
      return InstantiationUtil.deserializeObject(in, classes);
    } catch (FileNotFoundException e) {
      throw new EngineException(
          "what a task has to do is not there any more: its session was closed, or %s was cleaned."
                  .formatted(uri)
              + " Keep the session open until the job has ended.");
    } catch (ClassNotFoundException e) {
      throw new IOException("cannot read " + file, e);
    }
  }

  /** Starts a file of frames. */
  FrameStream.Writer writer(String name) throws IOException {
    return new FrameStream.Writer(create(name));
  }

  /** Opens a file of frames. */
  FrameStream.Reader reader(String name) throws IOException {
    Path file = file(name);
    return new FrameStream.Reader(file.getFileSystem().open(file), file.toString());
  }

  /** Hands over the frames of a file. */
  void copy(String name, FrameOutput output) throws IOException {
    try (FrameStream.Reader frames = reader(name)) {
      frames.copyTo(output);
    }
  }

  /** Removes a file. */
  void remove(String name) throws IOException {
    Path file = file(name);
    file.getFileSystem().delete(file, false);
  }

  /** Notes that a task has failed; returns how often it has by now. */
  int countFailure(int stage, int task) throws IOException {
    int count = 1;
    while (exists(failureFile(stage, task, count))) {
      count++;
    }
    create(failureFile(stage, task, count)).close();
    return count;
  }

  /** Removes it with all that is in it. */
  void delete() throws IOException {
    Path path = new Path(uri);
    path.getFileSystem().delete(path, true);
  }

  private static String failureFile(int stage, int task, int count) {
    return "failure-" + stage + "-" + task + "-" + count;
  }

  private boolean exists(String name) throws IOException {
    Path file = file(name);
    return file.getFileSystem().exists(file);
  }

  private Path file(String name) {
    return new Path(new Path(uri), name);
  }

  private OutputStream create(String name) throws IOException {
    Path file = file(name);
    return file.getFileSystem().create(file, WriteMode.NO_OVERWRITE);
  }
}
