package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the rows whose content hashes lowest, as many as {@link SortBounds} has: a sample of the
 * rows that is a function of the rows alone, equal ones counted each.
 */
public record LowestRows(Schema schema) implements LeafKernel<LowestRows.Rows> {
  private static final int MOST_BYTES = 1 << 30;

  @Override
  public List<String> columns() {
    return schema.names();
  }

  @Override
  public Rows identity() {
    return new Rows(schema);
  }

  @Override
  public BlockFold<Rows> open() {
    return new BlockFold<>() {
      private final Rows block = new Rows(schema);

      @Override
      public void batch(Batch batch) {
        block.add(batch);
      }

      @Override
      public void endBlock(Rows into) {
        into.merge(block);
        block.buffer.clear();
      }
    };
  }

  @Override
  public Rows decode(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("rows of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    Rows rows = new Rows(schema);
    try {
      rows.add(BatchCodec.decode(schema, bytes, 0));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    return rows;
  }

  /** The rows found so far. */
  public static final class Rows implements Partial<Rows> {
    private final Schema schema;
    private RowBuffer buffer;

    Rows(Schema schema) {
      this.schema = schema;
      buffer = empty();
    }

    private RowBuffer empty() {
      int[] all = IntStream.range(0, schema.size()).toArray();
      return new RowBuffer(schema, HashRank.of(all), TaskMemory.unlimited());
    }

    void add(Batch batch) {
      buffer.add(batch);
      if (buffer.rows() > 2 * SortBounds.MOST) {
        prune();
      }
    }

    private void prune() {
      Batch lowest = lowest();
      buffer = empty();
      buffer.add(lowest);
    }

    private Batch lowest() {
      int[] sorted = buffer.sorted();
      return buffer.batch(sorted, Math.min(sorted.length, SortBounds.MOST));
    }

    @Override
    public void merge(Rows other) {
      add(other.lowest());
    }

    @Override
    public void encode(DataOutput out) throws IOException {
      byte[] bytes = BatchCodec.encode(lowest(), 0);
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    /** The rows by an order, encoded: the bounds of {@link SortBounds}. */
    public byte[] bounds(RowOrder order) {
      RowBuffer bounds = new RowBuffer(schema, new ColumnRank(order), TaskMemory.unlimited());
      bounds.add(lowest());
      int[] sorted = bounds.sorted();
      return BatchCodec.encode(bounds.batch(sorted, sorted.length), 0);
    }
  }
}
