package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.Reading.Seen;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.testkit.MutationFuzzing;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged text of each format is read, or a bad row of it named, and never anything else; which of
 * them depends on neither the leaves, the tasks nor the columns asked for; and what is read is what
 * FastCSV or Jackson reads.
 */
class TextFuzzTest {
  private static final Schema MIXED =
      new Schema(
          List.of(
              Field.optional("s", DataType.STRING),
              Field.required("n", DataType.LONG),
              Field.optional("d", DataType.DOUBLE),
              Field.optional("f", DataType.BOOLEAN)));
  private static final Schema TEXTS =
      Schema.empty().with("a", DataType.STRING).with("b", DataType.STRING);

  @TempDir Path folder;

  /** Rows in order, and what is said of the first bad one. */
  private record Outcome(List<Seen> seen, String bad) {
    /** Arrays are equal only to themselves. */
    private static Seen comparable(Seen row) {
      List<Object> values = new ArrayList<>(row.values());
      values.replaceAll(v -> v instanceof double[] array ? Arrays.toString(array) : v);
      return new Seen(row.file(), row.leaf(), row.block(), values);
    }

    static Outcome of(Source source, Layout layout, int desired, List<String> columns)
        throws IOException {
      List<Seen> seen = new ArrayList<>();
      try {
        for (Split split : source.splits(layout, desired, 1)) {
          try (LeafReader reader = source.open(split, layout, columns)) {
            Reading.drain(reader, seen);
            seen.replaceAll(Outcome::comparable);
          }
        }
      } catch (DrawbarException e) {
        boolean isNamed = e instanceof BadRowException || e.getMessage().contains(" header");
        assertThat(isNamed).describedAs("%s", e).isTrue();
        seen.replaceAll(Outcome::comparable);
        return new Outcome(seen, e.getMessage());
      }
      return new Outcome(seen, "");
    }
  }

  /** Reads a file whole and in pieces; returns its rows, or null if there is a bad one. */
  private static List<List<Object>> read(Source source, Random random) throws IOException {
    Layout layout = new Layout(1 + random.nextInt(random.nextBoolean() ? 9 : 400), 1, 3);
    List<String> all = source.schema().names();
    Outcome whole = Outcome.of(source, layout, 1, all);
    Source pieces =
        source instanceof CsvSource csv
            ? csv.surveyed(layout, Inferring.pass(layout, 7, random.nextInt()))
            : source;
    Outcome divided = Outcome.of(pieces, layout, 2 + random.nextInt(30), all);
    assertThat(divided).isEqualTo(whole);
    int from = random.nextInt(all.size() + 1);
    List<String> some = all.subList(from, from + random.nextInt(all.size() + 1 - from));
    Outcome fewer = Outcome.of(pieces, layout, 4, some);
    assertThat(fewer.bad).isEqualTo(whole.bad);
    if (!whole.bad.isEmpty()) {
      return null;
    }
    assertThat(fewer.seen)
        .isEqualTo(
            whole.seen.stream()
                .map(
                    s ->
                        new Seen(
                            s.file(),
                            s.leaf(),
                            s.block(),
                            s.values().subList(from, from + some.size())))
                .toList());
    return whole.seen.stream().map(Seen::values).toList();
  }

  private Path file(byte[] bytes) throws IOException {
    return Reading.write(folder.resolve("f"), bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void csv() {
    String good =
        "s,n,x,d,f\na,1,,2.5,true\n\"b,\"\"c\"\"\",-12345678901,x,1e300,\r\n,0,,,FALSE\n"
            + "\u00E9\u20AC,9223372036854775807,\"\",0.12345678901234567,\n";
    MutationFuzzing.of("csv", 1_500)
        .from(bytes(good))
        .from(bytes(good.replace("\n", "\r\n")))
        .from(bytes("\uFEFF# c\n" + good.replace(",", " , ")))
        .from(bytes(good + "\"over\n\"\"lines\r\n\",7,\"\n\",3,true\n# \"\n"))
        .words("\"", "\"\"", ",", "\n", "\r\n", "#", "-", "e", ".", "0", "NaN", "true", "\uFEFF")
        .run(
            (bytes, random) -> {
              CsvSource csv = Csv.of(MIXED).at(file(bytes).toString()).header();
              csv = random.nextBoolean() ? csv.multiline() : csv;
              csv = random.nextBoolean() ? csv.comments('#') : csv;
              csv = random.nextBoolean() ? csv.trimmingSpaces() : csv;
              read(random.nextInt(4) == 0 ? csv.nullText("-", "NaN") : csv, random);
            });
  }

  @Test
  void textsOfCsvAsFastCsvHasThem() {
    int[] compared = {0};
    MutationFuzzing.of("csv-texts", 1_500)
        .from(bytes("a,b\n\"c\",\"d\"\"\"\n\u20AC,\"\r\n,\"\ne,\n"))
        .words("\"", "\"\"", ",", "\n", "\r\n", "\",\"")
        .run(
            (bytes, random) -> {
              String text = new String(bytes, StandardCharsets.UTF_8);
              boolean isText = text.indexOf('\uFFFD') < 0 && !text.startsWith("\uFEFF");
              // A carriage return alone ends a row there, and is like any other character here.
              boolean isAlike = !text.replace("\r\n", "").contains("\r");
              CsvSource csv = Csv.of(TEXTS).multiline().at(file(bytes).toString());
              List<List<Object>> rows = read(csv, random);
              if (rows != null && isText && isAlike) {
                compared[0]++;
                assertThat(
                        rows.stream()
                            .map(r -> r.stream().map(v -> v == null ? "" : (String) v).toList())
                            .toList())
                    .isEqualTo(oracle(text));
              }
            });
    assertThat(compared[0]).isGreaterThan(100);
  }

  private static List<List<String>> oracle(String text) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().skipEmptyLines(true).ofCsvRecord(text)) {
      reader.forEach(r -> rows.add(r.getFields()));
    }
    return rows;
  }

  @Test
  void json() {
    String good =
        "{\"s\":\"a\\n\\u00e9\\ud83d\\ude00\",\"n\":-12,\"x\":[{},[1.5e3,null]],\"d\":2.5,\"f\":true}\n"
            + "{ \"d\" : 1e-7 , \"n\" : 9223372036854775807 }\r\n\n{\"n\":0,\"f\":null,\"s\":\"\u20AC\"}\n";
    MutationFuzzing.of("json", 1_500)
        .from(bytes(good))
        .words("\"", "\\", "{", "}", "[", "]", ":", ",", "\n", "\\u", "\\ud83d", "null", "1e", "-")
        .words("{\"n\":1}", "\"n\":", "[[[[[[[[[[[[[[[[[[[[")
        .run((bytes, random) -> read(Json.of(MIXED).at(file(bytes).toString()), random));
  }

  @Test
  void jsonAsJacksonHasIt() {
    int[] compared = {0};
    MutationFuzzing.of("json-values", 1_500)
        .from(
            bytes("{\"text\":\"a\\n\",\"whole\":7,\"number\":2.5,\"flag\":true}\n{\"whole\":1}\n"))
        .words("\"", "\\", "{", "}", "[", "]", ":", ",", "\n", "\\u", "null", "1e", "-")
        .run(
            (bytes, random) -> {
              // Jackson takes these for UTF-16 or UTF-32.
              if (new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0) {
                return;
              }
              JsonReference expected = JsonReference.of(bytes);
              List<List<Object>> rows =
                  read(JsonTest.deep(Json.of(JsonTest.ALL)).at(file(bytes).toString()), random);
              assertThat(rows == null).isEqualTo(expected.badLine() > 0);
              if (rows != null) {
                compared[0]++;
                assertThat(rows.toString()).isEqualTo(expected.rows().toString());
              }
            });
    assertThat(compared[0]).isGreaterThan(50);
  }

  @Test
  void libsvm() {
    String good = "# c\n1 1:0.5 3:-2e-3 # d\n-1\n\n+0.5\t2:7 12:1\r\n0 1:12345678.25 2:NaN\n";
    MutationFuzzing.of("libsvm", 1_500)
        .from(bytes(good))
        .words(
            ":", " ", "\t", "#", "\n", "\r\n", "0", "1:", "13:1", "-", "e", "qid:1", "99999999999")
        .run((bytes, random) -> read(LibSvm.at(file(bytes).toString()).features(12), random));
  }

  @Test
  void lines() {
    MutationFuzzing.of("lines", 500)
        .from(bytes("one\ntwo\r\n\n\u20ACthree"))
        .words("\n", "\r", "\uFEFF", "\u00E9")
        .run((bytes, random) -> read(TextFiles.at(file(bytes).toString()), random));
  }

  @Test
  void whatGoesWrongIsKeptAndNamed() {
    assertThatThrownBy(
            () ->
                MutationFuzzing.of("fault", 500)
                    .from(bytes("a,b\n"))
                    .run(
                        (bytes, random) -> {
                          if (bytes.length > 0 && bytes[0] != 'a') {
                            throw new ArrayIndexOutOfBoundsException("planted");
                          }
                        }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("fault, seed ")
        .hasMessageContaining("planted");
  }
}
