package io.drawbar.io.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.spi.DamagedFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GzipInputTest {
  private static byte[] text(int length, long seed) {
    byte[] bytes = new byte[length];
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(4));
    }
    return bytes;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = Compression.GZIP.compressed(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** Hands out few bytes at a time and says that none are available, as streams from afar do. */
  private static byte[] unzip(byte[] file) throws IOException {
    InputStream slow =
        new ByteArrayInputStream(file) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, 7));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    try (InputStream in = new GzipInput(slow, "f.gz")) {
      return in.readAllBytes();
    }
  }

  @Test
  void membersFollowEachOther() throws IOException {
    byte[] a = text(1000, 1);
    byte[] b = text(70_000, 2);
    byte[] empty = {};
    assertThat(unzip(gzip(a))).isEqualTo(a);
    assertThat(unzip(gzip(empty))).isEmpty();
    byte[] many = joined(gzip(a), gzip(empty), gzip(b), gzip(a));
    assertThat(unzip(many)).isEqualTo(joined(a, b, a));
    assertThat(unzip(joined(many, new byte[512]))).isEqualTo(joined(a, b, a));
  }

  @Test
  void optionalPartsOfTheHeaderAreSkipped() throws IOException {
    byte[] plain = gzip(text(10, 3));
    byte[] flags = {0x1F, (byte) 0x8B, 8, 2 + 4 + 8 + 16, 0, 0, 0, 0, 0, 3};
    byte[] optional = {3, 0, 'x', 'y', 'z', 'n', 'a', 'm', 'e', 0, 'c', 0, 1, 2};
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
    assertThat(unzip(joined(flags, optional, rest))).isEqualTo(text(10, 3));
  }

  @Test
  void aFileThatIsCutOffIsAnErrorWhereverItIsCut() throws IOException {
    byte[] first = gzip(text(500, 4));
    byte[] file = joined(first, gzip(text(300, 5)));
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (length == first.length) {
        assertThat(unzip(cut)).hasSize(500);
        continue;
      }
      assertThatThrownBy(() -> unzip(cut))
          .describedAs("cut at %d", length)
          .isInstanceOf(DamagedFileException.class)
          .hasMessageContaining("f.gz is damaged: it ends too early");
    }
    assertThatThrownBy(() -> unzip(Arrays.copyOf(file, file.length - 1)))
        .hasMessage(
            "f.gz is damaged: it ends too early, as after a copy that was cut off; 800 bytes were"
                + " decompressed before that. Test it with gzip -t, and fetch it again.");
  }

  @Test
  void aFlippedBitIsNeverReadAsOtherText() throws IOException {
    byte[] text = text(400, 6);
    byte[] file = joined(gzip(text), gzip(text));
    int damaged = 0;
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        // Times and other things in the header that mean nothing may differ.
        assertThat(unzip(flipped)).isEqualTo(joined(text, text));
      } catch (DamagedFileException e) {
        damaged++;
      }
    }
    assertThat(damaged).isGreaterThan(7 * file.length);
  }

  @Test
  void whatIsNoGzipIsNamed() {
    assertThatThrownBy(() -> unzip("name,age\n".getBytes()))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("it does not start as a gzip file does; 0 bytes");
    assertThatThrownBy(() -> unzip(joined(gzip(text(9, 1)), "x".getBytes())))
        .hasMessageContaining("there is something after its end; 9 bytes");
    assertThatThrownBy(() -> unzip(joined(gzip(text(9, 1)), new byte[] {0, 0, 1})))
        .hasMessageContaining("there is something after its end");
  }

  @Test
  void anErrorOfTheFileSystemIsAnIOException() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }
        };
    assertThatThrownBy(() -> new GzipInput(broken, "f").read(new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessage("disk on fire");
  }
}
