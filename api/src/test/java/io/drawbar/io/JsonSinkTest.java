package io.drawbar.io;

import static io.drawbar.io.Writing.batch;
import static io.drawbar.io.Writing.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.testkit.Canonical;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonSinkTest {
  @TempDir Path folder;

  @Test
  void writesWhatPeopleExpect() throws IOException {
    Schema schema =
        Schema.empty()
            .with("the \"text\"", DataType.STRING)
            .with("n", DataType.LONG)
            .with("x", DataType.DOUBLE)
            .with("ok", DataType.BOOLEAN)
            .with("v", DataType.vector(2))
            .with("l", DataType.listOf(DataType.listOf(DataType.STRING)));
    Batch rows =
        batch(
            schema,
            List.of(
                Arrays.asList(
                    "a\"\\/\n\t\u0001é",
                    Long.MIN_VALUE,
                    1e300,
                    true,
                    new double[] {1, -0.0},
                    Arrays.asList(List.of("a", ""), null, List.of())),
                Arrays.asList(null, null, null, null, null, null),
                Arrays.asList("", 0L, 0.1, false, new double[2], List.of())));
    write(Json.to(folder + "/out"), schema, List.of(rows, rows.select(new int[] {2}, 1)));
    assertThat(Files.readString(folder.resolve("out/part-00000.json")))
        .isEqualTo(
            """
            {"the \\"text\\"":"a\\"\\\\/\\n\\t\\u0001é","n":-9223372036854775808,"x":1.0E300,"ok":true,"v":[1.0,-0.0],"l":[["a",""],null,[]]}
            {"the \\"text\\"":null,"n":null,"x":null,"ok":null,"v":null,"l":null}
            {"the \\"text\\"":"","n":0,"x":0.1,"ok":false,"v":[0.0,0.0],"l":[]}
            """);
    assertThat(Files.size(folder.resolve("out/_SUCCESS"))).isZero();
    assertThat(Json.to("x").gzip().describe()).isEqualTo("json x");
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws IOException {
    DataType[] types = {
      DataType.STRING,
      DataType.LONG,
      DataType.DOUBLE,
      DataType.BOOLEAN,
      DataType.vector(3),
      DataType.listOf(DataType.STRING),
      DataType.listOf(DataType.vector(2)),
      DataType.listOf(DataType.listOf(DataType.BOOLEAN))
    };
    for (long seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      Schema schema = Schema.empty();
      for (int c = random.nextInt(5); c >= 0; c--) {
        schema = schema.with("c \"" + c + "\\", types[random.nextInt(types.length)]);
      }
      List<List<Object>> all = new ArrayList<>();
      List<Batch> parts = new ArrayList<>();
      for (int p = random.nextInt(3); p >= 0; p--) {
        List<List<Object>> rows = new ArrayList<>();
        for (int r = random.nextInt(20); r > 0; r--) {
          List<Object> row = new ArrayList<>();
          schema.fields().forEach(f -> row.add(value(f.type(), random)));
          rows.add(row);
        }
        all.addAll(rows);
        parts.add(batch(schema, rows));
      }
      boolean isFile = random.nextBoolean();
      boolean isGzip = random.nextBoolean();
      String path = folder + "/out" + seed + (isFile && isGzip ? ".gz" : "");
      JsonSink sink = isFile ? Json.to(path).singleFile() : Json.to(path);
      write(isGzip ? sink.gzip() : sink, schema, parts);
      Canonical.ofValues(Reading.rows(Json.of(schema).at(path)).toArray())
          .mustEqual(Canonical.ofValues(all.toArray()), "seed " + seed);
    }
  }

  private static Object value(DataType type, Random random) {
    return random.nextInt(5) == 0 ? null : present(type, random);
  }

  private static Object present(DataType type, Random random) {
    if (type == DataType.LONG) {
      return random.nextLong() >> random.nextInt(64);
    }
    if (type == DataType.BOOLEAN) {
      return random.nextBoolean();
    }
    if (type == DataType.DOUBLE) {
      double value = Double.longBitsToDouble(random.nextLong());
      return Double.isFinite(value) && random.nextBoolean() ? value : random.nextInt(9) / -4.0;
    }
    if (type instanceof VectorType vector) {
      double[] elements = new double[vector.size()];
      Arrays.setAll(elements, j -> (double) present(DataType.DOUBLE, random));
      return elements;
    }
    if (type instanceof ListType list) {
      List<Object> items = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        items.add(value(list.item(), random));
      }
      return items;
    }
    int[] points =
        "ab\",\\/ \r\n\t\b\f\0\u001f\u007f\u2028é€\uFEFF\uD83D\uDE00".codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 2_000 : 6); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  @Test
  void sparseVectorsAreWrittenWhole() throws IOException {
    Schema schema = Schema.empty().with("v", DataType.vector(4));
    SparseVectorColumn column =
        new SparseVectorColumn(
            3,
            4,
            new int[] {0, 2, 9},
            new int[] {2, 2, 1},
            new int[] {1, 3},
            new double[] {-0.0, 7},
            new boolean[] {false, false, true});
    write(Json.to(folder + "/v.json").singleFile(), schema, List.of(Batch.of(schema, 3, column)));
    assertThat(folder.resolve("v.json"))
        .hasContent("{\"v\":[0.0,-0.0,0.0,7.0]}\n{\"v\":[0.0,0.0,0.0,0.0]}\n{\"v\":null}\n");
  }

  @Test
  void whatJsonCannotHoldIsRefused() throws IOException {
    Schema schema = Schema.empty().with("a", DataType.LONG).with("v", DataType.vector(2));
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      Batch rows =
          batch(schema, List.of(List.of(1L, new double[2]), List.of(2L, new double[] {0, value})));
      assertThatThrownBy(() -> write(Json.to(folder + "/no"), schema, List.of(rows)))
          .isInstanceOf(UnwritableValueException.class)
          .hasMessage(
              ("row 2 of part-00000.json, column 'v': %s is no number of JSON, so it could not be"
                      + " read back. Leave such rows or the column out, or cast it to STRING.")
                  .formatted(value));
    }
    assertThat(folder.resolve("no")).doesNotExist();
    assertThatThrownBy(() -> Json.to("x").check(Schema.empty()))
        .isInstanceOf(UnsupportedColumnException.class);
    Schema wide = Schema.empty().with("w", DataType.listOf(DataType.vector(Integer.MAX_VALUE)));
    assertThatThrownBy(() -> Json.to("x").check(wide))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessage(
            "json x: column 'w' is LIST(VECTOR(2147483647)), and a line has room for 16777216"
                + " elements at most. Leave the column out with select(...).");
    Schema text = Schema.empty().with("t", DataType.STRING);
    String quotes = "\"".repeat(40 << 20);
    assertThatThrownBy(
            () ->
                write(
                    Json.to(folder + "/long"),
                    text,
                    List.of(batch(text, List.of(List.<Object>of(quotes))))))
        .isInstanceOf(UnwritableValueException.class)
        .hasMessageContaining("is longer than 67108864 bytes");
  }
}
