package io.drawbar.learn;

import io.drawbar.column.Batch;
import io.drawbar.iterate.BlockFold;
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
 * Finds the first centres of k-means, in two passes over the rows.
 *
 * <ol>
 *   <li>Some thousand rows are drawn at random and brought to the driver, where {@link KMeansStart}
 *       finds the centres of these. Of all rows, about n / m are farther from them than each of the
 *       m that were drawn, wherever these centres are and whatever rows look like.
 *   <li>Those rows, which may be few and matter much, are drawn with a probability in proportion to
 *       their squared distances, as in k-means|| (B. Bahmani and others, "Scalable K-Means++",
 *       2012), and weighed by the inverse of the probability that they are drawn. Mostly they are
 *       so few that all are taken. The driver finds the centres of these and of the centres before,
 *       as heavy as the rows that they stand for.
 * </ol>
 *
 * <p>If there are less distinct rows among those drawn than centres are wanted, each of them is
 * one, the second pass draws of all other rows, and is repeated until there are enough or no other
 * is left. Where all rows are drawn at first, there is no second pass.
 *
 * <p>Rows are drawn without replacement, a fixed number a round, by the lowest of {@code -ln(u) /
 * d^2} (P. S. Efraimidis, P. G. Spirakis, "Weighted Random Sampling with a Reservoir", 2006; the
 * weights: E. Cohen, H. Kaplan, "Summarizing Data Using Bottom-k Sketches", 2007), which no block
 * has to know others for; in logarithms, because small squares have no reciprocal. The u of a row
 * is a function of the seed, the round, and the content of the block up to and with the row: equal
 * rows are drawn independently, and no engine is asked where a row is.
 *
 * @param features the vector column
 * @param elements how many it has
 * @param clusters how many centres are wanted
 * @param sample how many rows are drawn at first
 * @param far how many rows are drawn in each round after that
 * @param rows how many there are
 * @param seed of the randomness
 */
record SeedSearch(
    String features, int elements, int clusters, int sample, int far, long rows, long seed)
    implements Superstep<SeedSearch.Found, Seeds> {
  private static final long serialVersionUID = 1;

  /** What the rounds are for, beside other uses of the seed. */
  private static final long STREAM = 0x5EED;

  private static final int LEAST_SAMPLE = 1 << 13;
  private static final int LEAST_FAR = 1 << 10;
  private static final int ROWS_OF_CLUSTER = 16;

  /** Numbers of a sample, unless there are as many in two rows a cluster. */
  private static final int MOST_NUMBERS = 1 << 21;

  /** How many rows more are looked at than are wanted, by which the mesh widens if they are few. */
  private static final int ROOM = 2;

  /**
   * The state.
   *
   * @param centres so far; none before the first draw
   * @param weights of each, in rows of the sample
   * @param reach rows that are not farther from the nearest centre, squared, are not drawn
   * @param round how many have ended
   * @param isDone whether there are enough, or no others
   */
  record Found(List<double[]> centres, double[] weights, double reach, int round, boolean isDone) {
    static Found none() {
      return new Found(List.of(), new double[0], 0, 0, false);
    }
  }

  /** With sizes that do for so many rows. */
  static SeedSearch of(String features, int elements, int clusters, long rows, long seed) {
    int two = 2 * clusters;
    int fit = MOST_NUMBERS / elements;
    int sample = Math.max(two, Math.min(fit, Math.max(LEAST_SAMPLE, ROWS_OF_CLUSTER * clusters)));
    int far = Math.max(two, Math.min(fit, LEAST_FAR));
    return new SeedSearch(features, elements, clusters, sample, far, rows, seed);
  }

  private int most() {
    return Math.max(sample, far);
  }

  private static boolean isFirst(Found state) {
    return state.centres().isEmpty();
  }

  /** Rows with a higher number are not looked at, while there are no centres. */
  private double mesh(int round) {
    double mesh = (double) ROOM * sample / rows;
    for (int i = 0; i < round && mesh < 1; i++) {
      mesh *= ROOM * ROOM * ROOM;
    }
    return Math.min(1, mesh);
  }

  @Override
  public String describe() {
    return ("k-means on '%s' of %s elements: %s first centres of %s rows that are drawn, and of %s far"
            + " ones, of %s rows, with seed %s")
        .formatted(features, elements, clusters, sample, far, rows, seed);
  }

  @Override
  public List<String> columns() {
    return List.of(features);
  }

  @Override
  public Seeds identity() {
    return new Seeds(most());
  }

  @Override
  public Seeds decode(DataInput in) throws IOException {
    return Seeds.decode(in, elements, most());
  }

  @Override
  public BlockFold<Seeds> open(Found state) {
    return new Fold(state);
  }

  @Override
  public Found next(Found state, Seeds total) {
    int round = state.round() + 1;
    List<Seeds.Seed> drawn = total.seeds();
    return isFirst(state) ? sampled(round, drawn) : reached(state, round, drawn);
  }

  private Found sampled(int round, List<Seeds.Seed> all) {
    List<Seeds.Seed> drawn = all.subList(0, Math.min(all.size(), sample));
    if (drawn.size() < (sample + 1) / 2 && mesh(round - 1) < 1) {
      // Blocks that begin alike have the same numbers, so that chance does not make up for chance.
      return new Found(List.of(), new double[0], 0, round, false);
    }
    List<double[]> points = drawn.stream().map(Seeds.Seed::point).toList();
    double[] weights = new double[points.size()];
    Arrays.fill(weights, 1.0);
    KMeansStart.Found found = new KMeansStart(points, weights, clusters, seed).from(List.of());
    return new Found(found.centres(), found.weights(), found.reach(), round, drawn.size() == rows);
  }

  private Found reached(Found state, int round, List<Seeds.Seed> all) {
    List<Seeds.Seed> drawn = all.subList(0, Math.min(all.size(), far));
    boolean isAll = drawn.size() < far;
    if (drawn.isEmpty()) {
      return new Found(state.centres(), state.weights(), state.reach(), round, true);
    }
    List<double[]> points = new ArrayList<>(state.centres());
    double[] weights = Arrays.copyOf(state.weights(), points.size() + drawn.size());
    double bound = drawn.get(drawn.size() - 1).key();
    double sampled = Math.min(1, (double) sample / rows);
    for (Seeds.Seed one : drawn) {
      double weight = isAll ? 1 : weight(bound, KMeansStart.distance(one.point(), state.centres()));
      weights[points.size()] = weight * sampled;
      points.add(one.point());
    }
    KMeansStart.Found found =
        new KMeansStart(points, weights, clusters, seed).from(state.centres());
    boolean isDone = isAll || found.centres().size() == clusters;
    return new Found(found.centres(), found.weights(), found.reach(), round, isDone);
  }

  /** One by the probability that a key is lower than the highest that was drawn. */
  private static double weight(double bound, double share) {
    double rate = Exponential.exp(bound + Logarithm.log(share));
    return rate < 0x1p-20 ? 1 / rate : 1 / (1 - Exponential.exp(-rate));
  }

  @Override
  public boolean isDone(Found state) {
    return state.isDone();
  }

  /** Centres of a sample alone may be too few. */
  @Override
  public boolean mayEnd(Found state) {
    return false;
  }

  @Override
  public OptionalInt mostSupersteps() {
    return OptionalInt.of(2);
  }

  @Override
  public void encodeState(Found state, DataOutput out) throws IOException {
    out.writeInt(state.centres().size());
    for (int c = 0; c < state.centres().size(); c++) {
      for (double value : state.centres().get(c)) {
        out.writeDouble(value);
      }
      out.writeDouble(state.weights()[c]);
    }
    out.writeDouble(state.reach());
    out.writeInt(state.round());
    out.writeBoolean(state.isDone());
  }

  @Override
  public Found decodeState(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > clusters) {
      throw new IOException("%s centres of %s".formatted(count, clusters));
    }
    List<double[]> centres = new ArrayList<>();
    double[] weights = new double[count];
    for (int c = 0; c < count; c++) {
      double[] centre = new double[elements];
      for (int j = 0; j < elements; j++) {
        centre[j] = in.readDouble();
      }
      centres.add(centre);
      weights[c] = in.readDouble();
    }
    return new Found(
        List.copyOf(centres), weights, in.readDouble(), in.readInt(), in.readBoolean());
  }

  /** Draws from block after block. */
  private final class Fold implements BlockFold<Seeds> {
    private final Found state;
    private final FeatureTile tile = new FeatureTile(elements);
    private final RowChain chain = new RowChain(elements, tile.most());
    private final int[] nearest = new int[tile.most()];
    private final double[] distance = new double[tile.most()];
    private final double[] second = new double[tile.most()];
    private final NearestCentre centres;
    private final double mesh;
    private final Seeds block;

    Fold(Found state) {
      this.state = state;
      boolean isFirst = isFirst(state);
      centres = isFirst ? null : new NearestCentre(state.centres().toArray(double[][]::new));
      mesh = mesh(state.round());
      block = new Seeds(isFirst ? sample : far);
    }

    @Override
    public void batch(Batch batch) {
      for (int from = 0; from < batch.selected(); from += tile.most()) {
        int count = tile.fill(batch, 0, from);
        chain.follow(tile.columns, count);
        if (centres == null) {
          drawAny(count);
        } else {
          centres.find(tile.columns, count, nearest, distance, second);
          drawFar(count);
        }
      }
    }

    private void drawAny(int count) {
      for (int i = 0; i < count; i++) {
        double uniform = uniform(i);
        if (uniform <= mesh && uniform <= block.bound()) {
          block.offer(new Seeds.Seed(uniform, tile.row(i)));
        }
      }
    }

    private void drawFar(int count) {
      for (int i = 0; i < count; i++) {
        if (distance[i] > state.reach()) {
          double key = Logarithm.log(-Logarithm.log(uniform(i))) - Logarithm.log(distance[i]);
          if (key <= block.bound()) {
            block.offer(new Seeds.Seed(key, tile.row(i)));
          }
        }
      }
    }

    private double uniform(int row) {
      return CounterRandom.uniform(seed, STREAM + state.round(), chain.id(row));
    }

    @Override
    public void endBlock(Seeds into) {
      into.merge(block);
      block.clear();
      chain.begin();
    }
  }
}
