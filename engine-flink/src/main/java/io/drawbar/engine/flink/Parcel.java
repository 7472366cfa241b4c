package io.drawbar.engine.flink;

import io.drawbar.spi.FrameStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Frames on their way between the driver and the readers of rows that are held: in the message
 * itself, or, where they are too large for Flink's RPC, in a file that the message names. The RPC
 * drops what exceeds {@code pekko.framesize} without a word.
 *
 * @param bytes the frames as a {@link FrameStream}; nothing if they are in a file
 * @param file its name in the folder; empty if there is none
 */
record Parcel(byte[] bytes, String file) implements Serializable {
  /** What may go by a message, to all or from all readers together: well below 10 MB. */
  static final int MOST_BYTES = 4 << 20;

  /**
   * Packs frames.
   *
   * @param folder where a file would be
   * @param mostBytes what may go by the message itself
   */
  static Parcel of(RunFolder folder, List<byte[]> frames, long mostBytes) throws IOException {
    long bytes = 0;
    for (byte[] frame : frames) {
      bytes += FrameStream.HEADER_BYTES + frame.length;
    }
    if (bytes <= mostBytes) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream((int) bytes);
      write(frames, stream);
      return new Parcel(stream.toByteArray(), "");
    }
    String name = "parcel-" + UUID.randomUUID();
    try (FrameStream.Writer file = folder.writer(name)) {
      for (byte[] frame : frames) {
        file.emit(0, frame);
      }
    }
    return new Parcel(new byte[0], name);
  }

  private static void write(List<byte[]> frames, OutputStream stream) throws IOException {
    try (FrameStream.Writer writer = new FrameStream.Writer(stream)) {
      for (byte[] frame : frames) {
        writer.emit(0, frame);
      }
    }
  }

  /** Unpacks them. */
  List<byte[]> frames(RunFolder folder) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    if (file.isEmpty()) {
      var stream = new FrameStream.Reader(new ByteArrayInputStream(bytes), "a message");
      stream.copyTo((receiver, frame) -> frames.add(frame));
    } else {
      folder.copy(file, (receiver, frame) -> frames.add(frame));
    }
    return frames;
  }

  /** Removes the file, if there is one. */
  void remove(RunFolder folder) throws IOException {
    if (!file.isEmpty()) {
      folder.remove(file);
    }
  }
}
