package io.drawbar.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A sparse column holds the values of a dense one, whatever is done with it. */
class SparseVectorColumnTest {
  private static final double[] SOME = {0.0, -0.0, 1.5, Double.NaN, Double.NEGATIVE_INFINITY};

  private static Schema schema(int dimension) {
    return Schema.empty().with("features", DataType.vector(dimension));
  }

  /** Vectors as rows hold them, null where there is none. */
  private static List<double[]> vectors(Random random, int count, int dimension) {
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] vector = new double[dimension];
      for (int j = 0; j < dimension; j++) {
        vector[j] = random.nextInt(3) > 0 ? 0.0 : SOME[random.nextInt(SOME.length)];
      }
      vectors.add(random.nextInt(6) == 0 ? null : vector);
    }
    return vectors;
  }

  /** Stores what is not +0.0, and some zeros, too; slices are in any order, with gaps. */
  private static SparseVectorColumn sparse(Random random, List<double[]> vectors, int dimension) {
    int size = vectors.size();
    int[] starts = new int[size];
    int[] ends = new int[size];
    int[] indices = new int[size * (dimension + 1)];
    double[] values = new double[indices.length];
    boolean[] nulls = new boolean[size];
    int at = 0;
    for (int i = size - 1; i >= 0; i--) {
      nulls[i] = vectors.get(i) == null;
      if (nulls[i]) {
        starts[i] = -7;
        ends[i] = 1_000_000;
        continue;
      }
      starts[i] = at;
      for (int j = 0; j < dimension; j++) {
        double value = vectors.get(i)[j];
        if (Double.doubleToRawLongBits(value) != 0 || random.nextInt(5) == 0) {
          indices[at] = j;
          values[at++] = value;
        }
      }
      ends[i] = at++;
    }
    return new SparseVectorColumn(size, dimension, starts, ends, indices, values, nulls);
  }

  private static List<Row> rows(Schema schema, List<double[]> vectors) {
    return vectors.stream().map(v -> Row.of(schema, new Object[] {v})).toList();
  }

  private static List<Row> rows(Batch batch) {
    List<Row> rows = new ArrayList<>();
    batch.copyTo(rows);
    return rows;
  }

  @Test
  void valuesSurviveTheCodecAndTheBuilderInAnyMixtureOfForms() {
    Random random = new Random(1);
    for (int round = 0; round < 500; round++) {
      int dimension = 1 + random.nextInt(20);
      Schema schema = schema(dimension);
      List<double[]> vectors = vectors(random, random.nextInt(30), dimension);
      List<Row> rows = rows(schema, vectors);
      Batch sparse = Batch.of(schema, rows.size(), sparse(random, vectors, dimension));
      assertThat(rows(sparse)).isEqualTo(rows);
      byte[] frame = BatchCodec.encode(sparse, 3);
      Batch decoded = BatchCodec.decode(schema, frame, 3);
      assertThat(rows(decoded)).isEqualTo(rows);
      assertThat(BatchCodec.encode(decoded, 3)).isEqualTo(frame);

      BatchBuilder dense = new BatchBuilder(schema);
      rows.forEach(dense::append);
      Batch[] forms = {sparse, dense.build()};
      BatchBuilder mixed = new BatchBuilder(schema);
      ColumnBuilder keys = ColumnBuilder.of(DataType.vector(dimension));
      for (int i = 0; i < rows.size(); i++) {
        mixed.append(forms[random.nextInt(2)], i);
        keys.append(forms[random.nextInt(2)].column(0), i);
        for (int j = 0; j <= i; j++) {
          boolean same = rows.get(j).equals(rows.get(i));
          for (Batch form : forms) {
            assertThat(keys.holds(j, form.column(0), i)).isEqualTo(same);
          }
        }
      }
      assertThat(rows(mixed.build())).isEqualTo(rows);
    }
  }

  @Test
  void theSizeOfAVectorCostsNothing() {
    int huge = Integer.MAX_VALUE;
    Schema schema = schema(huge).with("lists", DataType.listOf(DataType.vector(huge)));
    int[] zeros = {0, 0};
    int[] ends = {2, 0};
    ColumnVector column =
        new SparseVectorColumn(
            2, huge, zeros, ends, new int[] {5, huge - 1}, new double[] {1, 2}, null);
    ColumnVector lists = new ListColumn(2, zeros, new int[] {2, 1}, column, null);
    BatchBuilder builder = new BatchBuilder(schema);
    builder.append(Batch.of(schema, 2, column, lists), 1);
    builder.append(Batch.of(schema, 2, column, lists), 0);
    byte[] frame = BatchCodec.encode(builder.build(), 0);
    assertThat(frame.length).isLessThan(200);
    Batch decoded = BatchCodec.decode(schema, frame, 0);
    SparseVectorColumn back = (SparseVectorColumn) decoded.column(0);
    assertThat(back.indices()).containsExactly(5, huge - 1);
    assertThatThrownBy(() -> decoded.copyTo(new ArrayList<>()))
        .isInstanceOf(VectorSizeException.class)
        .hasMessage(
            "a vector of 2147483647 elements does not fit a row, which holds all of them: 16777216"
                + " at most. Leave the column out with select(...), or use it where it is sparse:"
                + " in dot(...), or written as a file.");
    Batch none = new BatchBuilder(schema).build();
    assertThat(BatchCodec.decode(schema, BatchCodec.encode(none, 0), 0).rows()).isZero();
    BatchBuilder nulls = new BatchBuilder(schema);
    nulls.append(Row.of(schema, null, null));
    Batch read = BatchCodec.decode(schema, BatchCodec.encode(nulls.build(), 0), 0);
    assertThat(rows(read)).containsExactly(Row.of(schema, null, null));
  }

  @Test
  void damageNeverAllocatesMoreThanThereIsOrLeavesTheArrays() {
    Random random = new Random(5);
    for (int dimension : new int[] {7, Integer.MAX_VALUE}) {
      Schema schema = schema(dimension);
      SparseVectorColumn column = sparse(random, vectors(random, 20, 7), 7);
      Batch batch =
          Batch.of(
              schema,
              20,
              new SparseVectorColumn(
                  20,
                  dimension,
                  column.starts(),
                  column.ends(),
                  column.indices(),
                  column.values(),
                  column.nulls()));
      byte[] bytes = BatchCodec.encode(batch, 0);
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = Arrays.copyOf(bytes, length);
        assertThatThrownBy(() -> BatchCodec.decode(schema, cut, 0))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("damaged frame");
      }
      for (int i = 0; i < 20_000; i++) {
        byte[] damaged = bytes.clone();
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        Throwable thrown =
            catchThrowable(() -> touch(BatchCodec.decode(schema, damaged, 0).column(0)));
        assertThat(thrown == null || thrown instanceof IllegalArgumentException)
            .as("seed 5, dimension %d, mutation %d: %s", dimension, i, thrown)
            .isTrue();
      }
    }
  }

  private static void touch(ColumnVector column) {
    SparseVectorColumn sparse = (SparseVectorColumn) column;
    for (int i = 0; i < sparse.size(); i++) {
      int before = -1;
      for (int k = sparse.starts()[i]; k < sparse.ends()[i]; k++) {
        assertThat(sparse.indices()[k]).isGreaterThan(before).isLessThan(sparse.dimension());
        before = sparse.indices()[k];
      }
    }
  }
}
