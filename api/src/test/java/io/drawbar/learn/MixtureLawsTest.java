package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rounds of mixtures, and sums by class: of blocks, in any order, through bytes. */
class MixtureLawsTest {
  private static final int ELEMENTS = 3;
  private static final int COMPONENTS = 4;

  private static MixtureStep step(CovarianceShape shape, long rows, double floor) {
    List<Double> floors = Collections.nCopies(ELEMENTS, floor);
    return new MixtureStep("mixture", "x", ELEMENTS, COMPONENTS, shape, rows, floors, 0, 40);
  }

  private static Mixture start(CovarianceShape shape, List<double[]> rows) {
    double[][] centres = rows.subList(0, COMPONENTS).toArray(double[][]::new);
    return Mixture.start(centres, MixtureStep.covariances(shape, ELEMENTS));
  }

  private static MixtureSums total(MixtureStep step, Mixture state, List<List<double[]>> blocks) {
    MixtureSums total = step.identity();
    BlockFold<MixtureSums> fold = step.open(state);
    for (List<double[]> block : blocks) {
      fold.beginBlock(BlockMemory.NONE);
      fold.batch(KMeansLawsTest.batch(block));
      fold.endBlock(total);
    }
    return total;
  }

  private static List<double[]> all(List<List<double[]>> blocks) {
    return blocks.stream().flatMap(List::stream).toList();
  }

  /** Each round is that of the plain algorithm, and none makes the rows less likely. */
  @ParameterizedTest
  @EnumSource
  void eachRoundIsThePlainOneAndTheLikelihoodGrows(CovarianceShape shape) throws IOException {
    List<List<double[]>> blocks = KMeansLawsTest.blocks(5, 4, 1.5);
    List<double[]> rows = all(blocks);
    MixtureStep step = step(shape, rows.size(), 0);
    Mixture state = start(shape, rows);
    MixtureOracle oracle = new MixtureOracle(rows, shape);
    double before = Double.NEGATIVE_INFINITY;
    while (!step.isDone(state)) {
      boolean isStart = state.phase() == Mixture.Phase.STARTING;
      if (!isStart) {
        double likelihood = oracle.logLikelihood();
        oracle.maximise(oracle.shares());
        double found = total(step, state, blocks).rounded()[length(shape)];
        assertThat(found).isCloseTo(likelihood, within(1e-10 * -likelihood));
        assertThat(found).isGreaterThanOrEqualTo(before - 1e-12 * Math.abs(before));
        before = found;
      }
      state = step.next(state, total(step, state, blocks));
      state = throughBytes(step, state);
      if (isStart) {
        oracle.maximise(nearest(rows));
      }
      if (state.phase() == Mixture.Phase.MIXING) {
        for (int k = 0; k < COMPONENTS; k++) {
          assertThat(state.weights()[k]).isCloseTo(oracle.weights[k], within(1e-11));
          int at = 0;
          for (int i = 0; i < ELEMENTS; i++) {
            assertThat(state.means()[k][i]).isCloseTo(oracle.means[k][i], within(1e-9));
            // Packed: the upper triangle by rows, or the diagonal.
            int end = shape == CovarianceShape.FULL ? ELEMENTS : i + 1;
            for (int j = i; j < end; j++, at++) {
              assertThat(state.covariances()[k][at])
                  .as("covariance of %s and %s in component %s", i, j, k)
                  .isCloseTo(oracle.covariances[k][i][j], within(1e-9));
            }
          }
          assertThat(state.covariances()[k]).hasSize(at);
        }
        oracle.follow(state);
      }
    }
    assertThat(state.superstep()).isEqualTo(42);
    assertThat(step.loss(state).getAsDouble()).isEqualTo(-state.logLikelihood() / rows.size());
  }

  private static int length(CovarianceShape shape) {
    return (int) MixtureSums.length(shape, COMPONENTS, ELEMENTS) - 1;
  }

  private static double[][] nearest(List<double[]> rows) {
    double[][] shares = new double[rows.size()][COMPONENTS];
    for (int i = 0; i < shares.length; i++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int k = 0; k < COMPONENTS; k++) {
        double distance = 0;
        for (int j = 0; j < ELEMENTS; j++) {
          double difference = rows.get(i)[j] - rows.get(k)[j];
          distance += difference * difference;
        }
        best = distance < least ? k : best;
        least = Math.min(least, distance);
      }
      shares[i][best] = 1;
    }
    return shares;
  }

  private static Mixture throughBytes(MixtureStep step, Mixture state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    step.encodeState(state, new DataOutputStream(bytes));
    Mixture decoded =
        step.decodeState(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    step.encodeState(decoded, new DataOutputStream(again));
    assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
    return decoded;
  }

  /** A state in the midst: some rows have shares in all components, some in one. */
  private static Mixture mixing(MixtureStep step, List<List<double[]>> blocks) {
    Mixture state = start(step.shape(), all(blocks));
    for (int round = 0; round < 3; round++) {
      state = step.next(state, total(step, state, blocks));
    }
    assertThat(state.phase()).isEqualTo(Mixture.Phase.MIXING);
    return state;
  }

  @ParameterizedTest
  @EnumSource
  void mergingHasNoOrder(CovarianceShape shape) {
    List<List<double[]>> blocks = KMeansLawsTest.blocks(15, 6, .7);
    MixtureStep step = step(shape, all(blocks).size(), 0);
    for (Mixture state : List.of(start(shape, all(blocks)), mixing(step, blocks))) {
      KMeansLawsTest.Once<Mixture, MixtureSums> once = new KMeansLawsTest.Once<>(step, state);
      PartialLaws.of(once, MixtureSums::rounded).hold(blocks.size(), i -> once.of(blocks.get(i)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlockIsAFunctionOfItsRowsHoweverItIsCutIntoBatches(CovarianceShape shape) {
    List<List<double[]>> blocks = KMeansLawsTest.blocks(5, 6, .3);
    List<double[]> block = all(blocks);
    MixtureStep step = step(shape, block.size(), 0);
    Mixture state = mixing(step, blocks);
    double[] whole =
        KMeansLawsTest.cut(step.open(state), step.identity(), block, new Random(0), 9999).rounded();
    for (int run = 0; run < 20; run++) {
      Random random = new Random(run);
      assertThat(
              KMeansLawsTest.cut(step.open(state), step.identity(), block, random, 1 + run * 40)
                  .rounded())
          .isEqualTo(whole);
    }
  }

  /** Moments about zero would lose what moments about the means keep. */
  @Test
  void farFromZeroDigitsAreKept() {
    List<List<double[]>> near = KMeansLawsTest.blocks(3, 4, 1);
    List<List<double[]>> far = new ArrayList<>();
    for (List<double[]> block : near) {
      List<double[]> moved = new ArrayList<>();
      for (double[] row : block) {
        // 2^-20 is the last place of numbers near 2^32: what is left of a row is exact.
        moved.add(Arrays.stream(row).map(x -> Math.rint(x * 0x1p20) * 0x1p-20 + 0x1p32).toArray());
      }
      far.add(moved);
    }
    List<List<double[]>> rounded = new ArrayList<>();
    for (List<double[]> block : far) {
      rounded.add(
          block.stream().map(row -> Arrays.stream(row).map(x -> x - 0x1p32).toArray()).toList());
    }
    // What moments about zero leave of a variance, and what it is.
    assertThat(rawVariance(all(far))).isNotCloseTo(rawVariance(all(rounded)), within(1.0));
    MixtureStep step = step(CovarianceShape.FULL, all(near).size(), 0);
    Mixture here = mixing(step, rounded);
    Mixture there = mixing(step, far);
    for (int k = 0; k < COMPONENTS; k++) {
      for (int n = 0; n < here.covariances()[k].length; n++) {
        // Means near 2^32 have 2^-21 as their last place.
        assertThat(there.covariances()[k][n]).isCloseTo(here.covariances()[k][n], within(1e-5));
      }
    }
  }

  private static double rawVariance(List<double[]> rows) {
    double sum = 0;
    double squares = 0;
    for (double[] row : rows) {
      sum += row[0];
      squares += row[0] * row[0];
    }
    return squares / rows.size() - sum / rows.size() * (sum / rows.size());
  }

  /** A component whose mean no row is near is left without rows: it stays, and has no weight. */
  @Test
  void aComponentThatLosesAllRowsStays() {
    List<List<double[]>> blocks = KMeansLawsTest.blocks(2, 3, .5);
    List<double[]> rows = all(blocks);
    double[][] centres = rows.subList(0, COMPONENTS).toArray(double[][]::new);
    centres[2] = new double[] {1e6, 1e6, 1e6};
    for (CovarianceShape shape : CovarianceShape.values()) {
      MixtureStep step = step(shape, rows.size(), 1e-6);
      Mixture state = Mixture.start(centres, MixtureStep.covariances(shape, ELEMENTS));
      while (!step.isDone(state)) {
        state = step.next(state, total(step, state, blocks));
      }
      assertThat(state.phase()).isEqualTo(Mixture.Phase.DONE);
      assertThat(state.weights()[2]).isZero();
      assertThat(state.means()[2]).containsExactly(1e6, 1e6, 1e6);
      assertThat(state.logLikelihood()).isFinite();
    }
  }

  @Test
  void damagedBytesAreRefused() {
    MixtureStep step = step(CovarianceShape.FULL, 9, 0);
    ClassSumKernel kernel =
        new ClassSumKernel(List.of("x", "y"), 2, ELEMENTS, Distribution.GAUSSIAN);
    byte[] wild = new byte[2000];
    Arrays.fill(wild, (byte) 0x7F);
    for (int length : new int[] {0, 3, 60, 2000}) {
      assertThatThrownBy(() -> step.decode(input(wild, length))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> step.decodeState(input(wild, length)))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> kernel.decode(input(wild, length))).isInstanceOf(IOException.class);
    }
  }

  private static DataInputStream input(byte[] bytes, int length) {
    return new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
  }

  private static final Schema LABELLED =
      Schema.empty()
          .with("x", DataType.vector(2))
          .with("y", DataType.LONG)
          .with("w", DataType.DOUBLE);

  /** Rows of very different sizes, of which some cannot be used. */
  private static Batch labelled(int seed, int from, int to) {
    Random random = new Random(seed);
    int rows = to - from;
    double[][] x = new double[2][rows];
    long[] y = new long[rows];
    double[] w = new double[rows];
    for (int i = 0; i < to; i++) {
      double a = random.nextInt(4) == 0 ? 0 : Math.scalb(random.nextGaussian(), random.nextInt(40));
      double b = random.nextInt(50) == 0 ? Double.NaN : random.nextInt(3);
      long label = random.nextInt(30) == 0 ? 7 : random.nextInt(3);
      double weight = random.nextInt(30) == 0 ? -1 : random.nextDouble();
      if (i >= from) {
        x[0][i - from] = a;
        x[1][i - from] = b;
        y[i - from] = label;
        w[i - from] = weight;
      }
    }
    return Batch.of(
        LABELLED,
        rows,
        new VectorColumn(rows, x, null),
        new LongColumn(rows, y, null),
        new DoubleColumn(rows, w, null));
  }

  private static Object view(ClassSums sums) {
    LabelSurvey labels = sums.labels;
    return new Object[] {
      sums.sums.round(),
      labels.rows,
      labels.defects.notNumbers,
      labels.strangers,
      labels.leastStranger,
      labels.greatestStranger,
      labels.badWeights,
      sums.refused.count(),
      sums.refused.count() > 0 ? sums.refused.element() : -1,
      sums.refused.least(),
      sums.refused.greatest()
    };
  }

  @ParameterizedTest
  @EnumSource
  void sumsByClassHaveNoOrder(Distribution distribution) {
    ClassSumKernel kernel = new ClassSumKernel(List.of("x", "y", "w"), 3, 2, distribution);
    PartialLaws.of(kernel, MixtureLawsTest::view)
        .hold(20, i -> sums(kernel, labelled(i, 0, 1 + 40 * i)));
    Object whole = view(sums(kernel, labelled(3, 0, 900)));
    for (int cut : new int[] {1, 8, 256, 300, 899}) {
      ClassSums found = sums(kernel, labelled(3, 0, cut), labelled(3, cut, 900));
      assertThat(view(found)).usingRecursiveComparison().isEqualTo(whole);
    }
  }

  /** A block in batches, after another one, of which nothing must be left. */
  private static ClassSums sums(ClassSumKernel kernel, Batch... batches) {
    BlockFold<ClassSums> fold = kernel.open();
    fold.batch(labelled(99, 0, 50));
    fold.endBlock(kernel.identity());
    for (Batch batch : batches) {
      fold.batch(batch);
    }
    ClassSums sums = kernel.identity();
    fold.endBlock(sums);
    return sums;
  }
}
