package io.drawbar.io;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.io.Reading.Seen;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Split;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final Schema PAIR =
      Schema.empty().with("name", DataType.STRING).with(Field.required("n", DataType.LONG));

  record Point(int x, Double y) {}

  private static Records numbers(int count) {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      rows.add(Row.of(PAIR, i % 3 == 0 ? null : "r" + i, i));
    }
    return Records.of(PAIR, rows);
  }

  @Test
  void unitsDependOnTheLayoutAlone() throws IOException {
    for (int count : new int[] {0, 1, 5, 12, 9_000}) {
      Records records = numbers(count);
      for (int leafRows : count == 9_000 ? new int[] {4_096} : new int[] {1, 2, 3, 5, 12, 100}) {
        for (int blockRows : count == 9_000 ? new int[] {1_000} : new int[] {1, 2, 4, 50}) {
          for (int desired = 1; desired < 8; desired++) {
            for (int alignment = 1; alignment < 4; alignment++) {
              Layout layout = new Layout(1, leafRows, blockRows);
              List<Seen> seen = Reading.all(records, layout, desired, alignment);
              assertThat(seen).hasSize(count);
              for (int i = 0; i < count; i++) {
                Object name = i % 3 == 0 ? null : "r" + i;
                assertThat(seen.get(i))
                    .isEqualTo(
                        new Seen(
                            0, i / leafRows, i % leafRows / blockRows, asList(name, (long) i)));
              }
              for (Split split : records.splits(layout, desired, alignment)) {
                assertThat(((RecordSplit) split).leaves()[0] % alignment).isZero();
              }
            }
          }
        }
      }
    }
    assertThat(numbers(10).splits(new Layout(1, 1, 1), 5, 1)).hasSize(5);
    assertThat(numbers(10).splits(new Layout(1, 1, 1), 5, 4)).hasSize(3);
    assertThat(numbers(0).splits(new Layout(1, 1, 1), 5, 4)).isEmpty();
  }

  @Test
  void rowsTravelInTheSplitsAsBytes() throws IOException {
    Layout layout = new Layout(1, 100, 7);
    Records here = numbers(20);
    Records there = Reading.shipped(here);
    List<Object> seen = new ArrayList<>();
    for (Split split : here.splits(layout, 1, 1)) {
      assertThat(split.bytes()).isPositive();
      try (LeafReader reader = there.open(Reading.shipped(split), layout, List.of("n"))) {
        assertThat(reader.nextBlock()).isNull();
        List<Seen> rows = new ArrayList<>();
        Reading.drain(reader, rows);
        rows.forEach(r -> seen.addAll(r.values()));
        assertThat(reader.bytesRead()).isEqualTo(split.bytes());
      }
    }
    assertThat(seen).hasSize(20).startsWith(0L, 1L).endsWith(19L);
    assertThatThrownBy(() -> there.splits(layout, 1, 1)).isInstanceOf(IllegalStateException.class);
    assertThat(there.describe()).isEqualTo("records (20 rows)");
  }

  @Test
  void recordsOfAClass() throws IOException {
    Records points = Records.of(List.of(new Point(1, 2.5), new Point(-3, null)), Point.class);
    assertThat(Reading.rows(points)).containsExactly(asList(1L, 2.5), asList(-3L, null));
    assertThatThrownBy(() -> Records.of(asList(new Point(1, 1.0), null), Point.class))
        .isInstanceOf(BadRowException.class)
        .hasMessage("row 2 of the records is null");
  }

  @Test
  void vectorsAndLists() throws IOException {
    Schema schema =
        Schema.empty()
            .with("v", DataType.vector(2))
            .with("l", DataType.listOf(DataType.STRING))
            .with("b", DataType.BOOLEAN);
    Records rows =
        Records.of(
            schema,
            List.of(
                Row.of(schema, new double[] {1, 2}, List.of("a", "b"), true),
                Row.of(schema, null, null, null)));
    List<List<Object>> read = Reading.rows(rows);
    assertThat((double[]) read.get(0).get(0)).containsExactly(1, 2);
    assertThat(read.get(0).subList(1, 3)).containsExactly(List.of("a", "b"), true);
    assertThat(read.get(1)).containsExactly(null, null, null);
    assertThatThrownBy(() -> Records.of(schema, List.of(Row.of(schema, new double[3], null, null))))
        .hasMessage(
            "row 1 of the records, column 'v': 3 elements is a double[], not a VECTOR(2), which is"
                + " a double[] of 2");
    assertThatThrownBy(() -> Records.of(schema, List.of(Row.of(schema, null, List.of(1), null))))
        .hasMessageContaining("column 'l': [1] is a");
  }

  @Test
  void whatDoesNotFitIsNamed() {
    List<Row> wrong = List.of(Row.of(PAIR, "a", 1L), Row.of(PAIR, "b", 2));
    assertThatThrownBy(() -> Records.of(PAIR, wrong))
        .isInstanceOf(BadRowException.class)
        .hasMessage(
            "row 2 of the records, column 'n': 2 is a Integer, not a LONG, which is a Long (1L)");
    assertThatThrownBy(() -> Records.of(PAIR, List.of(Row.of(PAIR, "a", null))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("column 'n': the value is null, and n LONG is required");
    Schema other = Schema.empty().with("n", DataType.LONG);
    assertThatThrownBy(() -> Records.of(PAIR, List.of(Row.of(other, 1L))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("has the columns (n LONG), not (name STRING, n LONG)");
  }
}
