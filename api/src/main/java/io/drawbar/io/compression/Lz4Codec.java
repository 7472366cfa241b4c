package io.drawbar.io.compression;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/** Frames of LZ4 by lz4-java; not the form of Hadoop's Lz4Codec. */
final class Lz4Codec implements Codec {
  @Override
  public boolean isStart(byte[] first) {
    int magic = Magic.littleEndian(first);
    return magic == 0x184D2204 || magic >>> 4 == Magic.SKIPPED;
  }

  @Override
  public InputStream decompressed(InputStream in) throws IOException {
    return new LZ4FrameInputStream(in);
  }

  @Override
  public OutputStream compressed(OutputStream out) throws IOException {
    return new LZ4FrameOutputStream(
        out,
        LZ4FrameOutputStream.BLOCKSIZE.SIZE_256KB,
        LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE,
        LZ4FrameOutputStream.FLG.Bits.CONTENT_CHECKSUM);
  }
}
