package io.drawbar.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes ASCII text and numbers of fixed decimals quickly. */
final class TextOutput implements Closeable {
  private static final int LONGEST_NUMBER = 24;

  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] digits = new byte[LONGEST_NUMBER];
  private int size;
  private long written;

  TextOutput(Path file) throws IOException {
    out = Files.newOutputStream(file);
  }

  /** How many bytes were written so far. */
  long written() {
    return written + size;
  }

  TextOutput text(byte[] ascii) throws IOException {
    for (byte letter : ascii) {
      character(letter);
    }
    return this;
  }

  TextOutput text(String ascii) throws IOException {
    for (int i = 0; i < ascii.length(); i++) {
      character(ascii.charAt(i));
    }
    return this;
  }

  TextOutput character(int ascii) throws IOException {
    if (size == buffer.length) {
      flush();
    }
    buffer[size++] = (byte) ascii;
    return this;
  }

  TextOutput number(long value) throws IOException {
    return fixed(value, 0);
  }

  /** {@code scaled / 10^decimals} with that many decimals. */
  TextOutput fixed(long scaled, int decimals) throws IOException {
    if (scaled < 0) {
      character('-');
    }
    long rest = Math.abs(scaled);
    int at = 0;
    do {
      if (at == decimals && decimals > 0) {
        digits[at++] = '.';
      }
      digits[at++] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0 || at < (decimals == 0 ? 1 : decimals + 2));
    while (at > 0) {
      character(digits[--at]);
    }
    return this;
  }

  private void flush() throws IOException {
    out.write(buffer, 0, size);
    written += size;
    size = 0;
  }

  @Override
  public void close() throws IOException {
    flush();
    out.close();
  }
}
