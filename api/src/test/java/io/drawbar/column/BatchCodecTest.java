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

class BatchCodecTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("flag", DataType.BOOLEAN)
          .with("whole", DataType.LONG)
          .with("number", DataType.DOUBLE)
          .with("text", DataType.STRING)
          .with("vector", DataType.vector(3))
          .with("words", DataType.listOf(DataType.STRING))
          .with("lists", DataType.listOf(DataType.listOf(DataType.LONG)));

  private static List<Row> randomRows(Random random, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object[] values = {
        random.nextBoolean(),
        random.nextLong(),
        random.nextGaussian(),
        "größe".substring(random.nextInt(6)),
        new double[] {random.nextDouble(), -0.0, Double.NaN},
        List.of("a", "b", "").subList(0, random.nextInt(4)),
        List.of(List.of(1L, 2L), List.of())
      };
      for (int c = 0; c < values.length; c++) {
        values[c] = random.nextInt(5) == 0 ? null : values[c];
      }
      rows.add(Row.of(SCHEMA, values));
    }
    return rows;
  }

  private static Batch batch(List<Row> rows) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    rows.forEach(builder::append);
    return builder.build();
  }

  private static List<Row> rows(Batch batch) {
    List<Row> rows = new ArrayList<>();
    batch.copyTo(rows);
    return rows;
  }

  @Test
  void whatIsEncodedIsDecoded() {
    Random random = new Random(1);
    for (int count : new int[] {0, 1, 7, 8, 9, 500}) {
      List<Row> rows = randomRows(random, count);
      byte[] bytes = BatchCodec.encode(batch(rows), 5);
      assertThat(rows(BatchCodec.decode(SCHEMA, bytes, 5))).isEqualTo(rows);
    }
  }

  @Test
  void onlyRowsThatCountAreEncodedAndEqualRowsGiveEqualBytes() {
    List<Row> rows = randomRows(new Random(2), 100);
    int[] even = new int[50];
    Arrays.setAll(even, i -> 2 * i);
    List<Row> evenRows = Arrays.stream(even).mapToObj(rows::get).toList();
    byte[] selected = BatchCodec.encode(batch(rows).select(even, 50), 0);
    assertThat(selected).isEqualTo(BatchCodec.encode(batch(evenRows), 0));
  }

  @Test
  void aTruncatedBatchIsRefusedAtEveryByte() {
    byte[] bytes = BatchCodec.encode(batch(randomRows(new Random(3), 20)), 0);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> BatchCodec.decode(SCHEMA, cut, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("damaged frame");
    }
  }

  @Test
  void damageNeverAllocatesMoreThanThereIsOrLeavesTheArrays() {
    byte[] bytes = BatchCodec.encode(batch(randomRows(new Random(4), 20)), 0);
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Throwable thrown = catchThrowable(() -> rows(BatchCodec.decode(SCHEMA, damaged, 0)));
      assertThat(thrown == null || thrown instanceof IllegalArgumentException)
          .as("seed 5, mutation %d: %s", i, thrown)
          .isTrue();
    }
  }
}
