package io.drawbar.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.SortKey.Direction;
import io.drawbar.testkit.PartialLaws;
import io.drawbar.testkit.ReferenceHash;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LowestRowsTest {
  private static final Schema SCHEMA =
      Schema.empty()
          .with("n", DataType.LONG)
          .with("x", DataType.DOUBLE)
          .with("list", DataType.listOf(DataType.STRING));

  private static final RowOrder ORDER =
      new RowOrder(new int[] {1, 0}, new Direction[] {Direction.DESCENDING, Direction.ASCENDING});

  /** Many equal rows, both zeros, NaN and null. */
  private static Row row(int i) {
    Double[] reals = {0.0, -0.0, Double.NaN, null, 1.5};
    List<String> list = i % 7 == 0 ? null : List.of("a" + i % 3);
    return Row.of(SCHEMA, (long) (i % 600), reals[i % 5], list);
  }

  private static Batch batch(int from, int to) {
    ColumnBuilder[] builders =
        SCHEMA.fields().stream().map(f -> ColumnBuilder.of(f.type())).toArray(ColumnBuilder[]::new);
    for (int i = from; i < to; i++) {
      for (int c = 0; c < builders.length; c++) {
        Object value = row(i).value(c);
        if (value == null) {
          builders[c].appendNull();
        } else {
          builders[c].appendValue(value);
        }
      }
    }
    ColumnVector[] columns = new ColumnVector[builders.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = builders[c].build();
    }
    return Batch.of(SCHEMA, to - from, columns);
  }

  private static LowestRows.Rows partial(int from, int to) {
    LowestRows kernel = new LowestRows(SCHEMA);
    LowestRows.Rows partial = kernel.identity();
    var fold = kernel.open();
    fold.batch(batch(from, to));
    fold.endBlock(partial);
    return partial;
  }

  private static List<String> shown(LowestRows.Rows rows) {
    List<Row> list = new ArrayList<>();
    BatchCodec.decode(SCHEMA, rows.bounds(ORDER), 0).copyTo(list);
    return list.stream().map(Row::toString).collect(Collectors.toList());
  }

  @Test
  void mergesInAnyOrder() {
    PartialLaws.of(new LowestRows(SCHEMA), LowestRowsTest::shown)
        .hold(5, i -> partial(i * 900, i * 900 + 900 + i));
  }

  @Test
  void keepsTheRowsWhoseHashIsLowest() {
    LowestRows.Rows all = partial(0, 9000);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 9000; i++) {
      rows.add(row(i));
    }
    rows.sort(Comparator.comparingLong(r -> hash(r) + Long.MIN_VALUE));
    // Which of those of one hash are kept is told by the order of their bits: not compared here.
    List<Long> lowest =
        rows.subList(0, SortBounds.MOST).stream().map(LowestRowsTest::hash).sorted().toList();
    List<Row> kept = new ArrayList<>();
    BatchCodec.decode(SCHEMA, all.bounds(ORDER), 0).copyTo(kept);
    assertThat(kept.stream().map(LowestRowsTest::hash).sorted().toList()).isEqualTo(lowest);
  }

  private static long hash(Row row) {
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < row.schema().size(); c++) {
      values.add(row.value(c));
    }
    return ReferenceHash.hash64(values);
  }

  @Test
  void noRowsHaveNoBounds() {
    byte[] bounds = new LowestRows(SCHEMA).identity().bounds(ORDER);
    assertThat(new SortBounds(SCHEMA, ORDER, bounds).unit(batch(0, 1).columns(), 0)).isZero();
  }
}
