package io.drawbar.engine.flink;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
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

  /**
   * What a task says about its results.
   *
   * @param file the name of its file
   * @param frames how many are in it
   * @param bytes how long the file is
   */
  record Receipt(String file, long frames, long bytes) implements Serializable {}

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
    try (OutputStream out = create(name)) {
      InstantiationUtil.serializeObject(out, value);
    }
  }

  /** Reads what was {@link #put}. */
  <T> T get(String name, ClassLoader classes) throws IOException {
    Path file = file(name);
    try (var in = new BufferedInputStream(file.getFileSystem().open(file), BUFFER)) {
      return InstantiationUtil.deserializeObject(in, classes);
    } catch (ClassNotFoundException e) {
      throw new IOException("cannot read " + file, e);
    }
  }

  /** Starts a file of frames; nobody looks at it before it is named in a {@link Receipt}. */
  FrameFile create() throws IOException {
    return new FrameFile("results-" + UUID.randomUUID());
  }

  /** Reads the frames of a receipt and checks that they are all there, and no more. */
  List<byte[]> frames(Receipt receipt) throws IOException {
    Path file = file(receipt.file());
    long length = file.getFileSystem().getFileStatus(file).getLen();
    if (length != receipt.bytes()) {
      throw new IOException(
          "%s has %s bytes, not the %s that its task wrote"
              .formatted(file, length, receipt.bytes()));
    }
    List<byte[]> frames = new ArrayList<>();
    try (var in =
        new DataInputStream(new BufferedInputStream(file.getFileSystem().open(file), BUFFER))) {
      for (long left = length; left > 0; ) {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        left -= Integer.BYTES + frame.length;
        frames.add(frame);
      }
    } catch (EOFException e) {
      throw new IOException(file + " ends inside a frame", e);
    }
    if (frames.size() != receipt.frames()) {
      throw new IOException(
          "%s has %s frames, not the %s that its task wrote"
              .formatted(file, frames.size(), receipt.frames()));
    }
    return frames;
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

  private BufferedOutputStream create(String name) throws IOException {
    Path file = file(name);
    FSDataOutputStream out = file.getFileSystem().create(file, WriteMode.NO_OVERWRITE);
    return new BufferedOutputStream(out, BUFFER);
  }

  /** Frames of one attempt at a task: each its length in four bytes, then its bytes. */
  final class FrameFile {
    private final String name;
    private final DataOutputStream out;
    private long frames;
    private long bytes;

    private FrameFile(String name) throws IOException {
      this.name = name;
      this.out = new DataOutputStream(RunFolder.this.create(name));
    }

    void add(byte[] frame) throws IOException {
      out.writeInt(frame.length);
      out.write(frame);
      frames++;
      bytes += Integer.BYTES + frame.length;
    }

    /** Finishes the file. */
    Receipt finish() throws IOException {
      out.close();
      return new Receipt(name, frames, bytes);
    }

    /** Gives the file up; it goes with the folder. */
    void abandon() throws IOException {
      out.close();
    }
  }
}
