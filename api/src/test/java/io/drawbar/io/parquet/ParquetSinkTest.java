package io.drawbar.io.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Session;
import io.drawbar.column.Batch;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.io.UnsupportedColumnException;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.InferredSchema;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read back equal, and is the same file whoever writes it. */
class ParquetSinkTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.required("id", DataType.LONG),
              Field.optional("flag", DataType.BOOLEAN),
              Field.optional("number", DataType.DOUBLE),
              Field.optional("text", DataType.STRING),
              Field.optional("vector", DataType.vector(2)),
              Field.optional("words", DataType.listOf(DataType.STRING)),
              Field.optional("nested", DataType.listOf(DataType.listOf(DataType.LONG))),
              Field.optional("vectors", DataType.listOf(DataType.BOOLEAN))));

  @TempDir Path folder;

  private static List<List<Object>> rows(long seed, int count) {
    Random random = new Random(seed);
    double[] numbers = {
      0.0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, 1e300, 0.1
    };
    String[] texts = {
      "", "a", "line\nfeed", "\u0000", "naïve \uD83D\uDE00", "\"quoted\", and so on"
    };
    List<List<Object>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Object> row = new ArrayList<>();
      row.add(i % 5 == 0 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64));
      row.add(random.nextInt(3) == 0 ? null : (Object) random.nextBoolean());
      row.add(
          random.nextInt(3) == 0
              ? null
              : i < count / 2 ? numbers[random.nextInt(numbers.length)] : random.nextGaussian());
      row.add(random.nextInt(4) == 0 ? null : texts[random.nextInt(texts.length)] + i % 50);
      row.add(random.nextInt(4) == 0 ? null : new double[] {i, -0.0});
      row.add(random.nextInt(4) == 0 ? null : list(random, k -> k == 0 ? null : texts[k % 6]));
      row.add(
          random.nextInt(4) == 0
              ? null
              : list(random, k -> k == 1 ? null : list(random, j -> j == 2 ? null : (long) j)));
      row.add(random.nextInt(4) == 0 ? null : list(random, k -> k % 2 == 0));
      rows.add(row);
    }
    return rows;
  }

  private static List<Object> list(Random random, java.util.function.IntFunction<Object> item) {
    List<Object> items = new ArrayList<>();
    for (int k = random.nextInt(4); k > 0; k--) {
      items.add(item.apply(random.nextInt(6)));
    }
    return items;
  }

  private static List<List<Object>> boxed(List<List<Object>> rows) {
    return rows.stream()
        .map(
            row ->
                row.stream()
                    .map(v -> v instanceof double[] d ? Arrays.stream(d).boxed().toList() : v)
                    .toList())
        .map(row -> (List<Object>) new ArrayList<Object>(row))
        .toList();
  }

  static Stream<UnaryOperator<ParquetSink>> sinks() {
    return Stream.of(
        sink -> sink,
        ParquetSink::zstd,
        sink -> sink.gzip().rowGroups(100, 1 << 20),
        sink -> sink.uncompressed().rowGroups(1 << 20, 1_000),
        sink -> sink.rowGroups(1, 1));
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void whatIsWrittenIsReadBackEqual(UnaryOperator<ParquetSink> manner) throws IOException {
    List<List<Object>> rows = rows(7, 1_000);
    Path target = folder.resolve("out");
    ParquetSink sink = manner.apply(Parquet.to(target.toString()));
    ParquetFixture.write(
        sink,
        SCHEMA,
        List.of(
            List.of(ParquetFixture.batch(SCHEMA, rows.subList(0, 600))),
            List.of(ParquetFixture.batch(SCHEMA, rows.subList(600, 1_000)))));
    List<List<Object>> read = ParquetFixture.rows(Parquet.of(SCHEMA).at(target.toString()));
    assertThat(read).isEqualTo(boxed(rows));
  }

  @Test
  void theSameRowsAreTheSameBytesInWhateverBatchesTheyCome() throws IOException {
    List<List<Object>> rows = rows(8, 700);
    byte[] expected = null;
    for (int size : new int[] {700, 64, 1}) {
      List<Batch> batches = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += size) {
        batches.add(
            ParquetFixture.batch(SCHEMA, rows.subList(from, Math.min(rows.size(), from + size))));
      }
      Path target = folder.resolve("out" + size);
      ParquetSink sink = Parquet.to(target.toString()).rowGroups(300, 1 << 20);
      ParquetFixture.write(sink, SCHEMA, List.of(batches));
      byte[] bytes = Files.readAllBytes(target.resolve("part-00000.snappy.parquet"));
      expected = expected == null ? bytes : expected;
      assertThat(bytes).isEqualTo(expected);
    }
  }

  @Test
  void aPipelineWritesAndInfersAndReads() {
    List<Row> rows = new ArrayList<>();
    rows(9, 300).forEach(row -> rows.add(Row.of(SCHEMA, row.toArray())));
    String target = folder.resolve("out").toString();
    try (Session session = Session.open(Config.of("drawbar.engine", "local"))) {
      session.read(Records.of(SCHEMA, rows)).write(Parquet.to(target));
      InferredSchema found = session.infer(Parquet.at(target));
      assertThat(found.rows()).isEqualTo(300);
      assertThat(found.schema().names()).isEqualTo(SCHEMA.names());
      assertThat(found.schema().field("id").isRequired()).isTrue();
      assertThat(found.schema().field("flag").isRequired()).isFalse();
      assertThat(found.schema().field("vector").type()).isEqualTo(DataType.listOf(DataType.DOUBLE));
      assertThat(found.toString()).contains(".at(").contains("Parquet.of(");
      List<Row> read = session.read(Parquet.of(SCHEMA).at(target)).collect();
      assertThat(read.toString()).isEqualTo(rows.toString());
      session.read(Records.of(SCHEMA, rows)).write(Parquet.to(target).append());
      assertThat(session.read(Parquet.of(SCHEMA).at(target)).count()).isEqualTo(600);
      session.read(Records.of(SCHEMA, rows)).write(Parquet.to(target).overwrite());
      assertThat(session.read(Parquet.of(SCHEMA).at(target)).count()).isEqualTo(300);
    }
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    assertThatThrownBy(() -> Parquet.to("x").check(new Schema(List.of())))
        .isInstanceOf(UnsupportedColumnException.class);
    assertThatThrownBy(() -> Parquet.to("x").rowGroups(0, 1))
        .hasMessageContaining("at least 1 row");
    assertThat(Parquet.to("x.parquet").notice()).contains("is a folder");
  }
}
