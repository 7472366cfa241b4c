package io.drawbar.io;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Reading.Seen;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.testkit.ChaosEngine;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quotes that span lines, and comments: FastCSV is the oracle, at leaves of all sizes. */
class MultilineCsvTest {
  private static final Schema PAIR =
      Schema.empty().with("a", DataType.STRING).with("b", DataType.STRING);

  @TempDir Path folder;

  private static String field(Random random) {
    String alphabet = random.nextBoolean() ? "ab\n\"" : "a\n\r,#\" \u20AC";
    StringBuilder value = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      value.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return value.toString();
  }

  /** Rows of texts, and what is between them. */
  private static String text(Random random, int columns, boolean isTrimmed, boolean hasHeader) {
    StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
    int rows = random.nextInt(12) + (hasHeader ? 1 : 0);
    for (int r = 0; r < rows; r++) {
      if (random.nextInt(4) == 0) {
        text.append("#").append(random.nextBoolean() ? " a \"comment\n" : ",\"\"\r\n");
      }
      for (int c = 0; c < columns; c++) {
        text.append(c == 0 ? "" : ",").append(isTrimmed && random.nextBoolean() ? " \t" : "");
        if (r == 0 && hasHeader) {
          text.append("\"").append((char) ('a' + c)).append("\"");
        } else if (random.nextInt(5) == 0) {
          text.append("x\"y".repeat(1 + random.nextInt(3)));
        } else {
          text.append('"').append(field(random).replace("\"", "\"\"")).append('"');
        }
        text.append(isTrimmed && random.nextBoolean() ? " " : "");
      }
      text.append(
          r == rows - 1 && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
    }
    return text.toString();
  }

  /** What is read without looking first, whole, is what is read in ranges of any size. */
  private static List<Seen> inRanges(CsvSource csv, int leafBytes, int blockRows, long seed)
      throws IOException {
    Layout layout = new Layout(leafBytes, 1, blockRows);
    List<Seen> whole = Reading.all(csv, layout, 1 << 20, 1);
    Source surveyed = Reading.shipped(csv.surveyed(layout, Inferring.pass(layout, 1 << 20, seed)));
    assertThat(Reading.all(surveyed, layout, 1 << 20, 1)).isEqualTo(whole);
    assertThat(Reading.all(surveyed, layout, 3, 2)).isEqualTo(whole);
    return whole;
  }

  @Test
  void agreesWithFastCsvAtEveryLeafSize() throws IOException {
    int divided = 0;
    for (long seed = 0; seed < 80; seed++) {
      Random random = new Random(seed);
      int columns = 2 + random.nextInt(2);
      boolean isTrimmed = random.nextInt(4) == 0;
      boolean hasHeader = random.nextInt(3) == 0;
      String text = text(random, columns, isTrimmed, hasHeader);
      Schema schema = Schema.empty();
      for (int c = 0; c < columns; c++) {
        schema = schema.with("" + (char) ('a' + c), DataType.STRING);
      }
      Path file = Reading.write(folder.resolve("m.csv"), text);
      CsvSource csv = Csv.of(schema).multiline().comments('#').at(file.toString());
      csv = hasHeader ? csv.header() : csv;
      csv = isTrimmed ? csv.trimmingSpaces() : csv;
      List<Seen> seen = inRanges(csv, 1 << 20, 3, seed);
      for (int leafBytes : new int[] {1, 2 + random.nextInt(5), 8 + random.nextInt(60)}) {
        divided += inRanges(csv, leafBytes, 2, seed).equals(seen) ? 0 : 1;
      }
      List<List<String>> found =
          seen.stream()
              .map(s -> s.values().stream().map(v -> v == null ? "" : "" + v).toList())
              .toList();
      Path zipped = folder.resolve("z.csv.gz");
      Reading.write(zipped, Reading.gzip(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(Reading.rows(csv.at(zipped.toString())))
          .isEqualTo(seen.stream().map(Seen::values).toList());
      if (!isTrimmed) {
        List<List<String>> expected = oracle(text);
        assertThat(found)
            .describedAs("seed %s: %s", seed, text)
            .isEqualTo(hasHeader ? expected.subList(1, expected.size()) : expected);
      }
    }
    assertThat(divided).as("files in which some rows are in another leaf").isGreaterThan(100);
  }

  private static List<List<String>> oracle(String text) throws IOException {
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .skipEmptyLines(true)
            .ofCsvRecord(unmarked)) {
      reader.forEach(r -> rows.add(r.getFields()));
    }
    return rows;
  }

  /** Rows, or what is said of the first bad one. */
  private static String outcome(Source csv, Layout layout, int desired) throws IOException {
    List<Seen> seen = new ArrayList<>();
    for (Split split : csv.splits(layout, desired, 1)) {
      try (LeafReader reader = csv.open(split, layout, csv.schema().names())) {
        Reading.drain(reader, seen);
      } catch (BadRowException e) {
        return e.getMessage();
      }
    }
    return seen.toString();
  }

  @Test
  void whatIsBadIsTheSameInRanges() throws IOException {
    int bad = 0;
    for (long seed = 0; seed < 800; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append("ab,,\"\"\"\n\n\r# ".charAt(random.nextInt(12)));
      }
      Path file = Reading.write(folder.resolve("b.csv"), text.toString());
      CsvSource csv = Csv.of(PAIR).multiline().at(file.toString());
      csv = random.nextBoolean() ? csv.comments('#') : csv;
      csv = random.nextBoolean() ? csv.trimmingSpaces() : csv;
      Layout layout = new Layout(1 + random.nextInt(4), 1, 1 + random.nextInt(3));
      String whole = outcome(csv, layout, 1);
      bad += whole.startsWith("[") ? 0 : 1;
      Source surveyed = csv.surveyed(layout, Inferring.pass(layout, 1 << 20, seed));
      assertThat(outcome(surveyed, layout, 1 << 20))
          .describedAs("seed %s: %s", seed, text)
          .isEqualTo(whole);
    }
    assertThat(bad).isBetween(250, 750);
  }

  @Test
  void anUnclosedQuoteSaysHowItMayBeMeant() throws IOException {
    Path file = Reading.write(folder.resolve("u.csv"), "a,b\n\"c\nd\",e\n\"f,g\nh");
    CsvSource csv = Csv.of(PAIR).at(file.toString());
    assertThatThrownBy(() -> Reading.rows(csv))
        .hasMessageEndingWith(
            "u.csv, line 2 (byte 4), field 1: the quote before 'c' is not closed in its line. Close"
                + " the quote, or double it if it is part of the text; or, if texts of this file"
                + " have line feeds in them, add multiline().");
    assertThatThrownBy(() -> Reading.rows(csv.multiline()))
        .hasMessageEndingWith(
            "u.csv, line 4 (byte 12), field 1: the quote before 'f,g\nh' is not closed before the end"
                + " of the file. Close the quote, or double it if it is part of the text.");
    CsvSource header = Csv.of(PAIR).header();
    Path headed = Reading.write(folder.resolve("h.csv"), "\"a\nb\",a,b\n1,2,3\n");
    assertThatThrownBy(() -> Reading.rows(header.at(headed.toString())))
        .hasMessageContaining("the quotes of the header do not match")
        .hasMessageEndingWith("add multiline().");
    assertThat(Reading.rows(header.multiline().at(headed.toString())))
        .containsExactly(asList("2", "3"));
  }

  @Test
  void commentsOfAnyLengthAreNoRows() throws IOException {
    String comment = "#" + "long, \"".repeat(200_000) + "\n";
    String text = comment + "b,a\n" + comment + "1,2\n#\n\r\n" + comment + "\"#3\",4#\n#";
    Path file = Reading.write(folder.resolve("c.csv"), text);
    CsvSource csv = Csv.of(PAIR).header().comments('#').longestRow(1_000).at(file.toString());
    for (CsvSource some : List.of(csv, csv.multiline())) {
      assertThat(Reading.rows(some)).containsExactly(asList("2", "1"), asList("4#", "#3"));
      List<Seen> seen = inRanges(some, 100_000, 1, 1);
      assertThat(seen.stream().map(Seen::leaf)).containsExactly(28L, 42L);
    }
    Path one = Reading.write(folder.resolve("n.csv"), "1\n\n%\n2");
    CsvSource numbers = Csv.of(Schema.empty().with("n", DataType.LONG)).comments('%');
    assertThat(Reading.rows(numbers.at(one.toString())))
        .containsExactly(asList(1L), asList((Object) null), asList(2L));
    for (char wrong : new char[] {',', '"', ' ', '7', '\n', '\u00E9'}) {
      assertThatThrownBy(() -> Csv.of(PAIR).comments(wrong)).hasMessageContaining("comments");
    }
  }

  @Test
  void theLongestRowIsWhatIsSaid() throws IOException {
    String row = "\"" + "x\n".repeat(30) + "\",1\n";
    Path file = Reading.write(folder.resolve("l.csv"), "a,b\n" + row);
    CsvSource csv = Csv.of(PAIR).multiline().at(file.toString());
    assertThat(Reading.rows(csv.longestRow(64))).hasSize(2);
    assertThatThrownBy(() -> Reading.rows(csv.longestRow(63)))
        .hasMessageContaining("line 2 (byte 4): the row is longer than 63 bytes")
        .hasMessageEndingWith("say how long with longestRow(bytes).");
    String json = Reading.write(folder.resolve("l.json"), "{\"a\":\"x\"}\n").toString();
    assertThat(Reading.rows(Json.of(PAIR).longestRow(9).at(json))).hasSize(1);
    assertThatThrownBy(() -> Reading.rows(Json.of(PAIR).longestRow(8).at(json)))
        .hasMessageContaining("longer than 8 bytes");
    assertThatThrownBy(() -> Reading.rows(TextFiles.at(json).longestRow(8)))
        .hasMessageContaining("longer than 8 bytes");
    String svm = Reading.write(folder.resolve("l.svm"), "1 1:2\n").toString();
    assertThatThrownBy(() -> Reading.rows(LibSvm.at(svm).features(3).longestRow(4)))
        .hasMessageContaining("longer than 4 bytes");
    assertThatThrownBy(() -> Csv.of(PAIR).longestRow(0))
        .hasMessage("the longest row can have from 1 to 1073741824 bytes, not 0");
  }

  @Test
  void columnsAreInferredInTheSameDialect() throws IOException {
    String text = "# of 2024\nid,\"no\nte\"\n1,\"a\nb\"\n# more\n2,\"c\"\"\n\nd\"\n3,e\n";
    Path file = Reading.write(folder.resolve("i.csv"), text);
    CsvFiles files = Csv.at(file.toString()).header().comments('#').multiline().longestRow(500);
    String found = Inferring.infer(files).toString();
    assertThat(found).contains(".header().comments('#').multiline().longestRow(500)");
    assertThat(Inferring.infer(files).schema().names()).containsExactly("id", "no\nte");
    assertThat(Inferring.infer(files).rows()).isEqualTo(3);
    CsvFiles bare = Csv.at(file.toString()).comments('#').multiline();
    assertThat(Inferring.infer(bare).schema().names()).containsExactly("c0", "c1");
  }

  @Test
  void aSessionLooksFirst() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append(i).append(",\"line\nof ").append(i).append("\"\n");
    }
    Path file = Reading.write(folder.resolve("s.csv"), text.toString());
    Config config = Config.of("drawbar.leaf.bytes", "64", "drawbar.parallelism", "3");
    try (Session session = Session.open(config)) {
      var rows = session.read(Csv.of(PAIR).multiline().at(file.toString()));
      assertThat(rows.explain())
          .contains("Run first\n  see where leaves of 'csv " + file + "' start in quotes");
      assertThat(rows.collect().stream().map(row -> row.stringValue("b")))
          .hasSize(500)
          .startsWith("line\nof 0")
          .endsWith("line\nof 499");
      assertThat(rows.limit(3).collect()).hasSize(3);
      assertThat(session.infer(Csv.at(file.toString()).multiline()).rows()).isEqualTo(500);
      for (int seed = 1; seed < 4; seed++) {
        try (Session chaos = Session.attach(new ChaosEngine(seed, 3), config)) {
          assertThat(chaos.read(Csv.of(PAIR).multiline().at(file.toString())).collect())
              .isEqualTo(rows.collect());
        }
      }
    }
  }
}
