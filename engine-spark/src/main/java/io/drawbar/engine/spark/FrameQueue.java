package io.drawbar.engine.spark;

import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.FrameStream;
import java.io.Closeable;
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

  private final int receivers;
  private final long limit;
  private final Supplier<File> place;
  private final Queue<Tuple2<Integer, byte[]>> memory = new ArrayDeque<>();
  private long bytes;
  private File file;
  private FrameStream.Writer spill;
  private FrameStream.Reader spilled;

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
      spill = new FrameStream.Writer(new FileOutputStream(file));
    }
    spill.emit(receiver, frame);
  }

  /** The next frame with its address, or null if there is none. */
  Tuple2<Integer, byte[]> poll() throws IOException {
    Tuple2<Integer, byte[]> next = memory.poll();
    if (next != null) {
      bytes -= next._2().length;
      return next;
    }
    if (spill == null) {
      return null;
    }
    if (spilled == null) {
      spill.close();
      spilled = new FrameStream.Reader(new FileInputStream(file), file.getPath());
    }
    if (!spilled.next()) {
      close();
      return null;
    }
    return new Tuple2<>(spilled.receiver(), spilled.frame());
  }

  /** Forgets what is in it, with its file. */
  @Override
  public void close() throws IOException {
    memory.clear();
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
