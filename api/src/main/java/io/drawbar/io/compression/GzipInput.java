package io.drawbar.io.compression;

import io.drawbar.spi.DamagedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses a gzip file (RFC 1952), which may be several members one after the other and end in
 * zero bytes.
 *
 * <p>Why not {@link java.util.zip.GZIPInputStream}: whether it goes on to a second member depends
 * on what {@link InputStream#available} says, so over a stream that says 0 it ends early without an
 * error; damage after the first member it takes for the end; and a damaged file is an {@link
 * IOException}, which an engine would try again. Here damage is a {@link DamagedFileException}, and
 * an {@link IOException} comes from the file system alone.
 */
final class GzipInput extends InputStream {
  private static final int HAS_HEADER_CHECK = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final InputStream in;
  private final String name;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int limit;
  private long decompressed;
  private boolean inMember;
  private boolean ended;

  /**
   * A stream of decompressed bytes.
   *
   * @param in stands at the start of the file; closed with this
   * @param name the file, for messages
   */
  GzipInput(InputStream in, String name) {
    this.in = in;
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
    while (!ended) {
      if (!inMember && !startMember()) {
        break;
      }
      int count = inflate(into, from, length);
      if (count > 0) {
        check.update(into, from, count);
        decompressed += count;
        return count;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsDictionary()) {
        throw damaged("it asks for a preset dictionary");
      } else {
        if (!fill()) {
          throw truncated();
        }
        inflater.setInput(buffer, at, limit - at);
        at = limit;
      }
    }
    return -1;
  }

  private int inflate(byte[] into, int from, int length) {
    try {
      return inflater.inflate(into, from, length);
    } catch (DataFormatException e) {
      throw damaged(e.getMessage() == null ? "its compressed data is not valid" : e.getMessage());
    }
  }

  /** Reads the header of a member; false at the end of the file. */
  private boolean startMember() throws IOException {
    boolean first =
        decompressed == 0 && inflater.getTotalIn() == 0 && !ended && at == 0 && limit == 0;
    int magic = next();
    if (!first && magic == 0) {
      skipPadding();
      return false;
    }
    if (!first && magic < 0) {
      ended = true;
      return false;
    }
    if (magic < 0) {
      throw truncated();
    }
    if (magic != 0x1F || required() != 0x8B) {
      throw damaged(
          first ? "it does not start as a gzip file does" : "there is something after its end");
    }
    if (required() != 8) {
      throw damaged("its method of compression is unknown");
    }
    int flags = required();
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      int low = required();
      skip(low | required() << 8);
    }
    if ((flags & HAS_NAME) != 0) {
      skipText();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipText();
    }
    if ((flags & HAS_HEADER_CHECK) != 0) {
      skip(2);
    }
    inflater.reset();
    check.reset();
    inflater.setInput(buffer, at, limit - at);
    at = limit;
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    at = limit - inflater.getRemaining();
    long crc = fourBytes();
    long size = fourBytes();
    if (crc != check.getValue()) {
      throw damaged("its checksum is not that of its data");
    }
    if (size != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw damaged("its length is not that of its data");
    }
    inMember = false;
  }

  /** Some programs fill the last block of a tape or disk with zeros. */
  private void skipPadding() throws IOException {
    int value = next();
    while (value == 0) {
      value = next();
    }
    if (value > 0) {
      throw damaged("there is something after its end");
    }
    ended = true;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      required();
    }
  }

  private void skipText() throws IOException {
    while (required() != 0) {}
  }

  private long fourBytes() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      value |= (long) required() << shift;
    }
    return value;
  }

  private int required() throws IOException {
    int value = next();
    if (value < 0) {
      throw truncated();
    }
    return value;
  }

  private int next() throws IOException {
    return at < limit || fill() ? buffer[at++] & 0xFF : -1;
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    while (count == 0) {
      count = in.read(buffer, 0, buffer.length);
    }
    if (count < 0) {
      return false;
    }
    at = 0;
    limit = count;
    return true;
  }

  private DamagedFileException truncated() {
    return damaged("it ends too early, as after a copy that was cut off");
  }

  private DamagedFileException damaged(String reason) {
    return new DamagedFileException(
        ("%s is damaged: %s; %s bytes were decompressed before that."
                + " Test it with gzip -t, and fetch it again.")
            .formatted(name, reason, decompressed));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
