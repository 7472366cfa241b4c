package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows are together in a block, and in what order: all that the bits of a training see of how
 * rows are cut and ordered. A {@link DataFingerprint} of the rows alone is the same for any order.
 *
 * <p>The fingerprint is of the blocks, each a row of two numbers: those of a fingerprint of its own
 * rows, each with its number in the block.
 */
record BlockOrderKernel(List<String> columns) implements LeafKernel<DataFingerprint> {
  private static final long serialVersionUID = 1;

  private static final Schema BLOCK =
      Schema.empty().with("high", DataType.LONG).with("low", DataType.LONG);

  /** Copies the names. */
  BlockOrderKernel {
    columns = List.copyOf(columns);
  }

  @Override
  public DataFingerprint identity() {
    return new DataFingerprint();
  }

  @Override
  public DataFingerprint decode(DataInput in) throws IOException {
    return DataFingerprint.decode(in);
  }

  @Override
  public BlockFold<DataFingerprint> open() {
    return new BlockFold<>() {
      private final DataFingerprint block = new DataFingerprint();

      @Override
      public void batch(Batch batch) {
        block.add(numbered(batch, block.rows()));
      }

      @Override
      public void endBlock(DataFingerprint into) {
        into.add(row(block));
        block.clear();
      }
    };
  }

  /** The batch with one more column: the numbers of its rows, from {@code first}. */
  private static Batch numbered(Batch batch, long first) {
    long[] numbers = new long[batch.rows()];
    for (int n = 0; n < batch.selected(); n++) {
      numbers[batch.row(n)] = first + n;
    }
    // What it is called does not count, but no two columns may have the same name.
    String name = "number";
    while (batch.schema().find(name).isPresent()) {
      name += "_";
    }
    ColumnVector[] columns = Arrays.copyOf(batch.columns(), batch.schema().size() + 1);
    columns[columns.length - 1] = new LongColumn(batch.rows(), numbers, null);
    return batch.withColumns(batch.schema().with(name, DataType.LONG), columns);
  }

  private static Batch row(DataFingerprint block) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      block.encode(new DataOutputStream(bytes));
      DataInput in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      in.readLong(); // the number of rows
      LongColumn high = new LongColumn(1, new long[] {in.readLong()}, null);
      LongColumn low = new LongColumn(1, new long[] {in.readLong()}, null);
      return Batch.of(BLOCK, 1, high, low);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
