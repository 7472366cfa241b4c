package io.drawbar.io.compression;

import io.drawbar.error.DrawbarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/**
 * How files of text are compressed. A file that is read says so itself, by the end of its name.
 *
 * <pre>{@code
 * dataset.write(Csv.to("out/customers").compressed(Compression.ZSTD))
 * }</pre>
 */
public enum Compression {
  /** Not at all. */
  NONE("", "", "", "", List.of(""), null),
  /** {@code .gz}; part of Java. */
  GZIP("gzip", "", "", "gzip -t", List.of(".gz"), null),
  /** {@code .zst}, by {@code com.github.luben:zstd-jni}: smaller and faster than gzip. */
  ZSTD(
      "zstd",
      "com.github.luben:zstd-jni",
      "com.github.luben.zstd.ZstdInputStreamNoFinalizer",
      "zstd -t",
      List.of(".zst"),
      () -> new ZstdCodec()),
  /** {@code .lz4}, frames by {@code at.yawk.lz4:lz4-java}: larger, and fastest. */
  LZ4(
      "lz4",
      "at.yawk.lz4:lz4-java",
      "net.jpountz.lz4.LZ4FrameInputStream",
      "lz4 -t",
      List.of(".lz4"),
      () -> new Lz4Codec()),
  /**
   * {@code .sz} and {@code .snappy}, the framing format by {@code org.xerial.snappy:snappy-java}.
   * It has no mark at its end: a file that was cut off between two of its chunks reads as whole.
   */
  SNAPPY(
      "snappy",
      "org.xerial.snappy:snappy-java",
      "org.xerial.snappy.SnappyFramedInputStream",
      "",
      List.of(".sz", ".snappy"),
      () -> new SnappyCodec()),
  /** {@code .bz2}, by {@code org.apache.commons:commons-compress}: slowest. */
  BZIP2(
      "bzip2",
      "org.apache.commons:commons-compress",
      "org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream",
      "bzip2 -t",
      List.of(".bz2"),
      () -> new Bzip2Codec());

  private static final int GZIP_BUFFER = 1 << 16;

  private final String shown;
  private final String jar;
  private final String needed;
  private final String test;
  private final List<String> suffixes;
  private final Supplier<Codec> codec;

  Compression(
      String shown,
      String jar,
      String needed,
      String test,
      List<String> suffixes,
      Supplier<Codec> codec) {
    this.shown = shown;
    this.jar = jar;
    this.needed = needed;
    this.test = test;
    this.suffixes = suffixes;
    this.codec = codec;
  }

  /** What the end of a file's name says. */
  public static Compression ofName(String name) {
    for (Compression each : values()) {
      if (each != NONE && each.suffixes.stream().anyMatch(name::endsWith)) {
        return each;
      }
    }
    return NONE;
  }

  /** The name of a file without what {@link #ofName} goes by. */
  public static String withoutSuffix(String name) {
    for (String suffix : ofName(name).suffixes) {
      if (name.endsWith(suffix)) {
        return name.substring(0, name.length() - suffix.length());
      }
    }
    return name;
  }

  /** What names of files end with: {@code .zst}; empty for {@link #NONE}. */
  public String suffix() {
    return suffixes.get(0);
  }

  /**
   * Checks that the library is there.
   *
   * @param file what it is needed for, for the message
   * @throws DrawbarException if it is not; names the jar to add
   */
  public void check(String file) {
    if (codec == null) {
      return;
    }
    try {
      Class.forName(needed, false, Compression.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw lacking(file, e);
    }
  }

  /**
   * What is in a file.
   *
   * @param in stands at its start; closed with the result
   * @param name the file, for messages
   * @return a stream that throws a {@link io.drawbar.spi.DamagedFileException} where the file is
   *     damaged, and an {@link IOException} where reading it fails
   */
  public InputStream decompressed(InputStream in, String name) {
    if (this == NONE) {
      return in;
    }
    if (this == GZIP) {
      return new GzipInput(in, name);
    }
    try {
      return new DecompressedInput(this, codec.get(), in, name);
    } catch (LinkageError e) {
      throw lacking(name, e);
    }
  }

  /**
   * Compresses into a file.
   *
   * @param out closed with the result
   * @throws IOException if the start of the file cannot be written
   */
  public OutputStream compressed(OutputStream out) throws IOException {
    if (this == NONE) {
      return out;
    }
    if (this == GZIP) {
      return new GZIPOutputStream(out, GZIP_BUFFER);
    }
    try {
      return codec.get().compressed(out);
    } catch (LinkageError e) {
      throw lacking("the output", e);
    }
  }

  /** What to say if its library is not there, or cannot be loaded. */
  DrawbarException lacking(String file, Throwable cause) {
    return new DrawbarException(
        "%s is compressed with %s, which needs %s on the class path (%s)"
            .formatted(file, shown, jar, cause),
        cause);
  }

  /** What a file of the same name may be instead. */
  String others() {
    return this == LZ4 || this == SNAPPY
        ? " (Hadoop's codecs write a form of their own under the same name, which is not read)"
        : "";
  }

  /** How a person tests a file. */
  String test() {
    return test.isEmpty() ? "Decompress it to test it" : "Test it with " + test;
  }

  @Override
  public String toString() {
    return shown;
  }
}
