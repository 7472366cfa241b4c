package io.drawbar.io.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Snappy's framing format by snappy-java; not the form of Hadoop's SnappyCodec. */
final class SnappyCodec implements Codec {
  private static final byte[] START = {(byte) 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};

  @Override
  public boolean isStart(byte[] first) {
    return Magic.isStart(START, first);
  }

  @Override
  public InputStream decompressed(InputStream in) throws IOException {
    return new SnappyFramedInputStream(in, true);
  }

  @Override
  public OutputStream compressed(OutputStream out) throws IOException {
    return new SnappyFramedOutputStream(out);
  }
}
