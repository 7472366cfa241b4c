package io.drawbar.testkit;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSum;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A kernel whose result tells how rows were cut into blocks and in what order they came: inside a
 * block a fold in plain doubles that any other order or cut changes, between blocks an exact sum.
 *
 * @param column a DOUBLE column
 */
record BlockFolds(String column) implements LeafKernel<BlockFolds.Total> {
  private static final double DECAY = 0.9990234375001;

  /** The first column that can be folded, if there is one. */
  static Optional<String> columnOf(Schema schema) {
    return schema.fields().stream()
        .filter(field -> field.type() == DataType.DOUBLE)
        .map(Field::name)
        .findFirst();
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Total identity() {
    return new Total();
  }

  @Override
  public BlockFold<Total> open() {
    return new Fold();
  }

  @Override
  public Total decode(DataInput in) throws IOException {
    Total total = new Total();
    total.folds.merge(ExactSum.decode(in));
    total.fingerprints = in.readLong();
    total.blocks = in.readLong();
    total.rows = in.readLong();
    return total;
  }

  /** Folds a block: each value counts for more than all before it; null counts as 1. */
  static double fold(double before, double value) {
    return before * DECAY + value * 1.1;
  }

  /** What is known of some blocks. */
  static final class Total implements Partial<Total> {
    private final ExactSum folds = new ExactSum();
    private long fingerprints;
    private long blocks;
    private long rows;

    /** Adds a block. */
    void add(double fold, long blockRows) {
      folds.add(fold);
      long bits = Double.doubleToLongBits(fold) * 0x9E3779B97F4A7C15L;
      fingerprints += (bits ^ bits >>> 29) * (2 * blockRows + 1);
      blocks += blockRows > 0 ? 1 : 0;
      rows += blockRows;
    }

    @Override
    public void merge(Total other) {
      folds.merge(other.folds);
      fingerprints += other.fingerprints;
      blocks += other.blocks;
      rows += other.rows;
    }

    @Override
    public void encode(DataOutput out) throws IOException {
      folds.encode(out);
      out.writeLong(fingerprints);
      out.writeLong(blocks);
      out.writeLong(rows);
    }

    /** Blocks that held a row. */
    long blocks() {
      return blocks;
    }

    /** All rows. */
    long rows() {
      return rows;
    }

    /** All that is known, exactly. */
    Canonical canonical() {
      return Canonical.ofValues(folds.round(), fingerprints, blocks, rows);
    }
  }

  private static final class Fold implements BlockFold<Total> {
    private double state = 1;
    private long rows;

    @Override
    public void batch(Batch batch) {
      DoubleColumn values = (DoubleColumn) batch.column(0);
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        state = fold(state, values.isNull(row) ? 1 : values.values()[row]);
      }
      rows += batch.selected();
    }

    @Override
    public void endBlock(Total into) {
      into.add(state, rows);
      state = 1;
      rows = 0;
    }
  }
}
