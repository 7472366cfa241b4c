package io.drawbar.io.parquet;

import com.github.luben.zstd.ZstdDecompressCtx;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.MemoryLimitException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses pages. A page says how long it is; that is held against what its bytes can be, and
 * against the heap, before there is room made for it.
 */
final class Decompressor implements Closeable {
  /** DEFLATE makes at most 1,032 bytes of one. */
  private static final long MOST_GZIP = 1_040;

  /** An element of 3 bytes copies 64. */
  private static final long MOST_SNAPPY = 32;

  /** A byte can stand for 255 more of a match. */
  private static final long MOST_LZ4 = 256;

  private ZstdDecompressCtx zstd;

  /** The most bytes of a page: an eighth of the heap. */
  private final long most = Math.min(Integer.MAX_VALUE - 64, Runtime.getRuntime().maxMemory() / 8);

  /** Checks that pages of this kind can be read. */
  static void check(CompressionCodecName codec, String shown) {
    switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> {}
      default ->
          throw new DrawbarException(
              ("%s is compressed with %s, which is not read; UNCOMPRESSED, SNAPPY, GZIP, ZSTD and"
                      + " LZ4_RAW are. Write it again with one of these.")
                  .formatted(shown, codec));
    }
  }

  /** Checks that a page may be that long. */
  void check(CompressionCodecName codec, int stored, int length) {
    long most =
        switch (codec) {
          case SNAPPY -> MOST_SNAPPY * stored;
          case GZIP -> MOST_GZIP * stored;
          case LZ4_RAW -> MOST_LZ4 * stored;
          case UNCOMPRESSED -> stored;
          default -> Integer.MAX_VALUE;
        };
    if (length < 0 || length > most) {
      throw new DamageException(
          "a page of %s bytes is said to be of %s decompressed".formatted(stored, length));
    }
    if (length > this.most) {
      throw new MemoryLimitException(
          ("a page has %s bytes decompressed, and one may take an eighth of the heap, %s bytes."
                  + " Give the JVM more (-Xmx), or write the file with smaller pages.")
              .formatted(length, this.most));
    }
  }

  /** Decompresses a page whose length has been {@link #check checked}. */
  void decompress(
      CompressionCodecName codec, byte[] from, int at, int stored, byte[] into, int length) {
    int made;
    try {
      made =
          switch (codec) {
            case SNAPPY -> snappy(from, at, stored, into, length);
            case GZIP -> gzip(from, at, stored, into, length);
            case ZSTD -> zstd(from, at, stored, into, length);
            default -> new Lz4Decompressor().decompress(from, at, stored, into, 0, length);
          };
    } catch (IOException | RuntimeException e) {
      // All bytes are in memory: it is they that are wrong.
      throw new DamageException("a page cannot be decompressed (%s)".formatted(e.getMessage()));
    }
    if (made != length) {
      throw new DamageException(
          "a page is said to be of %s bytes decompressed, and is of %s".formatted(length, made));
    }
  }

  private static int snappy(byte[] from, int at, int stored, byte[] into, int length)
      throws IOException {
    int claimed = Snappy.uncompressedLength(from, at, stored);
    return claimed == length ? Snappy.uncompress(from, at, stored, into, 0) : claimed;
  }

  private int zstd(byte[] from, int at, int stored, byte[] into, int length) {
    if (zstd == null) {
      zstd = new ZstdDecompressCtx();
    }
    return zstd.decompressByteArray(into, 0, length, from, at, stored);
  }

  private static int gzip(byte[] from, int at, int stored, byte[] into, int length)
      throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(from, at, stored), 1 << 14)) {
      int made = in.readNBytes(into, 0, length);
      return in.read() < 0 ? made : length + 1;
    }
  }

  @Override
  public void close() {
    if (zstd != null) {
      zstd.close();
    }
  }
}
