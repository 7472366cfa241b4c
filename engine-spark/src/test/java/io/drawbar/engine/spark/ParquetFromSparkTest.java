package io.drawbar.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.io.parquet.Parquet;
import io.drawbar.io.parquet.ParquetSource;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark writes is read here, and what is written here is read by Spark. */
@Timeout(60)
class ParquetFromSparkTest extends AttachedSpark {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.required("id", DataType.LONG),
              Field.optional("whole", DataType.LONG),
              Field.optional("number", DataType.DOUBLE),
              Field.optional("half", DataType.DOUBLE),
              Field.optional("text", DataType.STRING),
              Field.optional("flag", DataType.BOOLEAN),
              Field.optional("items", DataType.listOf(DataType.DOUBLE)),
              Field.optional("city", DataType.STRING),
              Field.optional("day", DataType.LONG),
              Field.optional("moment", DataType.LONG),
              Field.optional("price", DataType.DOUBLE)));

  /** The same as Spark has them, with what it has no types of cast. */
  private static final String[] AS_READ = {
    "id",
    "cast(whole as long) whole",
    "number",
    "cast(half as double) half",
    "text",
    "flag",
    "items",
    "address.city city",
    "cast(date_diff(day, date'1970-01-01') as long) day",
    "unix_micros(moment) moment",
    "cast(price as double) price"
  };

  @TempDir Path folder;

  private org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> frame() {
    return spark
        .range(0, 5_000, 1, 3)
        .selectExpr(
            "id",
            "if(id % 7 = 0, null, cast(id % 100 as int)) whole",
            "if(id % 11 = 0, double('NaN'), if(id % 5 = 0, -0.0D, id / 3.0D)) number",
            "cast(id / 8 as float) half",
            "if(id % 13 = 0, null, concat('tëxt ', id % 20, repeat('x', id % 9))) text",
            "id % 3 = 0 flag",
            "if(id % 4 = 0, null, transform(sequence(0, id % 3), x -> if(x = 1, null, x / 2.0D)))"
                + " items",
            "named_struct('city', concat('city', id % 3), 'zip', id) address",
            "date_add(date'1960-01-01', cast(id as int)) day",
            "timestamp_micros(id * 1234567890) moment",
            "cast(id / 7 as decimal(20, 3)) price");
  }

  /** Spark's own default, int96, is refused: it has no time zone and is no longer in the format. */
  @BeforeEach
  void writeTimestampsAsTheFormatHasThem() {
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
  }

  private static List<String> texts(org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> frame) {
    List<String> texts = new ArrayList<>();
    for (org.apache.spark.sql.Row row : frame.orderBy("id").collectAsList()) {
      List<Object> values = new ArrayList<>();
      for (int c = 0; c < row.length(); c++) {
        boolean isList = !row.isNullAt(c) && row.get(c) instanceof scala.collection.Seq;
        values.add(isList ? row.getList(c) : row.get(c));
      }
      texts.add(values.toString());
    }
    return texts;
  }

  private static List<String> ours(Dataset rows) {
    List<String> texts = new ArrayList<>();
    for (Row row : rows.sortBy("id").collect()) {
      List<Object> values = new ArrayList<>();
      for (int c = 0; c < row.schema().size(); c++) {
        values.add(row.value(c));
      }
      texts.add(values.toString());
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "zstd", "gzip", "uncompressed", "lz4_raw"})
  void whatSparkWritesIsRead(String codec) {
    String path = folder.resolve(codec).toString();
    frame()
        .write()
        .option("compression", codec)
        .option("parquet.block.size", 20_000)
        .option("parquet.writer.version", codec.equals("gzip") ? "v2" : "v1")
        .parquet(path);
    ParquetSource source = Parquet.of(SCHEMA).path("city", "address.city").at(path);
    assertThat(ours(session.read(source))).isEqualTo(texts(frame().selectExpr(AS_READ)));
  }

  @Test
  void sparkReadsWhatIsWritten() {
    String theirs = folder.resolve("theirs").toString();
    frame().write().parquet(theirs);
    ParquetSource source = Parquet.of(SCHEMA).path("city", "address.city").at(theirs);
    String written = folder.resolve("ours").toString();
    session.read(source).write(Parquet.to(written).rowGroups(500, 1 << 20));
    assertThat(texts(spark.read().parquet(written))).isEqualTo(texts(frame().selectExpr(AS_READ)));
    assertThat(spark.read().parquet(written).where("whole > 98").count())
        .isEqualTo(frame().where("whole > 98").count());
  }
}
