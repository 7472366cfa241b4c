package io.drawbar.engine.spark;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.dot;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.UnmappedTypeException;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What types of columns become, in and out. */
@Timeout(60)
class DataFrameTypesTest extends AttachedSpark {
  private static final StructType EVERY_TYPE =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("b", DataTypes.BooleanType)
          .add("i8", DataTypes.ByteType)
          .add("i16", DataTypes.ShortType)
          .add("i32", DataTypes.IntegerType)
          .add("f32", DataTypes.FloatType)
          .add("f64", DataTypes.DoubleType)
          .add("text", DataTypes.StringType)
          .add("words", DataTypes.createArrayType(DataTypes.StringType))
          .add("matrix", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)));

  private static final List<Row> ROWS =
      List.of(
          RowFactory.create(
              0L,
              true,
              (byte) -8,
              (short) -16,
              -32,
              0.1f,
              -0.0,
              "gr\u00fc\u00df \ud83d\ude80",
              new String[] {"a", null, ""},
              new Float[][] {{1f, null}, {}, null}),
          RowFactory.create(1L, null, null, null, null, null, null, null, null, null),
          RowFactory.create(
              2L,
              false,
              Byte.MAX_VALUE,
              Short.MAX_VALUE,
              Integer.MIN_VALUE,
              Float.NaN,
              Double.NEGATIVE_INFINITY,
              "",
              new String[0],
              new Float[0][]));

  @Test
  void readsEveryTypeThatItHas() {
    Dataset read = dataset(spark.createDataFrame(ROWS, EVERY_TYPE));
    List<io.drawbar.type.Row> rows = new ArrayList<>(read.collect());
    rows.sort(Comparator.comparingLong(row -> row.longValue("id")));
    assertThat(values(rows.get(0)))
        .containsExactly(
            0L,
            true,
            -8L,
            -16L,
            -32L,
            (double) 0.1f,
            -0.0,
            "gr\u00fc\u00df \ud83d\ude80",
            Arrays.asList("a", null, ""),
            Arrays.asList(Arrays.asList(1.0, null), List.of(), null));
    assertThat(values(rows.get(1)))
        .containsExactly(1L, null, null, null, null, null, null, null, null, null);
    assertThat(values(rows.get(2)))
        .containsExactly(
            2L,
            false,
            127L,
            32767L,
            (long) Integer.MIN_VALUE,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            "",
            List.of(),
            List.of());
  }

  private static List<Object> values(io.drawbar.type.Row row) {
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < row.schema().size(); c++) {
      values.add(row.value(c));
    }
    return values;
  }

  @Test
  void readsVectorsDenseAndSparse() {
    StructType schema = new StructType().add("n", DataTypes.LongType).add("v", new VectorUDT());
    List<Row> rows =
        List.of(
            RowFactory.create(0L, null),
            RowFactory.create(1L, Vectors.dense(1, 2, 3)),
            RowFactory.create(2L, Vectors.sparse(3, new int[] {2}, new double[] {7})));
    Dataset read = dataset(spark.createDataFrame(rows, schema));
    assertThat(read.schema().field("v").type()).isEqualTo(DataType.vector(3));
    List<io.drawbar.type.Row> back = new ArrayList<>(read.collect());
    back.sort(Comparator.comparingLong(row -> row.longValue("n")));
    assertThat(back.get(0).value("v")).isNull();
    assertThat((double[]) back.get(1).value("v")).containsExactly(1, 2, 3);
    assertThat((double[]) back.get(2).value("v")).containsExactly(0, 0, 7);
    assertThat(SparkDrawbar.toDataFrame(read).where("n = 2").select("v").head().getList(0))
        .isEqualTo(List.of(0.0, 0.0, 7.0));
  }

  /** Sparse vectors stay sparse; a dense one among them, and the reverse, is converted. */
  @Test
  void readsVectorsInTheFormThatTheyHave() {
    int dimension = 1 << 20;
    StructType schema = new StructType().add("n", DataTypes.LongType).add("v", new VectorUDT());
    List<Row> rows = new ArrayList<>();
    for (long n = 0; n < 100; n++) {
      int[] index = {(int) n};
      rows.add(RowFactory.create(n, Vectors.sparse(dimension, index, new double[] {n + 0.5})));
    }
    // A hundred rows of a million elements: 800 MB if they were dense.
    Dataset wide = dataset(spark.createDataFrame(rows, schema).coalesce(1));
    assertThat(wide.schema().field("v").type()).isEqualTo(DataType.vector(dimension));
    io.drawbar.type.Row last = wide.where(col("n").eq(99)).collect().get(0);
    assertThat(((double[]) last.value("v"))[99]).isEqualTo(99.5);
    List<Row> mixed =
        List.of(
            RowFactory.create(0L, Vectors.sparse(2, new int[] {1}, new double[] {3})),
            RowFactory.create(1L, Vectors.dense(-0.0, 4)));
    for (List<Row> order : List.of(mixed, List.of(mixed.get(1), mixed.get(0)))) {
      Dataset read = dataset(spark.createDataFrame(order, schema).coalesce(1));
      List<io.drawbar.type.Row> sorted = read.sortBy("n").collect();
      assertThat((double[]) sorted.get(0).value("v")).containsExactly(0, 3);
      assertThat((double[]) sorted.get(1).value("v")).containsExactly(-0.0, 4);
    }
  }

  /** Dense ones of so many elements come in batches of few rows. */
  @Test
  void readsWideDenseVectors() {
    StructType schema = new StructType().add("n", DataTypes.LongType).add("v", new VectorUDT());
    List<Row> rows = new ArrayList<>();
    for (long n = 0; n < 9; n++) {
      double[] values = new double[1 << 19];
      values[7] = n;
      rows.add(RowFactory.create(n, Vectors.dense(values)));
    }
    Dataset wide = dataset(spark.createDataFrame(rows, schema).coalesce(1));
    double[] weights = new double[1 << 19];
    weights[7] = 1;
    Dataset seventh = wide.select(dot(col("v"), weights).as("x")).agg(sum("x").as("x"));
    assertThat(seventh.collect().get(0).doubleValue("x")).isEqualTo(36);
  }

  @Test
  void knowsTheSizeOfVectorsFromTheirMetadata() {
    org.apache.spark.sql.Dataset<Row> none =
        new VectorAssembler()
            .setInputCols(new String[] {"n", "x"})
            .setOutputCol("v")
            .transform(numbers(0));
    assertThat(dataset(none).schema().field("v").type()).isEqualTo(DataType.vector(2));
    StructType schema = new StructType().add("v", new VectorUDT());
    assertThatThrownBy(() -> dataset(spark.createDataFrame(List.<Row>of(), schema)))
        .isInstanceOf(UnmappedTypeException.class)
        .hasMessageContaining("new VectorSizeHint().setInputCol(\"v\")");
  }

  @Test
  void aVectorOfAnotherSizeIsABadRow() {
    StructType schema = new StructType().add("v", new VectorUDT());
    List<Row> rows =
        List.of(RowFactory.create(Vectors.dense(1, 2)), RowFactory.create(Vectors.dense(1)));
    Dataset read = dataset(spark.createDataFrame(rows, schema).coalesce(1));
    assertThatThrownBy(read::collect)
        .isInstanceOf(BadRowException.class)
        .hasMessage(
            "a row of the DataFrame, column 'v': 1 elements is a double[], not a VECTOR(2), which is a"
                + " double[] of 2");
  }

  @Test
  void textThatIsNotTextIsABadRow() {
    Dataset read = dataset(spark.sql("SELECT CAST(X'C328' AS STRING) AS s"));
    assertThatThrownBy(read::collect)
        .isInstanceOf(BadRowException.class)
        .hasMessage("a row of the DataFrame, column 's': the text is not valid UTF-8");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAST(1 AS DECIMAL(10,2))       | decimal(10,2)  | col(\"c\").cast(\"double\")",
        "DATE '2020-02-29'              | date           | col(\"c\").cast(\"string\")",
        "TIMESTAMP '2020-02-29 00:00:00'| timestamp      | col(\"c\").cast(\"string\")",
        "struct(1 AS a)                 | struct<a:int>  | col(\"c.<field>\")",
        "map('a', 1)                    | map<string,int>| col(\"c\").getItem(key)",
        "X'00'                          | binary         | base64(col(\"c\"))",
        "array(DATE '2020-02-29')       | array<date>    | col(\"c\").cast(\"array<string>\")",
        "NULL                           | void           | col(\"c\").cast(\"string\")"
      })
  void refusesTypesThatItHasNotWithAWayOut(String expression, String type, String wayOut) {
    assertThatThrownBy(() -> dataset(spark.sql("SELECT 1 AS a, " + expression + " AS c")))
        .isInstanceOf(UnmappedTypeException.class)
        .hasMessageStartingWith("column 'c' of the DataFrame is of type " + type + ", which")
        .hasMessageContaining(wayOut);
  }

  /** Through a dataset and back nothing changes but the width of numbers. */
  @Test
  void givesTheRowsBackAsADataFrame() {
    org.apache.spark.sql.Dataset<Row> given = spark.createDataFrame(ROWS, EVERY_TYPE);
    org.apache.spark.sql.Dataset<Row> widened =
        given.selectExpr(
            "id",
            "b",
            "CAST(i8 AS BIGINT)",
            "CAST(i16 AS BIGINT)",
            "CAST(i32 AS BIGINT)",
            "CAST(f32 AS DOUBLE)",
            "f64",
            "text",
            "words",
            "CAST(matrix AS ARRAY<ARRAY<DOUBLE>>)");
    org.apache.spark.sql.Dataset<Row> back = SparkDrawbar.toDataFrame(dataset(given));
    assertThat(back.schema()).isEqualTo(widened.schema());
    assertThat(back.orderBy("id").collectAsList()).isEqualTo(widened.orderBy("id").collectAsList());
  }
}
