package io.drawbar.testkit;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A superstep whose state and partial take as many bytes as one likes, for an engine has to carry
 * both. Each number of a state depends on that of the state before and on all rows, by sums of
 * integers, which merge exactly.
 *
 * @param column a DOUBLE column without nulls
 * @param bytes how long an encoded state is, at least 8
 * @param most how many supersteps there are
 */
public record WideState(String column, int bytes, int most)
    implements Superstep<WideState.Numbers, WideState.Sums> {
  /** The golden ratio, by 2^64: an odd number whose multiples lie far apart. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  /**
   * The state.
   *
   * @param rest what is left of its bytes; not changed, as the values
   */
  public record Numbers(double[] values, byte[] rest, int supersteps) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Numbers that
          && Arrays.equals(values, that.values)
          && Arrays.equals(rest, that.rest)
          && supersteps == that.supersteps;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
      return "%s numbers after %s supersteps".formatted(values.length, supersteps);
    }
  }

  /** Sums modulo 2^64. */
  public static final class Sums implements Partial<Sums> {
    private final long[] values;

    private Sums(int count) {
      values = new long[count];
    }

    @Override
    public void merge(Sums other) {
      for (int j = 0; j < values.length; j++) {
        values[j] += other.values[j];
      }
    }

    @Override
    public void encode(DataOutput out) throws IOException {
      for (long value : values) {
        out.writeLong(value);
      }
    }
  }

  /** Where it starts. */
  public Numbers start() {
    return new Numbers(new double[count()], rest(0), 0);
  }

  private int count() {
    return (bytes - Integer.BYTES) / Double.BYTES;
  }

  private byte[] rest(int superstep) {
    byte[] rest = new byte[(bytes - Integer.BYTES) % Double.BYTES];
    Arrays.fill(rest, (byte) superstep);
    return rest;
  }

  @Override
  public String describe() {
    return toString();
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Sums identity() {
    return new Sums(count());
  }

  @Override
  public Sums decode(DataInput in) throws IOException {
    Sums sums = identity();
    for (int j = 0; j < sums.values.length; j++) {
      sums.values[j] = in.readLong();
    }
    return sums;
  }

  @Override
  public BlockFold<Sums> open(Numbers state) {
    return new Fold(state.values());
  }

  @Override
  public Numbers next(Numbers state, Sums total) {
    double[] values = new double[count()];
    for (int j = 0; j < values.length; j++) {
      values[j] = (total.values[j] >>> 11) * 0x1p-53;
    }
    int superstep = state.supersteps() + 1;
    return new Numbers(values, rest(superstep), superstep);
  }

  @Override
  public boolean isDone(Numbers state) {
    return state.supersteps() == most;
  }

  @Override
  public void encodeState(Numbers state, DataOutput out) throws IOException {
    out.writeInt(state.supersteps());
    for (double value : state.values()) {
      out.writeDouble(value);
    }
    out.write(state.rest());
  }

  @Override
  public Numbers decodeState(DataInput in) throws IOException {
    int supersteps = in.readInt();
    double[] values = new double[count()];
    for (int j = 0; j < values.length; j++) {
      values[j] = in.readDouble();
    }
    byte[] rest = rest(0);
    in.readFully(rest);
    if (!Arrays.equals(rest, rest(supersteps))) {
      throw new IOException("a state does not end as it was written");
    }
    return new Numbers(values, rest, supersteps);
  }

  /** Takes in the rows of a block in their order, then each number of the state. */
  private static final class Fold implements BlockFold<Sums> {
    private final double[] state;
    private long rows;

    Fold(double[] state) {
      this.state = state;
    }

    @Override
    public void batch(Batch batch) {
      double[] values = ((DoubleColumn) batch.column(0)).values();
      for (int n = 0; n < batch.selected(); n++) {
        rows = (rows + Double.doubleToRawLongBits(values[batch.row(n)])) * STRIDE;
      }
    }

    @Override
    public void endBlock(Sums into) {
      for (int j = 0; j < state.length; j++) {
        long mixed = (rows ^ Double.doubleToRawLongBits(state[j])) + j * STRIDE;
        into.values[j] += (mixed ^ mixed >>> 32) * STRIDE;
      }
      rows = 0;
    }
  }
}
