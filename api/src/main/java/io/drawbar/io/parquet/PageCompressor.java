package io.drawbar.io.parquet;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses pages, each by itself and always at the same level.
 *
 * <p>Why not the library's: its codecs are Hadoop's, and what those make depends on the native
 * libraries that a machine happens to have.
 */
final class PageCompressor implements BytesInputCompressor {
  private static final int LEVEL = 3;

  private final PageCodec codec;

  PageCompressor(PageCodec codec) {
    this.codec = codec;
  }

  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    return switch (codec) {
      case UNCOMPRESSED -> page;
      case SNAPPY -> BytesInput.from(Snappy.compress(page.toByteArray()));
      case ZSTD -> BytesInput.from(Zstd.compress(page.toByteArray(), LEVEL));
      case GZIP -> {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
          gzip.write(page.toByteArray());
        }
        yield BytesInput.from(bytes.toByteArray());
      }
    };
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.valueOf(codec.name());
  }

  @Override
  public void release() {}
}
