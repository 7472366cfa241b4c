package io.drawbar.io.parquet;

/** How pages that are written are compressed; knows no class of a library. */
enum PageCodec {
  UNCOMPRESSED(""),
  SNAPPY(".snappy"),
  ZSTD(".zstd"),
  GZIP(".gz");

  private final String extension;

  PageCodec(String extension) {
    this.extension = extension;
  }

  /** What names of files have before {@code .parquet}. */
  String extension() {
    return extension;
  }
}
