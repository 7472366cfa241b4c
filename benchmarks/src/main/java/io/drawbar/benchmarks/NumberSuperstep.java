package io.drawbar.benchmarks;

import io.drawbar.column.Batch;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What {@link Numbers} says.
 *
 * @param elements of the state
 */
record NumberSuperstep(int elements)
    implements Superstep<NumberSuperstep.Sums, NumberSuperstep.Sum> {
  /** The state. */
  record Sums(long[] values, int supersteps) {}

  /** The partial. */
  static final class Sum implements Partial<Sum> {
    private long value;

    @Override
    public void merge(Sum other) {
      value += other.value;
    }

    @Override
    public void encode(DataOutput out) throws IOException {
      out.writeLong(value);
    }
  }

  static Sums first(int stateBytes) {
    return new Sums(Numbers.first(stateBytes), 0);
  }

  @Override
  public String describe() {
    return toString();
  }

  @Override
  public List<String> columns() {
    return List.of("value");
  }

  @Override
  public Sum identity() {
    return new Sum();
  }

  @Override
  public BlockFold<Sum> open(Sums state) {
    return new BlockFold<>() {
      private long sum;

      @Override
      public void batch(Batch batch) {
        long[] values = ((LongColumn) batch.column(0)).values();
        for (int n = 0; n < batch.selected(); n++) {
          long value = values[batch.row(n)];
          sum += value * state.values()[(int) (value % elements)];
        }
      }

      @Override
      public void endBlock(Sum into) {
        into.value += sum;
        sum = 0;
      }
    };
  }

  @Override
  public Sum decode(DataInput in) throws IOException {
    Sum sum = new Sum();
    sum.value = in.readLong();
    return sum;
  }

  @Override
  public Sums next(Sums state, Sum total) {
    return new Sums(Numbers.next(state.values(), total.value), state.supersteps() + 1);
  }

  @Override
  public boolean isDone(Sums state) {
    return state.supersteps() == Numbers.SUPERSTEPS;
  }

  @Override
  public void encodeState(Sums state, DataOutput out) throws IOException {
    out.writeInt(state.supersteps());
    out.write(Numbers.bytes(state.values()));
  }

  @Override
  public Sums decodeState(DataInput in) throws IOException {
    int supersteps = in.readInt();
    byte[] bytes = new byte[elements * Long.BYTES];
    in.readFully(bytes);
    return new Sums(Numbers.state(bytes), supersteps);
  }
}
