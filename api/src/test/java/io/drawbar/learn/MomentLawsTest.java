package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.column.Batch;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What makes the model independent of the engine: the fold of a block, and the exact merge. */
class MomentLawsTest {
  private static final int ELEMENTS = 4;
  private static final MomentKernel KERNEL = new MomentKernel("x", "y", ELEMENTS);
  private static final Schema SCHEMA =
      Schema.empty().with("x", DataType.vector(ELEMENTS)).with("y", DataType.DOUBLE);

  /** Rows, some of them not selected, null, NaN or infinite. */
  private record Block(double[][] columns, boolean[] noX, boolean[] noY, boolean[] selected) {
    static Block random(Random random, int rows, boolean clean) {
      double[][] columns = new double[ELEMENTS + 1][rows];
      boolean[][] flags = new boolean[3][rows];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j <= ELEMENTS; j++) {
          columns[j][i] = Math.scalb(random.nextGaussian(), 3 * j) + 1000.0 / (j + 1);
          if (!clean && random.nextInt(40) == 0) {
            columns[j][i] = random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY;
          }
        }
        flags[0][i] = !clean && random.nextInt(20) == 0;
        flags[1][i] = !clean && random.nextInt(20) == 0;
        flags[2][i] = clean || random.nextInt(5) > 0;
      }
      return new Block(columns, flags[0], flags[1], flags[2]);
    }

    int rows() {
      return noX.length;
    }

    Batch batch(int from, int to) {
      double[][] x = new double[ELEMENTS][];
      for (int j = 0; j < ELEMENTS; j++) {
        x[j] = Arrays.copyOfRange(columns[j], from, to);
      }
      int[] selection = new int[to - from];
      int count = 0;
      for (int i = from; i < to; i++) {
        if (selected[i]) {
          selection[count++] = i - from;
        }
      }
      Batch batch =
          Batch.of(
              SCHEMA,
              to - from,
              new VectorColumn(to - from, x, Arrays.copyOfRange(noX, from, to)),
              new DoubleColumn(
                  to - from,
                  Arrays.copyOfRange(columns[ELEMENTS], from, to),
                  Arrays.copyOfRange(noY, from, to)));
      return count == to - from ? batch : batch.select(selection, count);
    }
  }

  private static Moments fold(Block block) {
    Moments moments = KERNEL.identity();
    BlockFold<Moments> fold = KERNEL.open();
    fold.batch(block.batch(0, block.rows()));
    fold.endBlock(moments);
    return moments;
  }

  private static List<Block> blocks(int count, boolean clean) {
    Random random = new Random(99);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(Block.random(random, random.nextInt(60), clean));
    }
    return blocks;
  }

  private static void assertSame(Moments found, Moments expected) {
    double[] rounded = expected.rounded();
    assertThat(found.rounded()).containsExactly(rounded);
    assertThat(found.rest(rounded)).containsExactly(expected.rest(rounded));
    Defects defects = expected.defects();
    assertThat(found.defects()).usingRecursiveComparison().isEqualTo(defects);
  }

  @Test
  void aBlockIsAFunctionOfItsRowsHoweverItIsCutIntoBatches() {
    Random random = new Random(7);
    for (int run = 0; run < 60; run++) {
      Block block = Block.random(random, random.nextInt(1500), run % 2 == 0);
      Moments whole = fold(block);
      Moments cut = KERNEL.identity();
      BlockFold<Moments> fold = KERNEL.open();
      for (int from = 0; from < block.rows(); ) {
        int to = Math.min(block.rows(), from + random.nextInt(run % 3 == 0 ? 5 : 700));
        fold.batch(block.batch(from, to));
        from = to;
      }
      fold.endBlock(cut);
      assertSame(cut, whole);
    }
  }

  @Test
  void rowsThatDoNotCountLeaveNoTrace() {
    Block block = Block.random(new Random(8), 800, false);
    BlockFold<Moments> fold = KERNEL.open();
    Moments found = KERNEL.identity();
    fold.batch(block.batch(0, block.rows()));
    fold.endBlock(found);

    Moments expected = KERNEL.identity();
    BlockFold<Moments> clean = KERNEL.open();
    long nulls = 0;
    for (int i = 0; i < block.rows(); i++) {
      boolean finite = true;
      for (double[] column : block.columns()) {
        finite &= Double.isFinite(column[i]);
      }
      if (block.selected()[i] && finite && !block.noX()[i] && !block.noY()[i]) {
        clean.batch(block.batch(i, i + 1));
      }
      nulls += block.selected()[i] && block.noX()[i] ? 1 : 0;
    }
    clean.endBlock(expected);
    assertThat(found.rounded()).containsExactly(expected.rounded());
    assertThat(found.defects().nullFeatures).isEqualTo(nulls).isPositive();
    assertThat(found.defects().notNumbers[2]).isPositive();
    assertThat(found.defects().infinities[ELEMENTS]).isPositive();
  }

  @Test
  void aFoldStartsAfreshAfterEachBlock() {
    List<Block> blocks = blocks(20, false);
    BlockFold<Moments> fold = KERNEL.open();
    Moments together = KERNEL.identity();
    Moments apart = KERNEL.identity();
    for (Block block : blocks) {
      fold.batch(block.batch(0, block.rows()));
      fold.endBlock(together);
      fold.endBlock(together);
      apart.merge(fold(block));
    }
    assertSame(together, apart);
  }

  @Test
  void mergingHasNoOrder() {
    List<Block> blocks = blocks(60, false);
    PartialLaws.of(KERNEL, MomentLawsTest::view).hold(60, i -> fold(blocks.get(i)));
  }

  @Test
  void mergingHasNoOrderWhateverTheMagnitudes() {
    Random random = new Random(12);
    List<Block> blocks = blocks(40, true);
    for (Block block : blocks) {
      for (double[] column : block.columns()) {
        // Up to beyond where squares overflow, and below where they underflow.
        int exponent = random.nextInt(1200) - 650;
        for (int i = 0; i < column.length; i++) {
          column[i] = Math.scalb(column[i], exponent);
        }
      }
    }
    PartialLaws.of(KERNEL, MomentLawsTest::view).hold(40, i -> fold(blocks.get(i)));
  }

  private static Object view(Moments moments) {
    double[] rounded = moments.rounded();
    Defects defects = moments.defects();
    long[] counts = {defects.rows, defects.nullFeatures, defects.nullLabels};
    return new Object[] {
      rounded, moments.rest(rounded), counts, defects.notNumbers, defects.infinities
    };
  }

  /** Planted fault: the same partials, added up in doubles. */
  @Test
  void aPlainFloatingMergeHasAnOrder() {
    Random random = new Random(2);
    List<double[]> partials = new ArrayList<>();
    blocks(200, true).forEach(block -> partials.add(fold(block).rounded()));
    Set<Double> results = new HashSet<>();
    for (int run = 0; run < 20; run++) {
      Collections.shuffle(partials, random);
      double sum = 0;
      for (double[] partial : partials) {
        sum += partial[1];
      }
      results.add(sum);
    }
    assertThat(results).hasSizeGreaterThan(1);
  }

  @Test
  void centredMomentsAreThoseOfExactArithmetic() {
    for (int rows : new int[] {1, 3, 50, 64, 65, 150}) {
      Random random = new Random(rows);
      Moments moments = KERNEL.identity();
      List<Block> blocks = new ArrayList<>();
      for (int i = 0; i < 300 / rows; i++) {
        blocks.add(Block.random(random, rows, true));
        moments.merge(fold(blocks.get(i)));
      }
      GramMatrix matrix = GramMatrix.centred(moments);
      for (int i = 0; i <= ELEMENTS; i++) {
        double unit = matrix.at(i, i);
        for (int j = i; j <= ELEMENTS; j++) {
          double exact = centred(blocks, i, j);
          double scale = Math.sqrt(unit * matrix.at(j, j));
          assertThat(matrix.at(i, j)).isCloseTo(exact, within(scale * 2e-15));
        }
      }
    }
  }

  /** With the first row as the shift of all rows, this would leave 11 digits. */
  @Test
  void anOutlierAsFirstRowCostsLittle() {
    Block block = Block.random(new Random(6), 4096, true);
    for (int j = 0; j <= ELEMENTS; j++) {
      block.columns()[j][0] = -1e7 * (j + 1);
    }
    GramMatrix matrix = GramMatrix.centred(fold(block));
    for (int j = 0; j <= ELEMENTS; j++) {
      assertThat(Longley.digits(matrix.at(j, j), centred(List.of(block), j, j))).isGreaterThan(13);
    }
  }

  private static double centred(List<Block> blocks, int i, int j) {
    BigDecimal rows = BigDecimal.ZERO;
    BigDecimal first = BigDecimal.ZERO;
    BigDecimal second = BigDecimal.ZERO;
    BigDecimal product = BigDecimal.ZERO;
    for (Block block : blocks) {
      for (int row = 0; row < block.rows(); row++) {
        BigDecimal a = new BigDecimal(block.columns()[i][row]);
        BigDecimal b = new BigDecimal(block.columns()[j][row]);
        rows = rows.add(BigDecimal.ONE);
        first = first.add(a);
        second = second.add(b);
        product = product.add(a.multiply(b));
      }
    }
    return product
        .subtract(first.multiply(second).divide(rows, new MathContext(100)))
        .doubleValue();
  }

  @Test
  void damagedBytesAreRefusedOrReadAsAPartial() throws IOException {
    Moments moments = KERNEL.identity();
    blocks(30, false).forEach(block -> moments.merge(fold(block)));
    byte[] bytes = encode(moments);
    assertSame(decode(bytes), moments);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(IOException.class);
    }
    Random random = new Random(4);
    for (int run = 0; run < 5000; run++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        decode(changed).merge(moments);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
    assertThatThrownBy(() -> new MomentKernel("x", "y", 9).decode(input(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("5 columns found, 10 expected");
  }

  private static byte[] encode(Moments moments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    moments.encode(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Moments decode(byte[] bytes) throws IOException {
    return KERNEL.decode(input(bytes));
  }

  private static DataInputStream input(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
