package io.drawbar.io.compression;

import io.drawbar.spi.DamagedFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses a file with a library's decoder. What the decoder cannot make sense of is a {@link
 * DamagedFileException}, which no other attempt will read either; an {@link IOException} comes from
 * the file system alone.
 */
final class DecompressedInput extends InputStream {
  private static final int BUFFER = 1 << 16;

  private final Compression compression;
  private final Codec codec;
  private final StoredInput stored;
  private final String name;
  private InputStream decoder;
  private long decompressed;

  /**
   * A stream of decompressed bytes.
   *
   * @param in stands at the start of the file; closed with this
   * @param name the file, for messages
   */
  DecompressedInput(Compression compression, Codec codec, InputStream in, String name) {
    this.compression = compression;
    this.codec = codec;
    this.stored = new StoredInput(in);
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      if (decoder == null) {
        start();
      }
      int count = decoder.read(into, from, length);
      while (count == 0) {
        count = decoder.read(into, from, length);
      }
      decompressed += Math.max(0, count);
      return count;
    } catch (DamagedFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Decoders meet damage with exceptions of all kinds: indices out of bounds, too.
      stored.rethrow();
      throw damaged(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } catch (LinkageError e) {
      throw compression.lacking(name, e);
    }
  }

  private void start() throws IOException {
    BufferedInputStream in = new BufferedInputStream(stored, BUFFER);
    in.mark(Magic.BYTES);
    byte[] first = in.readNBytes(Magic.BYTES);
    in.reset();
    if (first.length == 0) {
      throw damaged("it is empty, as after a copy that was cut off", null);
    }
    if (!codec.isStart(first)) {
      throw damaged(
          "it does not start as a file of %s does%s".formatted(compression, compression.others()),
          null);
    }
    decoder = codec.decompressed(in);
  }

  private DamagedFileException damaged(String reason, Exception cause) {
    DamagedFileException damaged =
        new DamagedFileException(
            "%s is damaged: %s; %s bytes were decompressed before that. %s, and fetch it again."
                .formatted(name, reason, decompressed, compression.test()));
    damaged.initCause(cause);
    return damaged;
  }

  @Override
  public void close() throws IOException {
    try (stored) {
      if (decoder != null) {
        decoder.close();
      }
    } catch (RuntimeException e) {
      throw new IOException("cannot close %s: %s".formatted(name, e), e);
    }
  }
}
