package io.drawbar.io.parquet;

import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import java.util.List;

/**
 * A range of row groups of a file.
 *
 * @param file its position among the files of the source
 * @param path opens it
 * @param shown names it in messages
 * @param stored its length
 * @param firstGroup the first row group of the range
 * @param endGroup the row group after the last; what is beyond the last of the file does not count
 * @param bytes what it takes to read
 * @param locations hosts that have it near
 */
record ParquetSplit(
    int file,
    String path,
    String shown,
    long stored,
    int firstGroup,
    int endGroup,
    long bytes,
    List<String> locations)
    implements Split {
  /** A range to the end of its file. */
  static final int TO_THE_END = Integer.MAX_VALUE;

  @Override
  public long firstUnit() {
    return Unit.leaf(file, firstGroup);
  }
}
