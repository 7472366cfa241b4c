package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.util.List;

/** Decodes the blocks of a split. */
final class RecordReader implements LeafReader {
  private final RecordSplit split;
  private final Schema schema;
  private final Schema wanted;
  private final int[] columnOf;
  private int next;
  private long leaf = -1;
  private long bytesRead;

  RecordReader(RecordSplit split, Schema schema, List<String> columns) {
    this.split = split;
    this.schema = schema;
    wanted = new Schema(columns.stream().map(schema::field).toList());
    columnOf = columns.stream().mapToInt(schema::indexOf).toArray();
  }

  @Override
  public boolean nextLeaf() {
    while (next < split.blocks().length && split.leaves()[next] == leaf) {
      next++;
    }
    boolean there = next < split.blocks().length;
    leaf = there ? split.leaves()[next] : -1;
    return there;
  }

  @Override
  public long unit() {
    return Unit.leaf(0, leaf);
  }

  @Override
  public Batch nextBlock() {
    if (next == split.blocks().length || split.leaves()[next] != leaf) {
      return null;
    }
    byte[] block = split.blocks()[next++];
    bytesRead += block.length;
    Batch all = BatchCodec.decode(schema, block, 0);
    ColumnVector[] columns = new ColumnVector[columnOf.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = all.column(columnOf[c]);
    }
    return all.withColumns(wanted, columns);
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() {}
}
