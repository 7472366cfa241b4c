package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A range of leaves of a text file.
 *
 * @param file its position among the files of the source
 * @param path opens it
 * @param shown names it in messages
 * @param compression how it is compressed, if it is; then the split is the whole file, its leaves
 *     not known yet
 * @param stored its length as stored
 * @param firstLeaf the first leaf of the range
 * @param endLeaf the leaf after the last
 * @param bytes what it takes to read
 * @param locations hosts that have most of these, best first
 */
record TextSplit(
    int file,
    String path,
    String shown,
    Compression compression,
    long stored,
    long firstLeaf,
    long endLeaf,
    long bytes,
    List<String> locations)
    implements Split {
  /** One that is as near to one host as to another. */
  TextSplit(
      int file,
      String path,
      String shown,
      Compression compression,
      long stored,
      long firstLeaf,
      long endLeaf,
      long bytes) {
    this(file, path, shown, compression, stored, firstLeaf, endLeaf, bytes, List.of());
  }

  /** Whether its bytes are not those of its rows. */
  boolean isCompressed() {
    return compression != Compression.NONE;
  }

  /** A range of leaves of the same file, which is not compressed, under a number. */
  TextSplit range(int number, long first, long end, Layout layout) {
    long length = Math.min(position(end, layout), stored) - position(first, layout);
    return new TextSplit(number, path, shown, compression, stored, first, end, length, locations);
  }

  /** What there is to say where the file is not what it was when the run listed it. */
  DrawbarException changed(String how) {
    return new DrawbarException(
        ("%s has changed while it was read: %s. Rows of two versions make no result: read it again,"
                + " or a copy that nobody writes to")
            .formatted(shown, how));
  }

  @Override
  public long firstUnit() {
    return Unit.leaf(file, firstLeaf);
  }

  /**
   * The position of the first byte of a leaf; of what is beyond all files, the largest there is.
   */
  static long position(long leaf, Layout layout) {
    return leaf > Long.MAX_VALUE / layout.leafBytes() ? Long.MAX_VALUE : leaf * layout.leafBytes();
  }

  /** Opens the file at a position; decompressed, and then position 0. */
  InputStream open(FileSystem system, long position) throws IOException {
    return decompressed(system.open(path, position));
  }

  /** What is in the file, given what is stored. */
  InputStream decompressed(InputStream in) {
    return compression.decompressed(in, shown);
  }
}
