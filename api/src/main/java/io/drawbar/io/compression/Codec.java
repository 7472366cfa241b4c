package io.drawbar.io.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A library's streams; the one place where its classes are named. */
interface Codec {
  /** The first bytes of a file, any of them. */
  boolean isStart(byte[] first);

  /**
   * Decompresses, to the end of the last of several files that are one after the other.
   *
   * @throws IOException if reading fails, or what is read is damaged
   */
  InputStream decompressed(InputStream in) throws IOException;

  /** Compresses, with checksums where the format has them. */
  OutputStream compressed(OutputStream out) throws IOException;
}
