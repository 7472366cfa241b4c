package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.LeafReader;
import io.drawbar.type.Schema;
import java.util.List;

/** Reads a file of {@link Blocks} that is in memory. */
final class KeptBlockReader implements LeafReader {
  private final List<KeptBlocks.Block> blocks;
  private final Columns columns;
  private final long bytes;
  private int next;
  private long unit = -1;

  /**
   * A reader of all of a file's blocks.
   *
   * @param bytes how many the file has
   */
  KeptBlockReader(List<KeptBlocks.Block> blocks, Columns columns, long bytes) {
    this.blocks = blocks;
    this.columns = columns;
    this.bytes = bytes;
  }

  /** Some columns of those that are kept. */
  record Columns(Schema wanted, int[] positions) {
    static Columns of(Schema schema, List<String> names) {
      return new Columns(
          new Schema(names.stream().map(schema::field).toList()),
          names.stream().mapToInt(schema::indexOf).toArray());
    }

    Batch of(Batch all) {
      ColumnVector[] some = new ColumnVector[positions.length];
      for (int c = 0; c < some.length; c++) {
        some[c] = all.column(positions[c]);
      }
      return all.withColumns(wanted, some);
    }
  }

  @Override
  public boolean nextLeaf() {
    while (next < blocks.size() && blocks.get(next).unit() == unit) {
      next++;
    }
    if (next == blocks.size()) {
      return false;
    }
    unit = blocks.get(next).unit();
    return true;
  }

  @Override
  public long unit() {
    return unit;
  }

  @Override
  public Batch nextBlock() {
    if (next == blocks.size() || blocks.get(next).unit() != unit) {
      return null;
    }
    return columns.of(blocks.get(next++).rows());
  }

  @Override
  public long bytesRead() {
    return blocks.isEmpty() ? bytes : bytes * next / blocks.size();
  }

  @Override
  public void close() {
    // It holds no file.
  }
}
