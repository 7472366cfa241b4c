package io.drawbar.spi;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Frames as a stream of bytes, one after the other, each as receiver (int), length (int), bytes,
 * big-endian: how engines keep them in files. Any number of such streams in a row is one, too.
 */
public final class FrameStream {
  /** What a frame takes beside its own bytes. */
  public static final int HEADER_BYTES = 2 * Integer.BYTES;

  private static final int BUFFER = 1 << 13;

  /** A length that is believed before the bytes have been seen. */
  private static final int BELIEVED = 1 << 20;

  private FrameStream() {}

  /** Writes frames. */
  public static final class Writer implements FrameOutput, Closeable {
    private final DataOutputStream out;
    private long frames;
    private long bytes;

    /** Writes to a stream, through a buffer, and closes it. */
    public Writer(OutputStream out) {
      this.out = new DataOutputStream(new BufferedOutputStream(out, BUFFER));
    }

    @Override
    public void emit(int receiver, byte[] frame) throws IOException {
      out.writeInt(receiver);
      out.writeInt(frame.length);
      out.write(frame);
      frames++;
      bytes += HEADER_BYTES + frame.length;
    }

    /** How many frames have been written. */
    public long frames() {
      return frames;
    }

    /** How many bytes they take. */
    public long bytes() {
      return bytes;
    }

    /** Hands on what is in the buffer. */
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /**
   * Reads frames. It allocates no more than the stream holds, give or take a mebibyte, and does not
   * take the end of a stream that was cut inside a frame for the end.
   */
  public static final class Reader implements Closeable {
    private final DataInputStream in;
    private final String name;
    private int receiver;
    private byte[] frame;

    /**
     * Reads a stream, through a buffer, and closes it.
     *
     * @param name where it comes from, for messages
     */
    public Reader(InputStream in, String name) {
      this.in = new DataInputStream(new BufferedInputStream(in, BUFFER));
      this.name = name;
    }

    /**
     * Moves to the next frame; false at the end.
     *
     * @throws IOException if reading fails, or this is no stream of frames, or not all of it
     */
    public boolean next() throws IOException {
      int first = in.read();
      if (first < 0) {
        return false;
      }
      try {
        receiver = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int length = in.readInt();
        if (receiver < 0 || length < 0) {
          throw new IOException(
              "%s does not hold frames: %s bytes for receiver %s"
                  .formatted(name, length, receiver));
        }
        frame = bytes(length);
      } catch (EOFException e) {
        throw new IOException(name + " ends inside a frame", e);
      }
      return true;
    }

    private byte[] bytes(int length) throws IOException {
      if (length > BELIEVED) {
        byte[] read = in.readNBytes(length);
        if (read.length < length) {
          throw new EOFException();
        }
        return read;
      }
      byte[] read = new byte[length];
      in.readFully(read);
      return read;
    }

    /** Whom the current frame is addressed to, at least 0. */
    public int receiver() {
      return receiver;
    }

    /** The current frame: an array of its own. */
    public byte[] frame() {
      return frame;
    }

    /** Hands over all frames that are left, each with its receiver. */
    public void copyTo(FrameOutput output) throws IOException {
      while (next()) {
        output.emit(receiver, frame);
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
