package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step does to rows, held to loops that are plain. */
class NewtonFoldTest {
  private static final int ELEMENTS = 3;
  private static final Schema SCHEMA =
      Schema.empty()
          .with("x", DataType.vector(ELEMENTS))
          .with("y", DataType.LONG)
          .with("w", DataType.DOUBLE);

  private record Block(double[][] x, long[] y, double[] w) {
    static Block random(long seed, int rows, int classes) {
      Random random = new Random(seed);
      double[][] x = new double[ELEMENTS][rows];
      for (double[] column : x) {
        Arrays.setAll(column, i -> random.nextInt(3) == 0 ? 0 : random.nextGaussian());
      }
      long[] y = random.longs(rows, 0, classes).toArray();
      double[] w = random.ints(rows, 0, 3).asDoubleStream().toArray();
      return new Block(x, y, w);
    }

    Batch dense(int from, int to) {
      double[][] cut = new double[ELEMENTS][];
      Arrays.setAll(cut, j -> Arrays.copyOfRange(x[j], from, to));
      return batch(from, to, new VectorColumn(to - from, cut, null));
    }

    private Batch batch(int from, int to, ColumnVector features) {
      return Batch.of(
          SCHEMA,
          to - from,
          features,
          new LongColumn(to - from, Arrays.copyOfRange(y, from, to), null),
          new DoubleColumn(to - from, Arrays.copyOfRange(w, from, to), null));
    }

    Batch sparse() {
      int rows = y.length;
      int[] starts = new int[rows];
      int[] ends = new int[rows];
      int[] indices = new int[rows * ELEMENTS];
      double[] values = new double[rows * ELEMENTS];
      int at = 0;
      for (int i = 0; i < rows; i++) {
        starts[i] = at;
        for (int j = 0; j < ELEMENTS; j++) {
          if (x[j][i] != 0) {
            indices[at] = j;
            values[at++] = x[j][i];
          }
        }
        ends[i] = at;
      }
      return batch(
          0, rows, new SparseVectorColumn(rows, ELEMENTS, starts, ends, indices, values, null));
    }
  }

  private static NewtonKernel kernel(int classes) {
    double[] means = {.5, 0, -2};
    double[] factors = {1, .5, 3};
    int margins = classes == 2 ? 1 : classes;
    Coordinates coordinates = new Coordinates(margins, means, factors, Intercept.FITTED);
    Random random = new Random(classes);
    double[] place = random.doubles(coordinates.size(), -1, 1).toArray();
    double[] step = random.doubles(coordinates.size(), -1, 1).toArray();
    return new NewtonKernel(SCHEMA.names(), classes, coordinates, place, step);
  }

  private static NewtonSums fold(NewtonKernel kernel, Batch... batches) {
    NewtonSums sums = kernel.identity();
    BlockFold<NewtonSums> fold = kernel.open();
    for (Batch batch : batches) {
      fold.batch(batch);
    }
    fold.endBlock(sums);
    return sums;
  }

  private static double[] view(NewtonSums sums) {
    double[] all = Arrays.copyOf(sums.sums.round(), sums.sums.size() + 1);
    all[all.length - 1] = sums.greatest;
    return all;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void mergingHasNoOrderAndBlocksMayBeCut(int classes) {
    NewtonKernel kernel = kernel(classes);
    PartialLaws.of(kernel, NewtonFoldTest::view)
        .hold(
            20,
            i -> {
              Block block = Block.random(i, 1 + 40 * i, classes);
              return fold(kernel, block.dense(0, 1 + 40 * i));
            });
    Block block = Block.random(99, 700, classes);
    double[] whole = view(fold(kernel, block.dense(0, 700)));
    assertThat(view(fold(kernel, block.dense(0, 13), block.dense(13, 700)))).isEqualTo(whole);
    assertThat(view(fold(kernel, block.sparse()))).isEqualTo(whole);
  }

  @Test
  void slopesAndLeadsAreThoseOfPlainLoops() {
    for (int classes : new int[] {2, 4}) {
      NewtonKernel kernel = kernel(classes);
      Block block = Block.random(7, 300, classes);
      NewtonSums found = fold(kernel, block.dense(0, 300));
      int margins = kernel.coordinates().margins();
      double[] sums = new double[margins * (ELEMENTS + 1)];
      double greatest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < 300; i++) {
        double[] end = new double[classes];
        double[] move = new double[classes];
        for (int k = 0; k < margins; k++) {
          int at = classes == 2 ? 1 : k;
          move[at] = margin(kernel, kernel.step(), k, block, i);
          end[at] = margin(kernel, kernel.place(), k, block, i) + move[at];
        }
        double total = Arrays.stream(end).map(StrictMath::exp).sum();
        int own = (int) block.y()[i];
        for (int k = 0; k < margins; k++) {
          int at = classes == 2 ? 1 : k;
          double slope = block.w()[i] * (StrictMath.exp(end[at]) / total - (own == at ? 1 : 0));
          for (int j = 0; j < ELEMENTS; j++) {
            sums[k * ELEMENTS + j] += slope * block.x()[j][i];
          }
          sums[margins * ELEMENTS + k] += slope;
        }
        if (block.w()[i] > 0) {
          greatest = Math.max(greatest, move[own] - Arrays.stream(move).min().orElseThrow());
        }
      }
      assertThat(found.sums.round()).containsExactly(sums, within(1e-10));
      assertThat(found.greatest).isCloseTo(greatest, within(1e-12));
    }
  }

  private static double margin(NewtonKernel kernel, double[] place, int k, Block block, int row) {
    Coordinates coordinates = kernel.coordinates();
    int from = k * coordinates.stride();
    double sum = place[from + ELEMENTS];
    for (int j = 0; j < ELEMENTS; j++) {
      double x = (block.x()[j][row] - coordinates.means()[j]) * coordinates.factors()[j];
      sum += place[from + j] * x;
    }
    return sum;
  }
}
