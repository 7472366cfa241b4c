package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Shifts that change within a block, because weights differ much, are a function of its rows. */
class ClassMomentFoldTest {
  private static final int ELEMENTS = 4;
  private static final int CLASSES = 3;
  private static final Schema SCHEMA =
      Schema.empty()
          .with("x", DataType.vector(ELEMENTS))
          .with("y", DataType.LONG)
          .with("w", DataType.DOUBLE);

  private static <P extends Partial<P>> P fold(LeafKernel<P> kernel, Batch... batches) {
    P sums = kernel.identity();
    BlockFold<P> fold = kernel.open();
    for (Batch batch : batches) {
      fold.batch(batch);
    }
    fold.endBlock(sums);
    return sums;
  }

  private static Object[] view(Batch... batches) {
    ClassMoments moments = fold(new ClassMomentKernel(SCHEMA.names(), CLASSES, ELEMENTS), batches);
    ClassSums sums =
        fold(new ClassSumKernel(SCHEMA.names(), CLASSES, ELEMENTS, Distribution.GAUSSIAN), batches);
    return new Object[] {
      moments.sums.round(),
      moments.labels.rows,
      moments.least,
      moments.greatest,
      sums.sums.round(),
      sums.labels.rows
    };
  }

  /** Weights over 30 powers of ten, so that shifts change in the midst of tiles. */
  private record Block(double[][] x, long[] y, double[] w) {
    static Block random(Random random, int rows) {
      double[][] x = new double[ELEMENTS][rows];
      for (int j = 0; j < ELEMENTS; j++) {
        for (int i = 0; i < rows; i++) {
          x[j][i] = random.nextInt(4) < j ? 0 : random.nextGaussian() + 100 * j;
        }
      }
      Arrays.fill(x[2], 7);
      double[] w = new double[rows];
      Arrays.setAll(w, i -> StrictMath.pow(10, random.nextInt(30) - 25) * random.nextInt(5));
      return new Block(x, random.longs(rows, 0, CLASSES).toArray(), w);
    }

    Batch batch(int from, int to, boolean isSparse) {
      int rows = to - from;
      double[][] cut = new double[ELEMENTS][];
      Arrays.setAll(cut, j -> Arrays.copyOfRange(x[j], from, to));
      ColumnVector features = isSparse ? sparse(cut, rows) : new VectorColumn(rows, cut, null);
      return Batch.of(
          SCHEMA,
          rows,
          features,
          new LongColumn(rows, Arrays.copyOfRange(y, from, to), null),
          new DoubleColumn(rows, Arrays.copyOfRange(w, from, to), null));
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
          if (x[j][i] != 0) {
            indices[at] = j;
            values[at++] = x[j][i];
          }
        }
        ends[i] = at;
      }
      return new SparseVectorColumn(rows, ELEMENTS, starts, ends, indices, values, null);
    }
  }

  @Test
  void aBlockIsAFunctionOfItsRowsInWhateverFormAndPieces() {
    Random random = new Random(3);
    for (int run = 0; run < 40; run++) {
      int rows = 1 + random.nextInt(900);
      Block block = Block.random(random, rows);
      Object[] wanted = view(block.batch(0, rows, false));
      int cut = random.nextInt(rows);
      for (int form = 0; form < 4; form++) {
        Object[] found =
            view(block.batch(0, cut, form % 2 == 1), block.batch(cut, rows, form / 2 == 1));
        assertThat(found).usingRecursiveComparison().isEqualTo(wanted);
      }
    }
  }

  @Test
  void whatIsConstantStaysSo() {
    Block block = Block.random(new Random(5), 500);
    ClassMoments moments =
        fold(new ClassMomentKernel(SCHEMA.names(), CLASSES, ELEMENTS), block.batch(0, 500, false));
    assertThat(moments.least[2]).isEqualTo(moments.greatest[2]).isEqualTo(7);
    assertThat(moments.deviation(2)).isZero();
    assertThat(moments.deviation(1)).isPositive();
  }
}
