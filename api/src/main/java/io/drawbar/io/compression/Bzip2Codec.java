package io.drawbar.io.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Bzip2 by commons-compress. */
final class Bzip2Codec implements Codec {
  private static final byte[] START = {'B', 'Z', 'h'};

  @Override
  public boolean isStart(byte[] first) {
    return Magic.isStart(START, first);
  }

  @Override
  public InputStream decompressed(InputStream in) throws IOException {
    return new BZip2CompressorInputStream(in, true);
  }

  @Override
  public OutputStream compressed(OutputStream out) throws IOException {
    return new BZip2CompressorOutputStream(out);
  }
}
