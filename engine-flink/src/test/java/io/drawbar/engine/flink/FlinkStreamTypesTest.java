package io.drawbar.engine.flink;

import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.UnmappedTypeException;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.types.RowKind;
import org.junit.jupiter.api.Test;

/** What values of a stream become, and which streams have none that rows could have. */
class FlinkStreamTypesTest extends PairsFixture {
  @Test
  void longTextsEndABatch() {
    DataStream<Tuple2<Long, String>> longTexts =
        environment
            .fromSequence(0, 39)
            .map(n -> Tuple2.of(n, ("" + n % 10).repeat(4 << 20)))
            .returns(PAIRS)
            .setParallelism(1);
    Dataset dataset = FlinkDrawbar.dataset(session, longTexts);
    assertThat(
            dataset
                .groupBy("f1")
                .agg(count().as("n"))
                .agg(sum("n").as("n"))
                .collect()
                .get(0)
                .value("n"))
        .isEqualTo(40L);
  }

  @Test
  void thereIsOneNaN() {
    double payload = Double.longBitsToDouble(0xfff8_0000_0000_1234L);
    DataStream<Tuple2<Double, double[]>> stream =
        environment
            .fromData(1)
            .map(n -> Tuple2.of(payload, new double[] {payload, -0.0}))
            .returns(Types.TUPLE(Types.DOUBLE, Types.PRIMITIVE_ARRAY(Types.DOUBLE)));
    Schema schema = Schema.empty().with("f0", DataType.DOUBLE).with("f1", DataType.vector(2));
    Row row = FlinkDrawbar.dataset(session, stream, schema).collect().get(0);
    assertThat(Double.doubleToRawLongBits(row.doubleValue("f0")))
        .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    double[] vector = (double[]) row.value(1);
    assertThat(Double.doubleToRawLongBits(vector[0]))
        .isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    assertThat(vector[1]).isEqualTo(-0.0);
  }

  @Test
  void arraysOfObjectsAreVectorsToo() {
    DataStream<Tuple2<Long, Double[]>> stream =
        environment
            .fromData(1L)
            .map(n -> Tuple2.of(n, new Double[] {1.0, 2.0}))
            .returns(Types.TUPLE(Types.LONG, Types.OBJECT_ARRAY(Types.DOUBLE)));
    Schema schema = Schema.empty().with("f1", DataType.vector(2));
    assertThat((double[]) FlinkDrawbar.dataset(session, stream, schema).collect().get(0).value(0))
        .containsExactly(1, 2);
  }

  /** An update of a changelog is no row; counted as one, sums would be wrong. */
  @Test
  void changelogsAreRefused() {
    List<org.apache.flink.types.Row> changes = new ArrayList<>();
    for (RowKind kind : List.of(RowKind.INSERT, RowKind.UPDATE_BEFORE, RowKind.UPDATE_AFTER)) {
      changes.add(org.apache.flink.types.Row.ofKind(kind, 1L));
    }
    DataStream<org.apache.flink.types.Row> changelog =
        environment.fromData(changes, Types.ROW_NAMED(new String[] {"n"}, Types.LONG));
    assertThatThrownBy(() -> FlinkDrawbar.dataset(session, changelog).collect())
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("of kind UPDATE_BEFORE")
        .hasMessageContaining("changelog");
  }

  /** Such as vectors of Flink's own library. */
  public static final class SparseVector {
    private final int size;

    SparseVector(int size) {
      this.size = size;
    }
  }

  @Test
  void typesWithoutACounterpartAreNamed() {
    for (TypeInformation<?> type :
        List.of(
            Types.BIG_DEC,
            Types.BIG_INT,
            Types.SQL_TIMESTAMP,
            Types.LOCAL_DATE,
            Types.INSTANT,
            Types.CHAR,
            Types.VOID,
            Types.MAP(Types.STRING, Types.LONG),
            Types.GENERIC(SparseVector.class))) {
      DataStream<org.apache.flink.types.Row> stream =
          environment
              .fromData(1)
              .map(n -> org.apache.flink.types.Row.of((Object) null))
              .returns(Types.ROW_NAMED(new String[] {"c"}, type));
      assertThatThrownBy(() -> FlinkDrawbar.dataset(session, stream))
          .as("%s", type)
          .isInstanceOf(UnmappedTypeException.class)
          .hasMessageContaining("column 'c' of the stream is of type " + type);
    }
  }
}
