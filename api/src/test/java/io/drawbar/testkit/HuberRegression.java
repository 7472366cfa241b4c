package io.drawbar.testkit;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A line through points of which some are far off: minimises the sum of Huber's loss, which grows
 * with the square of a residual up to a threshold and in proportion beyond it (P. J. Huber, "Robust
 * Estimation of a Location Parameter", 1964), by steps down the gradient. It is the worked example
 * of {@code io.drawbar.iterate}, and the contract runs it on every engine.
 *
 * @param features a dense vector column without nulls
 * @param label a DOUBLE column without nulls
 * @param elements how many the vector has
 * @param threshold where residuals begin to count less
 * @param most how many supersteps there are at most
 */
public record HuberRegression(
    String features, String label, int elements, double threshold, int most)
    implements Superstep<HuberRegression.Weights, HuberRegression.Slope> {

  /**
   * The state: where the walk is.
   *
   * @param values one an element, the intercept at the end; not changed
   * @param loss at the place before
   */
  public record Weights(double[] values, int supersteps, double loss, boolean settled) {
    static Weights zero(int elements) {
      return new Weights(new double[elements + 1], 0, Double.POSITIVE_INFINITY, false);
    }
  }

  /** The partial: the gradient, then the loss, then the sum of squares that bounds the step. */
  public static final class Slope implements Partial<Slope> {
    private final ExactSums sums;

    Slope(ExactSums sums) {
      this.sums = sums;
    }

    @Override
    public void merge(Slope other) {
      sums.merge(other.sums);
    }

    @Override
    public void encode(DataOutput out) throws IOException {
      sums.encode(out);
    }
  }

  @Override
  public String describe() {
    return toString();
  }

  @Override
  public List<String> columns() {
    return List.of(features, label);
  }

  @Override
  public Slope identity() {
    return new Slope(new ExactSums(elements + 3));
  }

  @Override
  public Slope decode(DataInput in) throws IOException {
    return new Slope(ExactSums.decode(in, elements + 3));
  }

  @Override
  public BlockFold<Slope> open(Weights state) {
    return new Fold(state);
  }

  @Override
  public Weights next(Weights state, Slope total) {
    double[] sums = total.sums.round();
    double loss = sums[elements + 1];
    double[] moved = state.values().clone();
    for (int j = 0; j <= elements && sums[elements + 2] > 0; j++) {
      moved[j] -= sums[j] / sums[elements + 2];
    }
    boolean settled = !(loss < state.loss() * (1 - 1e-9));
    return new Weights(moved, state.supersteps() + 1, loss, settled);
  }

  @Override
  public boolean isDone(Weights state) {
    return state.settled() || state.supersteps() == most;
  }

  @Override
  public OptionalInt mostSupersteps() {
    return OptionalInt.of(most);
  }

  @Override
  public OptionalDouble loss(Weights state) {
    return OptionalDouble.of(state.loss());
  }

  @Override
  public void encodeState(Weights state, DataOutput out) throws IOException {
    for (double value : state.values()) {
      out.writeDouble(value);
    }
    out.writeInt(state.supersteps());
    out.writeDouble(state.loss());
    out.writeBoolean(state.settled());
  }

  @Override
  public Weights decodeState(DataInput in) throws IOException {
    double[] values = new double[elements + 1];
    for (int j = 0; j < values.length; j++) {
      values[j] = in.readDouble();
    }
    return new Weights(values, in.readInt(), in.readDouble(), in.readBoolean());
  }

  /** Plain sums of a block, in the order of its rows. */
  private final class Fold implements BlockFold<Slope> {
    private final Weights state;
    private final double[] sums = new double[elements + 3];
    private BlockMemory memory = BlockMemory.NONE;
    private Squares squares;

    Fold(Weights state) {
      this.state = state;
    }

    /** What one superstep leaves for the next: the sum that does not change. */
    private record Squares(int superstep, double sum) {}

    @Override
    public void beginBlock(BlockMemory blockMemory) {
      memory = blockMemory;
      squares = memory.take() instanceof Squares left ? left : null;
    }

    @Override
    public void batch(Batch batch) {
      double[][] x = ((VectorColumn) batch.column(0)).elements();
      double[] y = ((DoubleColumn) batch.column(1)).values();
      double[] weights = state.values();
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        double residual = weights[elements] - y[row];
        double square = 1;
        for (int j = 0; j < elements; j++) {
          residual += weights[j] * x[j][row];
          square += x[j][row] * x[j][row];
        }
        double size = Math.abs(residual);
        boolean isNear = size <= threshold;
        double slope = isNear ? residual : Math.copySign(threshold, residual);
        for (int j = 0; j < elements; j++) {
          sums[j] += slope * x[j][row];
        }
        sums[elements] += slope;
        sums[elements + 1] += isNear ? residual * residual / 2 : threshold * (size - threshold / 2);
        sums[elements + 2] += square;
      }
    }

    @Override
    public void endBlock(Slope into) {
      if (squares != null && squares.sum() != sums[elements + 2]) {
        throw new IllegalStateException("a block remembers what it was not told");
      }
      memory.leave(new Squares(state.supersteps(), sums[elements + 2]), Double.BYTES);
      into.sums.add(sums);
      Arrays.fill(sums, 0);
    }
  }
}
