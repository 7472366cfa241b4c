package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.iterate.Superstep;
import io.drawbar.math.CounterRandom;
import io.drawbar.math.Exponential;
import io.drawbar.math.Logarithm;
import io.drawbar.math.NearestCentre;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Finds candidates for the centres of k-means: k-means|| (B. Bahmani, B. Moseley, A. Vattani, R.
 * Kumar, S. Vassilvitskii, "Scalable K-Means++", 2012). The first candidate is a row drawn at
 * random; in each round so many more are drawn, with a probability in proportion to the square of
 * their distance to the nearest candidate so far; at the end each candidate is weighed by the rows
 * that are nearest to it.
 *
 * <p>Rows are drawn without replacement, a fixed number a round, by the lowest of {@code -ln(u) /
 * d^2} (P. S. Efraimidis, P. G. Spirakis, "Weighted Random Sampling with a Reservoir", 2006), which
 * no block has to know others for; in logarithms, because small squares have no reciprocal. The u
 * of a row is a function of the seed, the round, and the content of the block up to and with the
 * row: equal rows are drawn independently, and no engine is asked where a row is.
 *
 * @param features the vector column
 * @param elements how many it has
 * @param wanted how many distinct candidates there must be at least
 * @param drawn how many are drawn in a round
 * @param rounds how many rounds there are, unless there are too few candidates then
 * @param seed of the randomness
 */
record SeedSearch(String features, int elements, int wanted, int drawn, int rounds, long seed)
    implements Superstep<SeedSearch.Found, Seeds> {
  private static final long serialVersionUID = 1;

  /** What the rounds are for, beside other uses of the seed. */
  private static final long STREAM = 0x5EED;

  /**
   * The state.
   *
   * @param candidates in the order in which they were drawn; not changed
   * @param round how many have ended
   * @param isExhausted whether each distinct row is a candidate
   * @param weights of each candidate, once they have been weighed; empty before
   */
  record Found(List<double[]> candidates, int round, boolean isExhausted, long[] weights) {
    static Found none() {
      return new Found(List.of(), 0, false, new long[0]);
    }
  }

  /** What a block remembers: of each row, the nearest of the first candidates. */
  private static final class Nearest {
    private int candidates;
    private double[] distance = new double[0];
    private int[] nearest = new int[0];

    void grow(int rows) {
      if (distance.length < rows) {
        int length = Math.max(rows, distance.length * 2);
        distance = Arrays.copyOf(distance, length);
        nearest = Arrays.copyOf(nearest, length);
      }
    }
  }

  private int mostCandidates() {
    // A round beyond the usual ones begins with fewer than are wanted, hence than a round draws.
    return 1 + drawn * (rounds + 1);
  }

  private boolean draws(Found state) {
    boolean isEnough = state.round() > rounds && state.candidates().size() >= wanted;
    return !state.isExhausted() && !isEnough;
  }

  @Override
  public String describe() {
    return toString();
  }

  @Override
  public List<String> columns() {
    return List.of(features);
  }

  @Override
  public Seeds identity() {
    return new Seeds(drawn);
  }

  @Override
  public Seeds decode(DataInput in) throws IOException {
    return Seeds.decode(in, elements, drawn, mostCandidates());
  }

  @Override
  public BlockFold<Seeds> open(Found state) {
    return new Fold(state);
  }

  @Override
  public Found next(Found state, Seeds total) {
    if (!draws(state)) {
      long[] weights = Arrays.copyOf(total.weights(), state.candidates().size());
      return new Found(state.candidates(), state.round() + 1, state.isExhausted(), weights);
    }
    List<double[]> all = new ArrayList<>(state.candidates());
    int most = state.round() == 0 ? 1 : drawn;
    total.seeds().stream().limit(most).forEach(seed -> addApart(all, seed.point()));
    boolean isExhausted = total.seeds().size() < most;
    return new Found(List.copyOf(all), state.round() + 1, isExhausted, new long[0]);
  }

  /** Two of one round may be apart by less than has a square. */
  private static void addApart(List<double[]> all, double[] point) {
    for (double[] other : all) {
      if (NearestCentre.squaredDistance(point, other) == 0) {
        return;
      }
    }
    all.add(point);
  }

  @Override
  public boolean isDone(Found state) {
    return state.weights().length > 0 || state.isExhausted() && state.candidates().size() < wanted;
  }

  @Override
  public OptionalInt mostSupersteps() {
    return OptionalInt.of(rounds + 2);
  }

  @Override
  public void encodeState(Found state, DataOutput out) throws IOException {
    out.writeInt(state.candidates().size());
    for (double[] candidate : state.candidates()) {
      for (double value : candidate) {
        out.writeDouble(value);
      }
    }
    out.writeInt(state.round());
    out.writeBoolean(state.isExhausted());
    out.writeInt(state.weights().length);
    for (long weight : state.weights()) {
      out.writeLong(weight);
    }
  }

  @Override
  public Found decodeState(DataInput in) throws IOException {
    int count = count(in);
    List<double[]> candidates = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      double[] candidate = new double[elements];
      for (int j = 0; j < elements; j++) {
        candidate[j] = in.readDouble();
      }
      candidates.add(candidate);
    }
    int round = in.readInt();
    boolean isExhausted = in.readBoolean();
    long[] weights = new long[count(in)];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = in.readLong();
    }
    return new Found(List.copyOf(candidates), round, isExhausted, weights);
  }

  private int count(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > mostCandidates()) {
      throw new IOException("%s candidates of %s".formatted(count, mostCandidates()));
    }
    return count;
  }

  /** Draws from, or weighs, block after block. */
  private final class Fold implements BlockFold<Seeds> {
    private final Found state;
    private final boolean draws;
    private final FeatureTile tile = new FeatureTile(elements);
    private final RowChain chain = new RowChain(elements, tile.most());
    private final int[] nearest = new int[tile.most()];
    private final double[] distance = new double[tile.most()];
    private final double[] second = new double[tile.most()];
    private Seeds block = new Seeds(drawn);
    private BlockMemory memory = BlockMemory.NONE;
    private Nearest known = new Nearest();
    private int rows;
    private int since = -1;
    private double limit = Double.POSITIVE_INFINITY;
    private NearestCentre centres;
    private final long[] weights;

    Fold(Found state) {
      this.state = state;
      draws = draws(state);
      weights = new long[draws ? 0 : state.candidates().size()];
    }

    @Override
    public void beginBlock(BlockMemory blockMemory) {
      memory = blockMemory;
      // Candidates are only added, so that what was known of fewer is known of the first.
      boolean isKnown = memory.take() instanceof Nearest left && remember(left);
      if (!isKnown) {
        known = new Nearest();
      }
    }

    private boolean remember(Nearest left) {
      known = left;
      return left.candidates <= state.candidates().size();
    }

    @Override
    public void batch(Batch batch) {
      if (since != known.candidates) {
        since = known.candidates;
        int count = state.candidates().size();
        double[][] others = state.candidates().subList(since, count).toArray(double[][]::new);
        centres = others.length == 0 ? null : new NearestCentre(others);
      }
      for (int from = 0; from < batch.selected(); from += tile.most()) {
        int count = tile.fill(batch, 0, from);
        known.grow(rows + count);
        lower(count);
        if (draws) {
          draw(count);
        } else {
          for (int i = rows; i < rows + count; i++) {
            weights[known.nearest[i]]++;
          }
        }
        rows += count;
      }
    }

    /** Takes the candidates into account that were not there before. */
    private void lower(int count) {
      if (centres == null) {
        return;
      }
      centres.find(tile.columns, count, nearest, distance, second);
      for (int i = 0; i < count; i++) {
        // Of equally near ones the first counts, which was there before.
        if (since == 0 || distance[i] < known.distance[rows + i]) {
          known.distance[rows + i] = distance[i];
          known.nearest[rows + i] = since + nearest[i];
        }
      }
    }

    private void draw(int count) {
      chain.follow(tile.columns, count);
      boolean isFirst = state.candidates().isEmpty();
      for (int i = 0; i < count; i++) {
        double share = isFirst ? 1 : known.distance[rows + i];
        if (share > 0) {
          double uniform = CounterRandom.uniform(seed, STREAM + state.round(), chain.id(i));
          // -ln(u) is 1 - u or more: most rows need no logarithm.
          if (1 - uniform <= share * limit) {
            double key = Logarithm.log(-Logarithm.log(uniform)) - Logarithm.log(share);
            if (key <= block.bound()) {
              block.offer(new Seeds.Seed(key, tile.row(i)));
              limit = limit(block.bound());
            }
          }
        }
      }
    }

    /** What no key up to the bound has more of, with room for rounding, for each unit of d^2. */
    private static double limit(double bound) {
      boolean isTame = Math.abs(bound) < 600;
      return isTame ? Exponential.exp(bound) * (1 + 0x1p-30) : Double.POSITIVE_INFINITY;
    }

    @Override
    public void endBlock(Seeds into) {
      known.candidates = state.candidates().size();
      memory.leave(known, 64 + (Double.BYTES + Integer.BYTES) * (long) known.distance.length);
      into.merge(block);
      into.add(weights);
      Arrays.fill(weights, 0);
      block = new Seeds(drawn);
      limit = Double.POSITIVE_INFINITY;
      memory = BlockMemory.NONE;
      known = new Nearest();
      rows = 0;
      chain.begin();
    }
  }
}
