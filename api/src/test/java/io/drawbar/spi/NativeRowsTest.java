package io.drawbar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeRowsTest {
  private static final double PAYLOAD = Double.longBitsToDouble(0xfff8_0000_0000_1234L);

  private static final long NAN = Double.doubleToRawLongBits(Double.NaN);

  private static NativeRows of(DataType type) {
    return new NativeRows(Schema.empty().with(Field.optional("c", type)), row -> "row " + row);
  }

  /** What a column of the type makes of a value. */
  private static Object put(DataType type, Object value) {
    NativeRows rows = of(type);
    rows.putValue(0, value);
    rows.endRow();
    return rows.build().column(0).value(0);
  }

  @Test
  void valuesOfJavaGoIntoColumns() {
    assertThat(put(DataType.BOOLEAN, true)).isEqualTo(true);
    for (Number whole : List.of(-7L, -7, (short) -7, (byte) -7)) {
      assertThat(put(DataType.LONG, whole)).isEqualTo(-7L);
    }
    assertThat(put(DataType.DOUBLE, 0.1f)).isEqualTo((double) 0.1f);
    assertThat(put(DataType.STRING, "x\ud800y")).isEqualTo("x\ufffdy");
    assertThat(put(DataType.LONG, null)).isNull();
    DataType longs = DataType.listOf(DataType.LONG);
    assertThat(put(longs, new int[] {1, 2})).isEqualTo(List.of(1L, 2L));
    assertThat(put(longs, new Short[] {1, null})).isEqualTo(Arrays.asList(1L, null));
    assertThat(put(DataType.listOf(longs), List.of(List.of(1), List.of())))
        .isEqualTo(List.of(List.of(1L), List.of()));
    for (Object vector :
        List.of(
            new double[] {1, 2}, new float[] {1, 2}, new Double[] {1.0, 2.0}, List.of(1f, 2f))) {
      assertThat((double[]) put(DataType.vector(2), vector)).containsExactly(1, 2);
    }
  }

  @Test
  void thereIsOneNaNAndMinusZeroIsKept() {
    NativeRows rows = of(DataType.DOUBLE);
    rows.putValue(0, PAYLOAD);
    rows.endRow();
    rows.putDouble(0, PAYLOAD);
    rows.endRow();
    rows.putDouble(0, -0.0);
    rows.endRow();
    Batch batch = rows.build();
    for (int row = 0; row < 2; row++) {
      assertThat(bits(batch.column(0).value(row))).isEqualTo(NAN);
    }
    assertThat(batch.column(0).value(2)).isEqualTo(-0.0);
    Object list = put(DataType.listOf(DataType.DOUBLE), new double[] {PAYLOAD, -0.0});
    assertThat(bits(((List<?>) list).get(0))).isEqualTo(NAN);
    assertThat(((List<?>) list).get(1)).isEqualTo(-0.0);
    double[] dense = (double[]) put(DataType.vector(2), new double[] {PAYLOAD, -0.0});
    assertThat(bits(dense[0])).isEqualTo(NAN);
    assertThat(bits(dense[1])).isEqualTo(bits(-0.0));
  }

  private static long bits(Object value) {
    return Double.doubleToRawLongBits((Double) value);
  }

  /** In the form of the first; what is in the other form is converted. */
  @Test
  void vectorsAreSparseOrDense() {
    for (boolean denseFirst : new boolean[] {true, false}) {
      NativeRows rows = of(DataType.vector(3));
      List<Integer> order = denseFirst ? List.of(0, 1, 2) : List.of(1, 0, 2);
      for (int which : order) {
        if (which == 0) {
          rows.putValue(0, new double[] {0, -0.0, 2});
        } else if (which == 1) {
          rows.putSparse(0, 3, new int[] {0, 2}, new double[] {PAYLOAD, 5});
        } else {
          rows.putNull(0);
        }
        rows.endRow();
      }
      Batch batch = rows.build();
      assertThat(batch.column(0))
          .isInstanceOf(denseFirst ? VectorColumn.class : SparseVectorColumn.class);
      assertThat((double[]) batch.column(0).value(order.indexOf(0))).containsExactly(0, -0.0, 2);
      double[] sparse = (double[]) batch.column(0).value(order.indexOf(1));
      assertThat(sparse).containsExactly(Double.NaN, 0, 5);
      assertThat(bits(sparse[0])).isEqualTo(NAN);
      assertThat(batch.column(0).value(2)).isNull();
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> put(DataType.LONG, 1.5))
        .isInstanceOf(BadRowException.class)
        .hasMessage("row 1, column 'c': 1.5 is a Double, not a LONG, which is a Long (1L)");
    assertThatThrownBy(() -> put(DataType.vector(2), new double[3]))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("3 elements is a double[], not a VECTOR(2)");
    assertThatThrownBy(() -> put(DataType.vector(2), Arrays.asList(1.0, null)))
        .isInstanceOf(BadRowException.class);
    assertThatThrownBy(() -> put(DataType.listOf(DataType.LONG), List.of(1L, "two")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("[1, two]");
    assertThatThrownBy(() -> put(DataType.STRING, 'c')).isInstanceOf(BadRowException.class);
    NativeRows sparse = of(DataType.vector(2));
    assertThatThrownBy(() -> sparse.putSparse(0, 3, new int[0], new double[0]))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("a vector of 3 elements, not of 2");
    for (int[] indices : new int[][] {{1, 0}, {0, 0}, {-1, 0}, {0, 2}}) {
      assertThatThrownBy(() -> sparse.putSparse(0, 2, indices, new double[2]))
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("indices");
    }
    NativeRows text = of(DataType.STRING);
    assertThatThrownBy(() -> text.putText(0, new byte[] {'a', (byte) 0xc3}, 0, 2))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("not valid UTF-8");
    NativeRows required =
        new NativeRows(
            Schema.empty().with(Field.required("c", DataType.LONG)), row -> "row " + row);
    required.append(Row.of(Schema.empty().with("c", DataType.LONG), 1L));
    assertThatThrownBy(() -> required.putValue(0, null))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("row 2, column 'c': the value is null")
        .hasMessageContaining("Field.optional");
    assertThatThrownBy(() -> required.append(null)).hasMessage("row 2 is null");
    assertThatThrownBy(() -> required.append(Row.of(Schema.empty().with("d", DataType.LONG), 1L)))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("row 2 has the columns");
  }

  /** By rows, or by what long ones take: so that no batch comes near what an array holds. */
  @Test
  void batchesEndWhereTheyAreFull() {
    NativeRows rows = of(DataType.STRING);
    List<Integer> batches = new ArrayList<>();
    byte[] text = "a".repeat(10 << 20).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 10; i++) {
      rows.putText(0, text, 0, text.length);
      rows.endRow();
      if (rows.isFull()) {
        batches.add(rows.build().rows());
      }
    }
    assertThat(batches).isNotEmpty().allMatch(count -> count <= 7);
    NativeRows wide = of(DataType.vector(1 << 19));
    int count = 0;
    while (!wide.isFull()) {
      wide.putValue(0, new double[1 << 19]);
      wide.endRow();
      count++;
    }
    assertThat(count).as("4 MB each").isBetween(8, 16);
    NativeRows narrow = of(DataType.LONG);
    for (int i = 0; i < 4095; i++) {
      narrow.putLong(0, i);
      narrow.endRow();
    }
    assertThat(narrow.isFull()).isFalse();
    narrow.putLong(0, 0);
    narrow.endRow();
    assertThat(narrow.isFull()).isTrue();
    assertThat(narrow.build().rows()).isEqualTo(4096);
    assertThat(narrow.rows()).isZero();
  }
}
