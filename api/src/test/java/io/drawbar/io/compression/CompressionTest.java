package io.drawbar.io.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.spi.DamagedFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompressionTest {
  /** The decompressed length of a chunk of snappy's. */
  private static final int CHUNK = 1 << 16;

  private static byte[] text(int length, long seed) {
    byte[] bytes = new byte[length];
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(1 + i * 20 / length));
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

  private static byte[] compressed(Compression by, byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream into = by.compressed(out)) {
      into.write(bytes);
    }
    return out.toByteArray();
  }

  /** Hands out few bytes at a time and says that none are available, as streams from afar do. */
  private static InputStream slow(byte[] file, int most) {
    return new ByteArrayInputStream(file) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, most));
      }

      @Override
      public synchronized int available() {
        return 0;
      }
    };
  }

  private static byte[] decompressed(Compression by, byte[] file) throws IOException {
    try (InputStream in = by.decompressed(slow(file, 777), "f" + by.suffix())) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(Compression by) throws IOException {
    byte[] a = text(3_000, 1);
    byte[] b = text(700_000, 2);
    byte[] empty = {};
    for (byte[] bytes : List.of(a, b, empty)) {
      assertThat(decompressed(by, compressed(by, bytes))).isEqualTo(bytes);
    }
    byte[] many =
        joined(compressed(by, a), compressed(by, empty), compressed(by, b), compressed(by, a));
    assertThat(decompressed(by, many)).isEqualTo(joined(a, b, a));
    try (InputStream in = by.decompressed(slow(many, 1), "f")) {
      assertThat(in.read()).isEqualTo('a');
      assertThat(in.skip(2_999)).isEqualTo(2_999);
      assertThat(in.readNBytes(700_000)).isEqualTo(b);
      assertThat(in.read(empty)).isZero();
      assertThat(in.readAllBytes()).isEqualTo(a);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void otherLibrariesReadAndWriteTheSame() throws IOException {
    byte[] text = text(70_000, 3);
    InputStream lz4 =
        new FramedLZ4CompressorInputStream(
            new ByteArrayInputStream(compressed(Compression.LZ4, text)), true);
    assertThat(lz4.readAllBytes()).isEqualTo(text);
    InputStream snappy =
        new FramedSnappyCompressorInputStream(
            new ByteArrayInputStream(compressed(Compression.SNAPPY, text)));
    assertThat(snappy.readAllBytes()).isEqualTo(text);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream into = new FramedLZ4CompressorOutputStream(out)) {
      into.write(text);
    }
    assertThat(decompressed(Compression.LZ4, out.toByteArray())).isEqualTo(text);
    out.reset();
    try (OutputStream into = new FramedSnappyCompressorOutputStream(out)) {
      into.write(text);
    }
    assertThat(decompressed(Compression.SNAPPY, out.toByteArray())).isEqualTo(text);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aFileThatIsCutOffIsDamagedWhereverItIsCut(Compression by) throws IOException {
    byte[] text = text(2_000, 4);
    byte[] file = compressed(by, text);
    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      if (by == Compression.SNAPPY && length == 10) {
        assertThat(decompressed(by, cut)).as("it has no mark at its end").isEmpty();
        continue;
      }
      assertThatThrownBy(() -> decompressed(by, cut))
          .as("%s of %s bytes", length, file.length)
          .isInstanceOf(DamagedFileException.class)
          .hasMessageContaining("f%s is damaged".formatted(by.suffix()))
          .hasMessageContaining(" bytes were decompressed before that");
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void damageIsSeenOrDoesNoHarm(Compression by) throws IOException {
    byte[] text = text(3 * CHUNK, 5);
    byte[] file = compressed(by, text);
    Random random = new Random(6);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < 40 && i < file.length; i++) {
      places.add(i);
      places.add(file.length - 1 - i);
      places.add(random.nextInt(file.length));
    }
    int seen = 0;
    for (int place : places) {
      byte[] damaged = file.clone();
      // Not the highest bit, by which snappy knows a chunk that readers are to pass over.
      damaged[place] ^= (byte) (1 << random.nextInt(7));
      try {
        assertThat(decompressed(by, damaged)).as("byte %s", place).isEqualTo(text);
      } catch (DamagedFileException e) {
        seen++;
      }
    }
    assertThat(seen).isGreaterThan(places.size() / 2);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void whatIsNotOfTheFormatIsSaidSo(Compression by) throws IOException {
    byte[] file = compressed(by, text(100, 7));
    assertThatThrownBy(() -> decompressed(by, text(100, 8)))
        .isInstanceOf(DamagedFileException.class)
        .hasMessageContaining("does not start as a");
    assertThatThrownBy(() -> decompressed(by, joined(file, text(100, 9))))
        .as("something after its end")
        .isInstanceOf(DamagedFileException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aReadThatFailsIsNoDamage(Compression by) throws IOException {
    byte[] file = compressed(by, text(200_000, 10));
    for (int length : new int[] {0, 5, file.length / 2}) {
      IOException failure = new IOException("the network is gone");
      InputStream broken =
          new SequenceInputStream(
              new ByteArrayInputStream(file, 0, length),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw failure;
                }
              });
      try (InputStream in = by.decompressed(broken, "f")) {
        assertThatThrownBy(in::readAllBytes).isSameAs(failure);
      }
    }
  }

  @Test
  void namesSayWhatFilesAre() {
    assertThat(Compression.ofName("a.csv")).isEqualTo(Compression.NONE);
    assertThat(Compression.ofName("a.csv.gz")).isEqualTo(Compression.GZIP);
    assertThat(Compression.ofName("a.csv.zst")).isEqualTo(Compression.ZSTD);
    assertThat(Compression.ofName("a.lz4")).isEqualTo(Compression.LZ4);
    assertThat(Compression.ofName("a.snappy")).isEqualTo(Compression.SNAPPY);
    assertThat(Compression.ofName("a.sz")).isEqualTo(Compression.SNAPPY);
    assertThat(Compression.ofName("a.bz2")).isEqualTo(Compression.BZIP2);
    assertThat(Compression.withoutSuffix("a.csv.snappy")).isEqualTo("a.csv");
    assertThat(Compression.withoutSuffix("a.csv")).isEqualTo("a.csv");
  }
}
