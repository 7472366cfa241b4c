package io.drawbar.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Held against a map of the JDK, batch after batch, so that tables grow between look-ups. */
class GroupTableTest {
  private static final int BATCHES = 40;

  /** Kinds of keys: few and many of them, and alike where a table might look for a difference. */
  private static final List<Function<Random, Object>> TEXTS =
      List.of(
          random -> "k" + random.nextInt(3000),
          random -> "\0".repeat(random.nextInt(40)),
          random -> "a".repeat(random.nextInt(20)) + (random.nextBoolean() ? "b" : ""),
          random -> "same beginning of a long text " + random.nextInt(700),
          random -> random.nextInt(700) + " same end of a long text",
          random -> random.nextInt(900) + " the end",
          random -> random.nextInt(9) == 0 ? "" : "\u00E9".repeat(random.nextInt(9)),
          random -> random.nextInt(9) == 0 ? null : "key " + random.nextInt(200));

  private static final List<Function<Random, Object>> LONGS =
      List.of(
          random -> (long) random.nextInt(5000),
          random -> random.nextLong() & 0xF000_0000_0000_000FL,
          random -> 1L << random.nextInt(64),
          random -> random.nextInt(3) == 0 ? null : (long) random.nextInt(50));

  private static final List<Function<Random, Object>> DOUBLES =
      List.of(
          random -> random.nextInt(300) / 8.0,
          random -> random.nextInt(5) == 0 ? Double.NaN : Math.scalb(1.0, random.nextInt(100)),
          random -> random.nextInt(3) == 0 ? null : random.nextInt(50) * 0.1);

  @Test
  void findsTheGroupsOfTexts() {
    TEXTS.forEach(kind -> agrees(List.of(DataType.STRING), List.of(kind)));
  }

  @Test
  void findsTheGroupsOfNumbers() {
    LONGS.forEach(kind -> agrees(List.of(DataType.LONG), List.of(kind)));
    DOUBLES.forEach(kind -> agrees(List.of(DataType.DOUBLE), List.of(kind)));
  }

  @Test
  void findsTheGroupsOfSeveralColumns() {
    for (Function<Random, Object> text : TEXTS) {
      agrees(List.of(DataType.STRING, DataType.LONG), List.of(text, LONGS.get(1)));
    }
    agrees(List.of(DataType.STRING, DataType.STRING), List.of(TEXTS.get(2), TEXTS.get(2)));
  }

  @Test
  void nullsThatComeLateAreNotTakenForAnything() {
    List<Function<Random, Object>> changing = new ArrayList<>();
    int[] calls = {0};
    changing.add(
        random -> ++calls[0] > 20_000 && random.nextBoolean() ? null : (long) random.nextInt(4000));
    agrees(List.of(DataType.LONG), changing);
    assertThat(calls[0]).isGreaterThan(30_000);
  }

  private static void agrees(List<DataType> types, List<Function<Random, Object>> kinds) {
    agrees(types, kinds, -1, BATCHES);
    // Hashes that collide show whether keys themselves are looked at.
    agrees(types, kinds, 0xFFF, BATCHES / 8);
  }

  private static void agrees(
      List<DataType> types, List<Function<Random, Object>> kinds, long hashBits, int batches) {
    Random random = new Random(6);
    Schema schema = Schema.empty();
    for (int c = 0; c < types.size(); c++) {
      schema = schema.with("k" + c, types.get(c));
    }
    List<Field> fields = schema.fields();
    GroupTable table = new GroupTable(fields);
    Map<List<Object>, Integer> groupOf = new HashMap<>();
    Map<Integer, List<Object>> keyOf = new HashMap<>();
    for (int i = 0; i < batches; i++) {
      int rows = random.nextInt(2500);
      List<List<Object>> values = new ArrayList<>();
      BatchBuilder builder = new BatchBuilder(schema);
      for (int row = 0; row < rows; row++) {
        List<Object> key = new ArrayList<>();
        kinds.forEach(kind -> key.add(kind.apply(random)));
        values.add(key);
        builder.append(Row.of(schema, key.toArray()));
      }
      Batch batch = random.nextBoolean() ? builder.build() : some(builder.build(), random);
      ColumnVector[] columns = batch.columns();
      long[] hashes = new long[rows];
      int[] found = new int[rows];
      Hashing.hash(batch, columns, hashes);
      Arrays.setAll(hashes, n -> (hashes[n] & hashBits) * Hashing.GOLDEN);
      table.find(batch, columns, hashes, found);
      for (int n = 0; n < batch.selected(); n++) {
        List<Object> key = values.get(batch.row(n));
        // Which number a key gets does not matter, only that it is its own.
        groupOf.putIfAbsent(key, found[n]);
        keyOf.putIfAbsent(found[n], key);
        assertThat(groupOf.get(key)).isEqualTo(found[n]);
        assertThat(keyOf.get(found[n])).isEqualTo(key);
        assertThat(table.find(columns, batch.row(n), hashes[n])).isEqualTo(found[n]);
        assertThat(table.hash(found[n])).isEqualTo(hashes[n]);
      }
    }
    assertThat(table.groups()).isEqualTo(groupOf.size());
    ColumnVector[] columns = table.columns();
    for (int group = 0; group < table.groups(); group++) {
      int at = group;
      assertThat(Arrays.stream(columns).map(column -> column.value(at)).toList())
          .isEqualTo(keyOf.get(group));
    }
  }

  private static Batch some(Batch batch, Random random) {
    int[] selection = new int[batch.rows()];
    int kept = 0;
    for (int row = 0; row < batch.rows(); row++) {
      if (random.nextInt(3) > 0) {
        selection[kept++] = row;
      }
    }
    return batch.select(selection, kept);
  }
}
