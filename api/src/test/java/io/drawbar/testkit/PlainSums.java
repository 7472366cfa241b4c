package io.drawbar.testkit;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * A kernel that breaks the law: its partials are merged by plain floating addition, so the result
 * tells in what tree. A planted fault.
 */
record PlainSums(String column) implements LeafKernel<PlainSums.Sum> {
  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Sum identity() {
    return new Sum(0);
  }

  @Override
  public BlockFold<Sum> open() {
    return new BlockFold<>() {
      private double block;

      @Override
      public void batch(Batch batch) {
        DoubleColumn values = (DoubleColumn) batch.column(0);
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          block += values.isNull(row) ? 0 : values.values()[row];
        }
      }

      @Override
      public void endBlock(Sum into) {
        into.sum += block;
        block = 0;
      }
    };
  }

  @Override
  public Sum decode(DataInput in) throws IOException {
    return new Sum(in.readDouble());
  }

  /** A sum that depends on the order of its parts. */
  static final class Sum implements Partial<Sum> {
    private double sum;

    Sum(double sum) {
      this.sum = sum;
    }

    @Override
    public void merge(Sum other) {
      sum += other.sum;
    }

    @Override
    public void encode(DataOutput out) throws IOException {
      out.writeDouble(sum);
    }

    double value() {
      return sum;
    }
  }
}
