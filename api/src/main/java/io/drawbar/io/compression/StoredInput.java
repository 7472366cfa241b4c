package io.drawbar.io.compression;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file as stored; remembers how reading them failed, if it did. */
final class StoredInput extends FilterInputStream {
  private IOException failure;

  StoredInput(InputStream in) {
    super(in);
  }

  /** What to throw if it was reading that failed, and not what was read. */
  void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    try {
      int count = in.read(into, from, length);
      while (count == 0 && length > 0) {
        count = in.read(into, from, length);
      }
      return count;
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public long skip(long bytes) throws IOException {
    try {
      return in.skip(bytes);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Nothing is known: some decoders take 0 for the end, others take it for a promise. */
  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
