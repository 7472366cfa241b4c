package io.drawbar.io.compression;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Zstandard (RFC 8878) by zstd-jni. It refuses windows of more than 128 MiB. */
final class ZstdCodec implements Codec {
  private static final int LEVEL = 3;

  @Override
  public boolean isStart(byte[] first) {
    int magic = Magic.littleEndian(first);
    return magic == 0xFD2FB528 || magic >>> 4 == Magic.SKIPPED;
  }

  @Override
  public InputStream decompressed(InputStream in) throws IOException {
    return new ZstdInputStreamNoFinalizer(in);
  }

  @Override
  public OutputStream compressed(OutputStream out) throws IOException {
    return new ZstdOutputStreamNoFinalizer(out, LEVEL).setChecksum(true);
  }
}
