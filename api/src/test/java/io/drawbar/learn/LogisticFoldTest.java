package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.BlockMemory;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.learn.Descent.Ending;
import io.drawbar.learn.Descent.Look;
import io.drawbar.math.CounterRandom;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a block comes to, in whatever form and pieces it is folded, and how that is merged. */
class LogisticFoldTest {
  private static final int ELEMENTS = 11;
  private static final Schema SCHEMA =
      Schema.empty()
          .with("x", DataType.vector(ELEMENTS))
          .with("y", DataType.LONG)
          .with("w", DataType.DOUBLE);

  /** Rows of which some are not selected. */
  private record Block(double[][] x, long[] labels, double[] weights, boolean[] selected) {
    static Block random(Random random, int rows, int classes) {
      double[][] x = new double[ELEMENTS][rows];
      for (int j = 0; j < ELEMENTS; j++) {
        for (int i = 0; i < rows; i++) {
          boolean isZero = j > 3 && random.nextInt(3) > 0;
          x[j][i] = isZero ? (j % 2 == 0 ? 0.0 : -0.0) : random.nextGaussian() + (j == 1 ? 1e6 : j);
        }
      }
      boolean[] selected = new boolean[rows];
      double[] weights = new double[rows];
      for (int i = 0; i < rows; i++) {
        selected[i] = random.nextInt(5) > 0;
        weights[i] = random.nextInt(7) == 0 ? 0 : random.nextDouble();
      }
      return new Block(x, random.longs(rows, 0, classes).toArray(), weights, selected);
    }

    int rows() {
      return labels.length;
    }

    /** One of each run of so many selected rows. */
    Block sample(int stride) {
      int[] rows = IntStream.range(0, rows()).filter(i -> selected[i]).toArray();
      int[] some =
          IntStream.range(0, rows.length)
              .filter(n -> (CounterRandom.mix(n / stride + 1) & stride - 1) == n % stride)
              .map(n -> rows[n])
              .filter(i -> weights[i] > 0)
              .toArray();
      boolean[] all = new boolean[some.length];
      Arrays.fill(all, true);
      double[][] features = new double[ELEMENTS][];
      Arrays.setAll(features, j -> Arrays.stream(some).mapToDouble(i -> x[j][i]).toArray());
      return new Block(
          features,
          Arrays.stream(some).mapToLong(i -> labels[i]).toArray(),
          Arrays.stream(some).mapToDouble(i -> weights[i]).toArray(),
          all);
    }

    /** Some rows, selected or packed, dense or sparse, with weights or without. */
    Batch batch(int from, int to, boolean isPacked, boolean isSparse, boolean isWeighted) {
      int[] rows = new int[to - from];
      int count = 0;
      for (int i = from; i < to; i++) {
        if (selected[i]) {
          rows[count++] = i;
        }
      }
      int[] held = new int[isPacked ? count : to - from];
      for (int i = 0; i < held.length; i++) {
        held[i] = isPacked ? rows[i] : from + i;
      }
      double[][] some = new double[ELEMENTS][held.length];
      long[] y = new long[held.length];
      double[] w = new double[held.length];
      for (int i = 0; i < held.length; i++) {
        for (int j = 0; j < ELEMENTS; j++) {
          some[j][i] = x[j][held[i]];
        }
        y[i] = labels[held[i]];
        w[i] = weights[held[i]];
      }
      ColumnVector vectors = new VectorColumn(held.length, some, null);
      ColumnVector features = isSparse ? sparse(some, held.length) : vectors;
      LongColumn label = new LongColumn(held.length, y, null);
      Batch batch =
          isWeighted
              ? Batch.of(
                  SCHEMA, held.length, features, label, new DoubleColumn(held.length, w, null))
              : Batch.of(new Schema(SCHEMA.fields().subList(0, 2)), held.length, features, label);
      if (isPacked) {
        return batch;
      }
      for (int n = 0; n < count; n++) {
        rows[n] -= from;
      }
      return batch.select(rows, count);
    }
  }

  private static SparseVectorColumn sparse(double[][] x, int rows) {
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    int[] indices = new int[rows * ELEMENTS];
    double[] values = new double[rows * ELEMENTS];
    int at = 0;
    for (int i = 0; i < rows; i++) {
      starts[i] = at;
      for (int j = 0; j < ELEMENTS; j++) {
        // Some zeros are stored.
        if (x[j][i] != 0 || (i + j) % 7 == 0) {
          indices[at] = j;
          values[at++] = x[j][i];
        }
      }
      ends[i] = at;
    }
    return new SparseVectorColumn(rows, ELEMENTS, starts, ends, indices, values, null);
  }

  private static Coordinates coordinates(int classes) {
    double[] means = new double[ELEMENTS];
    double[] factors = new double[ELEMENTS];
    Arrays.fill(factors, .7);
    means[1] = 1e6;
    return new Coordinates(classes == 2 ? 1 : classes, means, factors, Intercept.FITTED);
  }

  private static Descent state(int classes, int step, double[] trials) {
    Random random = new Random(step);
    int size = coordinates(classes).size();
    double[] base = random.doubles(size, -.5, .5).toArray();
    double[] candidate = random.doubles(size, -.5, .5).toArray();
    return new Descent(
        Ending.NONE,
        step,
        step,
        base,
        1,
        base,
        1,
        candidate,
        trials,
        0,
        List.of(),
        List.of(),
        List.of(),
        Look.LOSS_AND_CURVATURE,
        new double[0],
        new double[0]);
  }

  private record Kernel(int classes, double[] trials) implements LeafKernel<LogisticSums> {
    private static final long serialVersionUID = 1;

    @Override
    public List<String> columns() {
      return SCHEMA.names();
    }

    @Override
    public LogisticSums identity() {
      return new LogisticSums(LogisticStep.mostSums(coordinates(classes)));
    }

    @Override
    public BlockFold<LogisticSums> open() {
      return new LogisticFold(coordinates(classes), classes, 4, state(classes, 3, trials));
    }

    @Override
    public LogisticSums decode(DataInput in) throws IOException {
      Coordinates coordinates = coordinates(classes);
      return LogisticSums.decode(
          in, LogisticStep.mostSums(coordinates), LogisticStep.curvatureSums(coordinates));
    }
  }

  private static Object[] view(LogisticSums sums) {
    double[] curvature = sums.curvature == null ? null : sums.curvature.round();
    return new Object[] {sums.sums.round(), sums.least, curvature};
  }

  private static LogisticSums folded(Kernel kernel, Batch... batches) {
    LogisticSums sums = kernel.identity();
    BlockFold<LogisticSums> fold = kernel.open();
    for (Batch batch : batches) {
      fold.batch(batch);
    }
    fold.endBlock(sums);
    return sums;
  }

  private static ClassMoments moments(int classes, Batch... batches) {
    ClassMomentKernel kernel = new ClassMomentKernel(SCHEMA.names(), classes, ELEMENTS);
    ClassMoments moments = kernel.identity();
    BlockFold<ClassMoments> fold = kernel.open();
    for (Batch batch : batches) {
      fold.batch(batch);
    }
    fold.endBlock(moments);
    return moments;
  }

  /** Of all elements but one, at the candidate of a state. */
  private static InformationKernel information(int classes) {
    int[] varying = IntStream.range(0, ELEMENTS).filter(j -> j != 3).toArray();
    double[] place = state(classes, 3, new double[0]).candidate();
    return new InformationKernel(SCHEMA.names(), classes, coordinates(classes), varying, place);
  }

  private static InformationSums informed(int classes, Batch... batches) {
    InformationKernel kernel = information(classes);
    InformationSums sums = kernel.identity();
    BlockFold<InformationSums> fold = kernel.open();
    for (Batch batch : batches) {
      fold.batch(batch);
    }
    fold.endBlock(sums);
    return sums;
  }

  private static Object[] view(InformationSums sums) {
    return new Object[] {sums.sums().round()};
  }

  private static Object[] view(ClassMoments moments) {
    return new Object[] {
      moments.sums.round(),
      moments.labels.rows,
      moments.least,
      moments.greatest,
      moments.labels.strangers
    };
  }

  @Test
  void aBlockIsAFunctionOfItsRowsInWhateverFormAndPieces() {
    Random random = new Random(5);
    for (int run = 0; run < 60; run++) {
      int classes = 2 + run % 3;
      boolean isWeighted = run % 2 == 0;
      Block block = Block.random(random, 1 + random.nextInt(run % 10 == 0 ? 9000 : 700), classes);
      Kernel kernel = new Kernel(classes, new double[] {.25, .5});
      Batch whole = block.batch(0, block.rows(), true, false, isWeighted);
      Object[] wanted = view(folded(kernel, whole));
      Object[] wantedMoments = view(moments(classes, whole));
      Object[] wantedInformation = view(informed(classes, whole));
      for (int form = 0; form < 3; form++) {
        Batch[] pieces = new Batch[1 + random.nextInt(4)];
        int from = 0;
        for (int p = 0; p < pieces.length; p++) {
          boolean isLast = p == pieces.length - 1;
          int to = isLast ? block.rows() : from + random.nextInt(block.rows() - from + 1);
          boolean isSparse = form > 0 && (form == 1 || random.nextBoolean());
          pieces[p] = block.batch(from, to, random.nextBoolean(), isSparse, isWeighted);
          from = to;
        }
        assertThat(view(folded(kernel, pieces))).usingRecursiveComparison().isEqualTo(wanted);
        Object[] found = view(moments(classes, pieces));
        assertThat(found).usingRecursiveComparison().isEqualTo(wantedMoments);
        Object[] informed = view(informed(classes, pieces));
        assertThat(informed).usingRecursiveComparison().isEqualTo(wantedInformation);
      }
    }
  }

  /** A memory that can be emptied. */
  private static final class Slot implements BlockMemory {
    private Object value;

    @Override
    public Object take() {
      Object taken = value;
      value = null;
      return taken;
    }

    @Override
    public void leave(Object left, long bytes) {
      value = left;
    }
  }

  @Test
  void whatIsRememberedIsWhatWouldBeComputed() {
    Random random = new Random(6);
    int classes = 3;
    Block block = Block.random(random, 300, classes);
    Batch batch = block.batch(0, 300, true, false, true);
    Descent first = state(classes, 1, new double[0]);
    double[] third = state(classes, 9, new double[0]).candidate();
    Descent taken =
        new Descent(
            Ending.NONE,
            2,
            2,
            first.candidate(),
            1,
            third,
            1,
            third,
            new double[] {.25},
            0,
            List.of(),
            List.of(),
            List.of(),
            Look.LOSS,
            new double[0],
            new double[0]);
    Descent rejected =
        new Descent(
            Ending.NONE,
            2,
            1,
            first.base(),
            1,
            third,
            1,
            third,
            new double[] {.25},
            1,
            List.of(),
            List.of(),
            List.of(),
            Look.LOSS,
            new double[0],
            new double[0]);
    for (Descent second : List.of(taken, rejected)) {
      Slot slot = new Slot();
      fold(first, batch, slot);
      assertThat(slot.value).isNotNull();
      Object[] remembered = fold(second, batch, slot);
      assertThat(remembered).usingRecursiveComparison().isEqualTo(fold(second, batch, new Slot()));
    }
  }

  private static Object[] fold(Descent state, Batch batch, BlockMemory memory) {
    LogisticFold fold = new LogisticFold(coordinates(3), 3, 1, state);
    LogisticSums sums = new LogisticSums(LogisticStep.mostSums(coordinates(3)));
    fold.beginBlock(memory);
    fold.batch(batch);
    fold.endBlock(sums);
    return view(sums);
  }

  @Test
  void partialsKeepTheirLaw() {
    Kernel kernel = new Kernel(3, new double[] {.25});
    PartialLaws.of(kernel, LogisticFoldTest::view)
        .hold(
            40,
            i -> {
              Block block = Block.random(new Random(i), 1 + i, 3);
              return folded(kernel, block.batch(0, block.rows(), false, i % 2 == 0, true));
            });
    ClassMomentKernel moments = new ClassMomentKernel(SCHEMA.names(), 3, ELEMENTS);
    PartialLaws.of(moments, LogisticFoldTest::view)
        .hold(
            40,
            i -> {
              Block block = Block.random(new Random(i), 1 + i, 4);
              return moments(3, block.batch(0, block.rows(), true, i % 2 == 0, true));
            });
    PartialLaws.of(information(3), LogisticFoldTest::view)
        .hold(
            40,
            i -> {
              Block block = Block.random(new Random(i), 1 + i, 3);
              return informed(3, block.batch(0, block.rows(), true, i % 2 == 0, true));
            });
  }

  @Test
  void theGradientIsThatOfTheLoss() {
    Random random = new Random(4);
    for (int classes = 2; classes < 5; classes++) {
      Block block = Block.random(random, 200, classes);
      Batch batch = block.batch(0, 200, true, false, true);
      Coordinates coordinates = coordinates(classes);
      Descent state = state(classes, 3, new double[0]);
      Kernel kernel = new Kernel(classes, new double[0]);
      double[] sums = folded(kernel, batch).sums.round();
      double[] gradient = coordinates.gradient(sums, 1);
      for (int i = 0; i < coordinates.size(); i++) {
        double up = loss(coordinates, classes, state.candidate(), i, 1e-4, batch);
        double down = loss(coordinates, classes, state.candidate(), i, -1e-4, batch);
        double wanted = (up - down) / 2e-4;
        assertThat(gradient[i]).isCloseTo(wanted, within(1e-5 * (1 + Math.abs(wanted))));
      }
    }
  }

  /** Also of the rows of a sample alone, and of all. */
  @Test
  void theCurvatureIsThatOfTheSlopes() {
    Random random = new Random(4);
    for (int classes = 2; classes < 5; classes++) {
      for (int stride : new int[] {1, 4}) {
        Block block = Block.random(random, 120, classes);
        Coordinates coordinates = coordinates(classes);
        Descent state = state(classes, 3, new double[0]);
        LogisticFold fold = new LogisticFold(coordinates, classes, stride, state);
        LogisticSums sums = new LogisticSums(LogisticStep.mostSums(coordinates));
        fold.batch(block.batch(0, 70, true, false, true));
        fold.batch(block.batch(70, 120, false, true, true));
        fold.endBlock(sums);
        LogisticStep step = step(coordinates, classes, stride);
        double[] measured = step.curvature(sums);
        Block sample = block.sample(stride);
        Batch some = sample.batch(0, sample.rows(), true, false, true);
        double weight = Arrays.stream(sample.weights()).sum();
        int size = coordinates.size();
        for (int i = 0, at = 0; i < size; i++) {
          double[] up = slopes(coordinates, classes, state.candidate(), i, 1e-4, some);
          double[] down = slopes(coordinates, classes, state.candidate(), i, -1e-4, some);
          for (int j = i; j < size; j++, at++) {
            double wanted = (up[j] - down[j]) / 2e-4 / weight;
            assertThat(measured[at]).isCloseTo(wanted, within(1e-5 * (1 + Math.abs(wanted))));
          }
        }
      }
    }
  }

  private static LogisticStep step(Coordinates coordinates, int classes, int stride) {
    double[] none = new double[coordinates.size()];
    QuasiNewton descent = new QuasiNewton(new Penalty(none, none), none, 1e-6, true);
    return new LogisticStep("test", SCHEMA.names(), classes, coordinates, descent, 1, 100, stride);
  }

  private static double[] slopes(
      Coordinates coordinates, int classes, double[] place, int i, double move, Batch batch) {
    LogisticSums sums = moved(coordinates, classes, place, i, move, batch);
    return coordinates.gradient(sums.sums.round(), 1);
  }

  private static double loss(
      Coordinates coordinates, int classes, double[] place, int i, double move, Batch batch) {
    return moved(coordinates, classes, place, i, move, batch).sums.round(coordinates.size());
  }

  private static LogisticSums moved(
      Coordinates coordinates, int classes, double[] place, int i, double move, Batch batch) {
    double[] moved = place.clone();
    moved[i] += move;
    Descent state =
        new Descent(
            Ending.NONE,
            1,
            1,
            place,
            1,
            place,
            1,
            moved,
            new double[0],
            0,
            List.of(),
            List.of(),
            List.of(),
            Look.LOSS,
            new double[0],
            new double[0]);
    LogisticFold fold = new LogisticFold(coordinates, classes, 1, state);
    LogisticSums sums = new LogisticSums(LogisticStep.mostSums(coordinates));
    fold.batch(batch);
    fold.endBlock(sums);
    return sums;
  }

  @Test
  void aStateComesBackFromItsBytes() throws IOException {
    Descent state = state(2, 4, new double[] {.25});
    double[] move = state.base();
    double[] packed = new Random(3).doubles(Curvature.packedLength(move.length)).toArray();
    Descent full =
        new Descent(
            Ending.STALLED,
            4,
            2,
            move,
            3,
            move,
            .1,
            move,
            new double[] {.5},
            2,
            List.of(move, state.candidate()),
            List.of(state.candidate(), move),
            List.of(.7, .5, .25),
            Look.CURVATURE,
            packed,
            move);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    full.encode(new DataOutputStream(bytes));
    Descent decoded = decode(bytes.toByteArray());
    assertThat(decoded).usingRecursiveComparison().isEqualTo(full);
    byte[] wrong = bytes.toByteArray();
    wrong[0] = 9;
    assertThatThrownBy(() -> decode(wrong)).isInstanceOf(IOException.class);
    byte[] many = bytes.toByteArray();
    many[29 + 3 * 8 * coordinates(2).size()] = 1;
    assertThatThrownBy(() -> decode(many)).isInstanceOf(IOException.class);
  }

  private static Descent decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    return Descent.decode(in, coordinates(2).size());
  }

  @Test
  void momentsAreThoseOfTheRowsAlsoFarFromZero() {
    Random random = new Random(12);
    Block block = Block.random(random, 3000, 2);
    ClassMoments moments = moments(2, block.batch(0, 3000, true, true, false));
    for (int j = 0; j < ELEMENTS; j++) {
      double mean = 0;
      double spread = 0;
      int count = 0;
      for (int pass = 0; pass < 2; pass++) {
        count = 0;
        for (int i = 0; i < 3000; i++) {
          if (block.selected()[i]) {
            double x = block.x()[j][i];
            count++;
            mean += pass == 0 ? x : 0;
            spread += pass == 0 ? 0 : (x - mean) * (x - mean);
          }
        }
        mean = pass == 0 ? mean / count : mean;
      }
      double deviation = Math.sqrt(spread / count);
      assertThat(moments.mean(j)).isCloseTo(mean, within(1e-14 * (1 + Math.abs(mean))));
      assertThat(moments.deviation(j)).isCloseTo(deviation, within(1e-9 * deviation));
    }
  }
}
