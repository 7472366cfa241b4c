package io.drawbar.spi;

import io.drawbar.column.Batch;
import java.util.List;

/**
 * Rows that are in the task already, such as those of an engine's own dataset: one block, a leaf of
 * its own. It is made where it is read and cannot be shipped.
 *
 * @param firstUnit its unit
 * @param batch the rows, all of which count
 */
public record BatchSplit(long firstUnit, Batch batch) implements Split {
  @Override
  public long bytes() {
    return 8L * batch.rows() * batch.schema().size();
  }

  /** Reads the columns wanted, in the order wanted. */
  public LeafReader open(List<String> columns) {
    return new Reader(firstUnit, batch.project(columns), bytes());
  }

  private static final class Reader implements LeafReader {
    private final long unit;
    private final Batch block;
    private final long bytes;
    private boolean begun;
    private boolean read;

    Reader(long unit, Batch block, long bytes) {
      this.unit = unit;
      this.block = block;
      this.bytes = bytes;
    }

    @Override
    public boolean nextLeaf() {
      boolean first = !begun && block.rows() > 0;
      begun = true;
      return first;
    }

    @Override
    public long unit() {
      return unit;
    }

    @Override
    public Batch nextBlock() {
      Batch next = read ? null : block;
      read = true;
      return next;
    }

    @Override
    public long bytesRead() {
      return read ? bytes : 0;
    }

    @Override
    public void close() {}
  }
}
