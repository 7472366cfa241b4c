package io.drawbar.io;

import static io.drawbar.io.Writing.batch;
import static io.drawbar.io.Writing.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.column.Batch;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSinkTest {
  private static final Schema ALL =
      Schema.empty()
          .with("text", DataType.STRING)
          .with("a, \"b\"", DataType.LONG)
          .with(" number", DataType.DOUBLE)
          .with("flag", DataType.BOOLEAN);

  @TempDir Path folder;

  @Test
  void aFolderThatIsCalledLikeAFileSaysSo() {
    assertThat(Csv.to("out/x.csv").notice())
        .isEqualTo(
            "out/x.csv is a folder of parts, though it is called like a file; singleFile() writes one"
                + " file");
    assertThat(Csv.to("X.CSV.gz").gzip().notice()).startsWith("X.CSV.gz is a folder");
    assertThat(Json.to("x.json").notice()).startsWith("x.json is a folder");
    assertThat(Json.to("x.jsonl").notice()).startsWith("x.jsonl is a folder");
    assertThat(Csv.to("x.csv").singleFile().notice()).isEmpty();
    assertThat(Csv.to("x").notice()).isEmpty();
    assertThatThrownBy(() -> Csv.to("~/x.csv").singleFile().commitProtocol(ALL))
        .isInstanceOf(CommitException.class)
        .hasMessage(
            "cannot write ~/x.csv: ~ is not expanded; say System.getProperty(\"user.home\") +"
                + " \"/x.csv\".");
  }

  @Test
  void writesWhatPeopleExpect() throws IOException {
    CsvSink sink = Csv.to(folder + "/out/").header();
    Batch rows =
        batch(
            ALL,
            List.of(
                Arrays.asList("plain", 1L, 0.5, true),
                Arrays.asList("", -7L, -0.0, false),
                Arrays.asList(null, null, null, null),
                Arrays.asList("say \"hi\"", Long.MIN_VALUE, Double.NaN, null),
                Arrays.asList(" a", 0L, 1e300, null),
                Arrays.asList("a,b", 0L, Double.NEGATIVE_INFINITY, null)));
    write(sink, ALL, List.of(rows, rows.select(new int[] {1, 2}, 2)));
    assertThat(Files.readString(folder.resolve("out/part-00000.csv")))
        .isEqualTo(
            """
            text,"a, ""b\"""," number",flag
            plain,1,0.5,true
            "",-7,-0.0,false
            ,,,
            "say ""hi\""",-9223372036854775808,NaN,
            " a",0,1.0E300,
            "a,b",0,-Infinity,
            """);
    assertThat(Files.readString(folder.resolve("out/part-00001.csv")))
        .isEqualTo("text,\"a, \"\"b\"\"\",\" number\",flag\n\"\",-7,-0.0,false\n,,,\n");
    assertThat(Files.size(folder.resolve("out/_SUCCESS"))).isZero();
    try (var names = Files.list(folder)) {
      assertThat(names.map(p -> p.getFileName().toString())).containsExactly("out");
    }
    assertThat(sink.describe()).isEqualTo("csv " + folder + "/out/");
  }

  @Test
  void whatIsWrittenIsReadBackEqual() throws IOException {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Schema schema = Schema.empty();
      int columns = 1 + random.nextInt(4);
      DataType[] types = {DataType.STRING, DataType.LONG, DataType.DOUBLE, DataType.BOOLEAN};
      for (int c = 0; c < columns; c++) {
        schema = schema.with("c" + c, types[random.nextInt(4)]);
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
      CsvSink sink = Csv.to(folder + "/out" + seed);
      CsvSource csv = Csv.of(schema).at(folder + "/out" + seed);
      if (random.nextBoolean()) {
        sink = sink.header();
        csv = csv.header();
      }
      if (random.nextBoolean()) {
        char separator = ";|\t: '\u0001a".charAt(random.nextInt(7));
        sink = sink.separator(separator);
        csv = csv.separator(separator);
      }
      write(random.nextBoolean() ? sink.gzip() : sink, schema, parts);
      assertThat(Reading.rows(random.nextBoolean() ? csv.trimmingSpaces() : csv))
          .describedAs("seed %d", seed)
          .isEqualTo(all);
    }
  }

  private static Object value(DataType type, Random random) {
    if (random.nextInt(4) == 0) {
      return null;
    }
    if (type == DataType.LONG) {
      return random.nextLong() >> random.nextInt(64);
    }
    if (type == DataType.BOOLEAN) {
      return random.nextBoolean();
    }
    if (type == DataType.DOUBLE) {
      double value = Double.longBitsToDouble(random.nextLong());
      return random.nextBoolean() ? (Object) (double) random.nextInt(100) : (Object) value;
    }
    int[] points = "ab\",; \r\t'?é€\uFEFF\uD83D\uDE00".codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(random.nextInt(20) == 0 ? 2_000 : 6); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  @Test
  void aLargePartIsFlushedInPieces() throws IOException {
    Schema schema = Schema.empty().with("t", DataType.STRING).with("n", DataType.LONG);
    List<List<Object>> rows = new ArrayList<>();
    for (long i = 0; i < 5_000; i++) {
      rows.add(List.of("\"".repeat((int) (i % 700)), i));
    }
    rows.add(List.of("x,".repeat(1_000_000), 1L));
    write(Csv.to(folder + "/big").gzip(), schema, List.of(batch(schema, rows)));
    assertThat(Reading.rows(Csv.of(schema).at(folder + "/big"))).isEqualTo(rows);
  }

  @Test
  void whatCsvCannotHoldIsRefused() throws IOException {
    CsvSink sink = Csv.to(folder + "/no").header();
    assertThatThrownBy(() -> sink.check(ALL.with("features", DataType.vector(3))))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessage(
            ("csv %s/no: column 'features' is VECTOR(3); CSV holds BOOLEAN, LONG, DOUBLE and STRING"
                    + " only. Leave the column out with select(...).")
                .formatted(folder));
    assertThatThrownBy(() -> sink.check(Schema.empty()))
        .isInstanceOf(UnsupportedColumnException.class);
    assertThatThrownBy(() -> sink.check(Schema.empty().with("a\nb", DataType.LONG)))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("line feed");
    Schema schema = Schema.empty().with("note", DataType.STRING);
    assertThatThrownBy(
            () ->
                write(sink, schema, List.of(batch(schema, List.of(List.of("a"), List.of("b\nc"))))))
        .isInstanceOf(UnwritableValueException.class)
        .hasMessage(
            "row 2 of part-00000.csv, column 'note': the text 'b\\n"
                + "c' holds a line feed, which always ends a row of CSV, so it could not be read"
                + " back. Write and read with multiline(), replace it before writing, or leave the"
                + " column out.");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void textsOfSeveralLinesAreReadBackWhereSomebodySaysSo() throws IOException {
    Schema schema = Schema.empty().with("note", DataType.STRING).with("n", DataType.LONG);
    List<List<Object>> rows =
        List.of(
            List.of("one\ntwo", 1L),
            List.of("\n", 2L),
            List.of("\"a\"\r\n\"\"", 3L),
            List.of("plain", 4L));
    write(Csv.to(folder + "/lines").header().multiline(), schema, List.of(batch(schema, rows)));
    CsvSource source = Csv.of(schema).header().multiline().at(folder + "/lines");
    assertThat(Reading.rows(source)).isEqualTo(rows);
  }

  @Test
  void separatorsThatNumbersMayHoldAreRefused() {
    for (char wrong : "1eN+-.\"\n\r".toCharArray()) {
      assertThatThrownBy(() -> Csv.to("x").separator(wrong)).isInstanceOf(DrawbarException.class);
    }
  }

  @Test
  void oneFileHasOneHeaderAndAllPartsInOrder() throws IOException {
    Schema schema = Schema.empty().with("t", DataType.STRING).with("n", DataType.LONG);
    List<List<Object>> rows = new ArrayList<>();
    List<Batch> parts = new ArrayList<>();
    for (long p = 0; p < 12; p++) {
      List<List<Object>> part = List.of(List.of("a" + p, p), List.of("b", -p));
      rows.addAll(part);
      parts.add(batch(schema, part));
    }
    CsvSink plain = Csv.to(folder + "/deep/x.csv").header().singleFile();
    write(plain, schema, parts);
    assertThat(Files.readAllLines(folder.resolve("deep/x.csv")))
        .hasSize(25)
        .startsWith("t,n", "a0,0", "b,0", "a1,1");
    write(Csv.to(folder + "/deep/x.csv.gz").header().singleFile().gzip(), schema, parts);
    write(Csv.to(folder + "/deep/y.csv.gz").singleFile().gzip(), schema, List.of());
    write(Csv.to(folder + "/deep/z.csv").header().singleFile(), schema, List.of());
    for (String name : List.of("x.csv", "x.csv.gz")) {
      assertThat(Reading.rows(Csv.of(schema).header().at(folder + "/deep/" + name)))
          .isEqualTo(rows);
    }
    assertThat(Reading.rows(Csv.of(schema).at(folder + "/deep/y.csv.gz"))).isEmpty();
    assertThat(folder.resolve("deep/z.csv")).hasContent("t,n\n");
    try (var names = Files.list(folder.resolve("deep"))) {
      assertThat(names).hasSize(4);
    }
    assertThatThrownBy(() -> write(plain, schema, parts))
        .isInstanceOf(TargetExistsException.class)
        .hasMessage(
            ("there is already something at the output file %s/deep/x.csv; it is not overwritten."
                    + " Delete it, write to another file, or say overwrite().")
                .formatted(folder));
    assertThatThrownBy(() -> write(Csv.to("a.csv").singleFile().gzip(), schema, parts))
        .hasMessage("csv a.csv: readers know a compressed file by its name; call it a.csv.gz");
    assertThatThrownBy(() -> write(Csv.to("a.csv.gz").singleFile(), schema, parts))
        .hasMessage(
            "csv a.csv.gz: readers take a file of this name for one compressed with gzip; add compressed(Compression.GZIP), or"
                + " leave .gz out");
    Schema note = Schema.empty().with("note", DataType.STRING);
    assertThatThrownBy(
            () ->
                write(
                    Csv.to(folder + "/no.csv").singleFile(),
                    note,
                    List.of(batch(note, List.of(List.of("a"), List.of("b\nc"))))))
        .isInstanceOf(UnwritableValueException.class);
    try (var names = Files.list(folder)) {
      assertThat(names.map(p -> p.getFileName().toString())).containsExactly("deep");
    }
  }
}
