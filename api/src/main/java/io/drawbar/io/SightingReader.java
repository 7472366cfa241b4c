package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.spi.LeafReader;
import java.io.IOException;

/** Reads sightings: of a file's header, which go into its first leaf, and of its rows. */
final class SightingReader implements LeafReader {
  private final LeafReader rows;
  private final long firstUnit;
  private Batch header;
  private boolean isWaiting;
  private boolean inRows;

  /**
   * A reader of a range.
   *
   * @param header what is to be told of the header; null if nothing is, or not here
   * @param firstUnit the leaf that it goes into
   */
  SightingReader(LeafReader rows, Batch header, long firstUnit) {
    this.rows = rows;
    this.header = header;
    this.firstUnit = firstUnit;
  }

  @Override
  public boolean nextLeaf() throws IOException {
    if (isWaiting) {
      isWaiting = false;
      inRows = true;
      return true;
    }
    boolean hasHeader = header != null && !inRows;
    boolean hasRows = rows.nextLeaf();
    inRows = hasRows;
    if (hasHeader && hasRows && rows.unit() != firstUnit) {
      isWaiting = true;
      inRows = false;
    }
    return hasHeader || hasRows;
  }

  @Override
  public long unit() {
    return inRows ? rows.unit() : firstUnit;
  }

  @Override
  public Batch nextBlock() throws IOException {
    if (header != null) {
      Batch first = header;
      header = null;
      return first;
    }
    return inRows ? rows.nextBlock() : null;
  }

  @Override
  public long bytesRead() {
    return rows.bytesRead();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
