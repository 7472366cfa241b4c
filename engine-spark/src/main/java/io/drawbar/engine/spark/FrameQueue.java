package io.drawbar.engine.spark;

import io.drawbar.spi.FrameOutput;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import scala.Tuple2;

/**
 * Frames on their way from a program, which pushes them, to Spark, which pulls: in memory up to a
 * limit, then in a file. Filling and emptying take turns.
 */
final class FrameQueue implements FrameOutput, Closeable {

  private static final int BUFFER = 1 << 16;

  private final int receivers;
  private final long limit;
  private final Supplier<File> place;
  private final Queue<Tuple2<Integer, byte[]>> memory = new ArrayDeque<>();
  private long bytes;
  private File file;
  private DataOutputStream spill;
  private DataInputStream spilled;
  private long inFile;

  /**
   * An empty queue.
   *
   * @param receivers how many addresses there are
   * @param limit the bytes to keep in memory
   * @param place names a new file for what is beyond
   */
  FrameQueue(int receivers, long limit, Supplier<File> place) {
    this.receivers = receivers;
    this.limit = limit;
    this.place = place;
  }

  @Override
  public void emit(int receiver, byte[] frame) throws IOException {
    if (receiver < 0 || receiver >= receivers) {
      throw new IllegalArgumentException("receiver %s of %s".formatted(receiver, receivers));
    }
    if (bytes + frame.length <= limit || memory.isEmpty()) {
      memory.add(new Tuple2<>(receiver, frame));
      bytes += frame.length;
      return;
    }
    if (spill == null) {
      file = place.get();
      spill = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(file), BUFFER));
    }
    spill.writeInt(receiver);
    spill.writeInt(frame.length);
    spill.write(frame);
    inFile++;
  }

  /** The next frame with its address, or null if there is none. */
  Tuple2<Integer, byte[]> poll() throws IOException {
    Tuple2<Integer, byte[]> next = memory.poll();
    if (next != null) {
      bytes -= next._2().length;
      return next;
    }
    if (inFile == 0) {
      close();
      return null;
    }
    if (spilled == null) {
      spill.close();
      spilled = new DataInputStream(new BufferedInputStream(new FileInputStream(file), BUFFER));
    }
    inFile--;
    int receiver = spilled.readInt();
    byte[] frame = new byte[spilled.readInt()];
    spilled.readFully(frame);
    return new Tuple2<>(receiver, frame);
  }

  /** Forgets what is in it, with its file. */
  @Override
  public void close() throws IOException {
    memory.clear();
    inFile = 0;
    if (file == null) {
      return;
    }
    try (Closeable out = spill;
        Closeable in = spilled) {
      Files.deleteIfExists(file.toPath());
    } finally {
      file = null;
      spill = null;
      spilled = null;
    }
  }
}
