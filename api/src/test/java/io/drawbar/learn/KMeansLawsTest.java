package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.iterate.Superstep;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folds of blocks, what blocks remember, and what becomes of it. */
class KMeansLawsTest {
  private static final int ELEMENTS = 3;
  private static final Schema SCHEMA = Schema.empty().with("x", DataType.vector(ELEMENTS));

  /** One slot, which may forget, or remember something else. */
  private static final class Slot implements BlockMemory {
    private final UnaryOperator<Object> recall;
    private Object value;

    Slot(UnaryOperator<Object> recall) {
      this.recall = recall;
    }

    @Override
    public Object take() {
      Object taken = value;
      value = null;
      return taken == null ? null : recall.apply(taken);
    }

    @Override
    public void leave(Object left, long bytes) {
      assertThat(bytes).isPositive();
      value = left;
    }
  }

  static List<List<double[]>> blocks(int count, int places, double spread) {
    List<double[]> rows = KMeansTest.around(places, count * 300, ELEMENTS, spread);
    Random random = new Random(5);
    List<List<double[]>> blocks = new ArrayList<>();
    for (int at = 0; at < rows.size(); ) {
      int to = Math.min(rows.size(), at + 1 + random.nextInt(600));
      blocks.add(rows.subList(at, to));
      at = to;
    }
    return blocks;
  }

  static Batch batch(List<double[]> rows) {
    double[][] columns = new double[ELEMENTS][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < ELEMENTS; j++) {
        columns[j][i] = rows.get(i)[j];
      }
    }
    return Batch.of(SCHEMA, rows.size(), new VectorColumn(rows.size(), columns, null));
  }

  /** Every state of an iteration, as bytes. */
  private static <S, P extends Partial<P>> List<String> states(
      Superstep<S, P> superstep, S start, List<List<double[]>> blocks, UnaryOperator<Object> recall)
      throws IOException {
    List<Slot> slots = blocks.stream().map(block -> new Slot(recall)).toList();
    List<String> states = new ArrayList<>();
    S state = start;
    while (!superstep.isDone(state)) {
      P total = superstep.identity();
      BlockFold<P> fold = superstep.open(state);
      for (int b = 0; b < blocks.size(); b++) {
        fold.beginBlock(slots.get(b));
        fold.batch(batch(blocks.get(b)));
        fold.endBlock(total);
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      superstep.encodeState(superstep.next(state, total), new DataOutputStream(bytes));
      states.add(Arrays.toString(bytes.toByteArray()));
      state =
          superstep.decodeState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
    return states;
  }

  private static Clustering start(List<List<double[]>> blocks, int clusters) {
    double[][] centres = blocks.get(0).subList(0, clusters).toArray(double[][]::new);
    return Clustering.start(centres);
  }

  @ParameterizedTest
  @ValueSource(doubles = {.2, 1, 4})
  void aBlockThatForgetsGivesTheSameBits(double spread) throws IOException {
    int clusters = 9;
    List<List<double[]>> blocks = blocks(20, 9, spread);
    LloydStep step = new LloydStep("x", ELEMENTS, clusters, 0, 60);
    Clustering start = start(blocks, clusters);

    List<String> forgets = states(step, start, blocks, left -> null);
    Random random = new Random(1);
    assertThat(forgets).hasSizeGreaterThan(5);
    assertThat(states(step, start, blocks, left -> left)).isEqualTo(forgets);
    assertThat(states(step, start, blocks, left -> random.nextInt(3) == 0 ? null : left))
        .isEqualTo(forgets);
  }

  /** Planted faults: bounds that hold too much are noticed, so that they are used. */
  @Test
  void wrongBoundsAreNoticed() throws IOException {
    int clusters = 9;
    List<List<double[]>> blocks = blocks(20, 9, 1);
    LloydStep step = new LloydStep("x", ELEMENTS, clusters, 0, 60);
    Clustering start = start(blocks, clusters);
    List<String> right = states(step, start, blocks, left -> null);

    UnaryOperator<Object> lowerTooHigh =
        left -> {
          float[] lower = ((LloydFold.Bounds) left).lower;
          for (int i = 0; i < lower.length; i++) {
            lower[i] *= 1.5f;
          }
          return left;
        };
    assertThat(states(step, start, blocks, lowerTooHigh)).isNotEqualTo(right);
    UnaryOperator<Object> upperTooLow =
        left -> {
          Arrays.fill(((LloydFold.Bounds) left).upper, 0f);
          return left;
        };
    assertThat(states(step, start, blocks, upperTooLow)).isNotEqualTo(right);
  }

  /** What was left by an attempt of the same superstep holds as it is; older is of no use. */
  @Test
  void boundsOfAnotherSuperstepAreNotMistaken() throws IOException {
    int clusters = 5;
    List<List<double[]>> blocks = blocks(4, 5, 1);
    LloydStep step = new LloydStep("x", ELEMENTS, clusters, 0, 60);
    Clustering start = start(blocks, clusters);
    ClusterSums total = step.identity();
    List<Slot> slots = blocks.stream().map(block -> new Slot(left -> left)).toList();
    for (int attempt = 0; attempt < 2; attempt++) {
      total = fold(step, start, blocks, slots);
    }
    Clustering second = step.next(start, total);
    Clustering third = step.next(second, fold(step, second, blocks, null));
    // The slots know the first superstep only.
    ClusterSums found = fold(step, third, blocks, slots);
    assertThat(view(found)).isEqualTo(view(fold(step, third, blocks, null)));
  }

  private static ClusterSums fold(
      LloydStep step, Clustering state, List<List<double[]>> blocks, List<Slot> slots) {
    ClusterSums total = step.identity();
    BlockFold<ClusterSums> fold = step.open(state);
    for (int b = 0; b < blocks.size(); b++) {
      fold.beginBlock(slots == null ? BlockMemory.NONE : slots.get(b));
      fold.batch(batch(blocks.get(b)));
      fold.endBlock(total);
    }
    return total;
  }

  private static SeedSearch search(int clusters, int sample, int far, long rows) {
    return new SeedSearch("x", ELEMENTS, clusters, sample, far, rows, 7);
  }

  private static SeedSearch.Found found(List<double[]> centres, double reach) {
    double[] weights = new double[centres.size()];
    Arrays.fill(weights, 1);
    return new SeedSearch.Found(centres, weights, reach, 1, false);
  }

  private static SeedSearch.Found end(SeedSearch search, List<List<double[]>> blocks) {
    SeedSearch.Found state = SeedSearch.Found.none();
    while (!search.isDone(state)) {
      Seeds total = search.identity();
      BlockFold<Seeds> fold = search.open(state);
      for (List<double[]> block : blocks) {
        fold.beginBlock(BlockMemory.NONE);
        fold.batch(batch(block));
        fold.endBlock(total);
      }
      state = search.next(state, total);
    }
    return state;
  }

  /** Three rows of 6,000, far off, are too few for a sample of 60. */
  @Test
  void fewRowsThatAreFarGetACentre() {
    List<List<double[]>> blocks = new ArrayList<>(blocks(20, 4, .1));
    double[] far = {1e6, -1e6, 0};
    blocks.set(7, List.of(far, blocks.get(7).get(0), far));
    blocks.set(9, List.of(far));
    SeedSearch.Found end = end(search(5, 60, 20, 6000), blocks);
    assertThat(end.centres()).hasSize(5).anyMatch(centre -> Arrays.equals(centre, far));
  }

  /** However often the same block is there, and though its rows have the same random numbers. */
  @Test
  void blocksThatAreAlikeAreEnough() {
    List<double[]> block = KMeansTest.around(3, 2, ELEMENTS, 1);
    List<List<double[]>> blocks = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      blocks.add(block);
    }
    assertThat(end(search(2, 50, 20, 6000), blocks).centres())
        .containsExactlyInAnyOrderElementsOf(block);
    SeedSearch.Found end = end(search(3, 50, 20, 6000), blocks);
    assertThat(end.centres()).hasSize(2);
  }

  /** One row is all that a sample shows; the others are drawn until there are enough. */
  @Test
  void distinctRowsAreFoundThoughTheyAreRare() {
    List<List<double[]>> blocks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<double[]> block = new ArrayList<>(java.util.Collections.nCopies(30, new double[3]));
      block.set(29, i % 40 == 0 ? new double[] {0, 1 + i, 0} : new double[3]);
      blocks.add(block);
    }
    assertThat(end(search(6, 12, 12, 6000), blocks).centres()).hasSize(6);
    assertThat(end(search(6, 12, 2, 6000), blocks).centres()).hasSize(6);
    assertThat(end(search(7, 14, 14, 6000), blocks).centres()).hasSize(6);
  }

  @Test
  void aBlockIsAFunctionOfItsRowsHoweverItIsCutIntoBatches() throws IOException {
    List<double[]> block = KMeansTest.around(4, 1500, ELEMENTS, 1);
    LloydStep step = new LloydStep("x", ELEMENTS, 4, 0, 9);
    Clustering state = Clustering.start(block.subList(0, 4).toArray(double[][]::new));
    SeedSearch search = search(4, 80, 30, 1500);
    SeedSearch.Found found = found(block.subList(0, 4), 1);
    Object wholeSums = view(cut(step.open(state), step.identity(), block, new Random(0), 9999));
    Object wholeSeeds =
        view(cut(search.open(found), search.identity(), block, new Random(0), 9999));
    for (int run = 0; run < 20; run++) {
      Random random = new Random(run);
      assertThat(view(cut(step.open(state), step.identity(), block, random, 1 + run * 40)))
          .isEqualTo(wholeSums);
      assertThat(view(cut(search.open(found), search.identity(), block, random, 1 + run * 40)))
          .isEqualTo(wholeSeeds);
    }
  }

  static <P extends Partial<P>> P cut(
      BlockFold<P> fold, P into, List<double[]> block, Random random, int most) {
    fold.beginBlock(BlockMemory.NONE);
    for (int from = 0; from < block.size(); ) {
      int to = Math.min(block.size(), from + 1 + random.nextInt(most) % block.size());
      fold.batch(batch(most > 9000 ? block : block.subList(from, to)));
      from = most > 9000 ? block.size() : to;
    }
    fold.endBlock(into);
    return into;
  }

  private static List<Object> view(ClusterSums sums) {
    List<Object> view = new ArrayList<>(List.of(sums.cost()));
    for (int c = 0; c < sums.sizes().length; c++) {
      view.add(sums.sizes()[c]);
      for (int j = 0; j < ELEMENTS && sums.sizes()[c] > 0; j++) {
        view.add(sums.mean(c, j));
      }
    }
    return view;
  }

  private static List<Object> view(Seeds seeds) {
    List<Object> view = new ArrayList<>();
    for (Seeds.Seed seed : seeds.seeds()) {
      view.add(seed.key());
      Arrays.stream(seed.point()).forEach(view::add);
    }
    return view;
  }

  /** One superstep from one state. */
  record Once<S, P extends Partial<P>>(Superstep<S, P> superstep, S state)
      implements LeafKernel<P> {
    @Override
    public List<String> columns() {
      return superstep.columns();
    }

    @Override
    public P identity() {
      return superstep.identity();
    }

    @Override
    public BlockFold<P> open() {
      return superstep.open(state);
    }

    @Override
    public P decode(DataInput in) throws IOException {
      return superstep.decode(in);
    }

    P of(List<double[]> block) {
      P partial = identity();
      BlockFold<P> fold = open();
      fold.beginBlock(BlockMemory.NONE);
      fold.batch(batch(block));
      fold.endBlock(partial);
      return partial;
    }
  }

  @Test
  void mergingHasNoOrder() {
    List<List<double[]>> blocks = blocks(15, 6, 1);
    LloydStep step = new LloydStep("x", ELEMENTS, 6, 0, 9);
    Once<Clustering, ClusterSums> sums = new Once<>(step, start(blocks, 6));
    PartialLaws.of(sums, KMeansLawsTest::view).hold(blocks.size(), i -> sums.of(blocks.get(i)));

    // Blocks that share rows, and rows that are there twice.
    SeedSearch search = search(6, 60, 12, 300);
    SeedSearch.Found some = found(blocks.get(0).subList(0, 6), .5);
    for (SeedSearch.Found found : List.of(SeedSearch.Found.none(), some)) {
      Once<SeedSearch.Found, Seeds> seeds = new Once<>(search, found);
      PartialLaws.of(seeds, KMeansLawsTest::view)
          .hold(30, i -> seeds.of(blocks.get(i * 7 % 10).subList(0, 1 + i / 10)));
    }
  }

  /** Ties, points that come again, with other keys and the same, and more than fit. */
  @Test
  void theLowestKeysAreKept() {
    Random random = new Random(3);
    for (int run = 0; run < 200; run++) {
      List<Seeds.Seed> all = new ArrayList<>();
      Seeds seeds = new Seeds(5);
      for (int i = 0; i < 30; i++) {
        double[] point = {random.nextInt(4), random.nextInt(3)};
        Seeds.Seed seed = new Seeds.Seed(random.nextInt(8), point);
        all.add(seed);
        seeds.offer(seed);
      }
      List<String> expected =
          all.stream().sorted().map(KMeansLawsTest::text).distinct().limit(5).toList();
      assertThat(seeds.seeds().stream().map(KMeansLawsTest::text).toList()).isEqualTo(expected);
    }
  }

  private static String text(Seeds.Seed seed) {
    return seed.key() + " " + Arrays.toString(seed.point());
  }

  @Test
  void damagedBytesAreRefused() {
    LloydStep step = new LloydStep("x", ELEMENTS, 6, 0, 9);
    SeedSearch search = search(6, 12, 12, 300);
    byte[] wild = new byte[400];
    Arrays.fill(wild, (byte) 0x7F);
    for (int length : new int[] {0, 3, 60, 400}) {
      assertThatThrownBy(() -> search.decode(input(wild, length))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> search.decodeState(input(wild, length)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> step.decode(input(wild, length))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> step.decodeState(input(wild, length)))
          .isInstanceOf(IOException.class);
    }
  }

  private static DataInputStream input(byte[] bytes, int length) {
    return new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
  }

  /** The share of rows drawn from two places is that of their squared distances. */
  @Test
  void rowsAreDrawnInProportionToSquaredDistances() {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      // Half of them 1 away from the candidate, half 3.
      rows.add(new double[] {i % 2 == 0 ? 1 : 3, 0, 0});
    }
    int near = 0;
    int runs = 2000;
    for (int seed = 0; seed < runs; seed++) {
      SeedSearch search = new SeedSearch("x", ELEMENTS, 1, 1, 1, 1000, seed);
      SeedSearch.Found found = found(List.of(new double[ELEMENTS]), 0);
      Seeds seeds = new Once<>(search, found).of(rows);
      near += seeds.seeds().get(0).point()[0] == 1 ? 1 : 0;
    }
    // A tenth; the standard deviation of the count is 13.4.
    assertThat(near).isBetween(runs / 10 - 54, runs / 10 + 54);
  }
}
