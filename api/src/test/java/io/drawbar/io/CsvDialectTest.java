package io.drawbar.io;

import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvDialectTest {
  private static final Schema ALL =
      Schema.empty()
          .with("text", DataType.STRING)
          .with("whole", DataType.LONG)
          .with("number", DataType.DOUBLE)
          .with("flag", DataType.BOOLEAN);

  @TempDir Path folder;

  record Customer(int age, double income, boolean churned) {}

  private List<List<Object>> read(CsvSource csv, String text) throws IOException {
    Path file = Reading.write(folder.resolve("in/t.csv"), text);
    return Reading.rows(csv.at(file.toString()));
  }

  @Test
  void readsAsInTheReadme() {
    Source source = Csv.of(Customer.class).at("customers.csv");
    assertThat(source.describe()).isEqualTo("csv customers.csv");
    assertThat(source.schema()).isEqualTo(Schema.of(Customer.class));
  }

  /** Names that no component of a record can have. */
  @Test
  void columnsThatTheHeaderCallsOtherwise() throws IOException {
    CsvSource csv =
        Csv.of(Customer.class)
            .header()
            .column("churned", "default")
            .column("income", "income, yearly");
    assertThat(read(csv, "default,\"income, yearly\",x,age\ntrue,1.5,,7\n"))
        .containsExactly(asList(7L, 1.5, true));
    CsvSource swapped = Csv.of(Customer.class).column("age", "income").column("income", "age");
    assertThat(read(swapped, "age,income,churned\n1,2,false\n"))
        .containsExactly(asList(2L, 1.0, false));
    assertThatThrownBy(() -> csv.column("age", "default").schema())
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("columns 'age' and 'churned' are both taken from 'default'");
    assertThatThrownBy(() -> csv.column("aeg", "default"))
        .hasMessageContaining("no column 'aeg'")
        .hasMessageContaining("Did you mean 'age'?");
  }

  @Test
  void emptyIsNullAndQuotedEmptyIsText() throws IOException {
    assertThat(
            read(
                Csv.of(ALL), "a,1,0.5,true\n,,,\n\"\",-0,-0.0,FALSE\n\"b\",\"2\",\"3\",\"True\"\n"))
        .containsExactly(
            asList("a", 1L, 0.5, true),
            asList(null, null, null, null),
            asList("", 0L, -0.0, false),
            asList("b", 2L, 3.0, true));
  }

  @Test
  void quotesAsInRfc4180() throws IOException {
    assertThat(
            read(
                Csv.of(Schema.empty().with("a", DataType.STRING).with("b", DataType.STRING)),
                "\"a,b\",\"say \"\"hi\"\"\"\n5\" pipe,x\"y\"\n\"\"\"\"\"\",\"\r\"\r\n"))
        .containsExactly(
            asList("a,b", "say \"hi\""), asList("5\" pipe", "x\"y\""), asList("\"\"", "\r"));
  }

  @Test
  void anEmptyLineIsARowOfOneColumn() throws IOException {
    assertThat(read(Csv.of(Schema.empty().with("a", DataType.STRING)), "x\n\n\"\"\n\r\n"))
        .containsExactly(asList("x"), asList((Object) null), asList(""), asList((Object) null));
  }

  @Test
  void anEmptyLineIsNoRowOfSeveralColumns() throws IOException {
    assertThat(read(Csv.of(ALL), "\n\r\na,1,2,true\r\n\n\nb,,,\n\n\r"))
        .containsExactly(asList("a", 1L, 2.0, true), asList("b", null, null, null));
  }

  @Test
  void separatorsSpacesAndNullTexts() throws IOException {
    CsvSource csv = Csv.of(ALL).separator(';').trimmingSpaces().nullText("?").nullText("n/a", "-");
    assertThat(read(csv, " a b ; 1;\t2 ;true \r\n?; n/a ;-; ?\n \" x \" ;4;; false\n\"?\";;;\n"))
        .containsExactly(
            asList("a b", 1L, 2.0, true),
            asList(null, null, null, null),
            asList(" x ", 4L, null, false),
            asList("?", null, null, null));
    assertThat(read(Csv.of(ALL).separator('\t').trimmingSpaces(), "a \t 1\t\t true\n"))
        .containsExactly(asList("a", 1L, null, true));
    assertThatThrownBy(() -> Csv.of(ALL).separator('"'))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("cannot separate fields");
  }

  @Test
  void aHeaderFindsColumnsByName() throws IOException {
    CsvSource csv = Csv.of(Customer.class).header();
    assertThat(read(csv, "\uFEFFid,churned,\"income\",age\r\nx\"y,true,1e3,41\r\n"))
        .containsExactly(asList(41L, 1000.0, true));
    assertThat(read(csv, "")).isEmpty();
    assertThat(read(csv, "age,income,churned\n")).isEmpty();
  }

  @Test
  void everyColumnIsCheckedWhateverIsAskedFor() throws IOException {
    Path file = Reading.write(folder.resolve("t.csv"), "a,1,x,true\n");
    CsvSource csv = Csv.of(ALL).at(file.toString());
    Layout layout = new Layout(100, 1, 1);
    try (var reader = csv.open(csv.splits(layout, 1, 1).get(0), layout, List.of())) {
      assertThat(reader.nextLeaf()).isTrue();
      assertThatThrownBy(reader::nextBlock)
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("column 'number': 'x' is not a DOUBLE");
    }
  }

  @Test
  void columnsComeInTheOrderAskedFor() throws IOException {
    Path file = Reading.write(folder.resolve("t.csv"), "a,1,2,true\nb,3,,false\n");
    CsvSource csv = Csv.of(ALL).at(file.toString());
    Layout layout = new Layout(100, 1, 10);
    try (var reader =
        csv.open(csv.splits(layout, 1, 1).get(0), layout, List.of("flag", "whole", "text"))) {
      reader.nextLeaf();
      assertThat(Reading.values(reader.nextBlock()))
          .containsExactly(asList(true, 1L, "a"), asList(false, 3L, "b"));
      assertThat(reader.nextBlock()).isNull();
      assertThat(reader.nextLeaf()).isFalse();
      assertThat(reader.bytesRead()).isEqualTo(22);
    }
    try (var reader = csv.open(csv.splits(layout, 1, 1).get(0), layout, List.of())) {
      reader.nextLeaf();
      assertThat(reader.nextBlock().rows()).isEqualTo(2);
    }
  }

  @Test
  void onlyScalarColumns() {
    assertThatThrownBy(() -> Csv.of(ALL.with("v", DataType.vector(3))))
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessage("column 'v' is VECTOR(3); a CSV column can be BOOLEAN, LONG, DOUBLE or STRING");
    assertThatThrownBy(() -> Csv.of(Schema.empty())).isInstanceOf(UnsupportedColumnException.class);
    assertThatThrownBy(() -> Csv.of(ALL).splits(new Layout(1, 1, 1), 1, 1))
        .hasMessageContaining("at(\"path\")");
  }

  @Test
  void agreesWithFastCsvOnRandomFiles() throws IOException {
    for (long seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int columns = 1 + random.nextInt(4);
      StringBuilder text = new StringBuilder();
      List<List<Object>> written = new ArrayList<>();
      int rows = random.nextInt(30);
      for (int r = 0; r < rows; r++) {
        List<Object> row = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
          text.append(c == 0 ? "" : ",");
          row.add(field(random, text));
        }
        written.add(row);
        boolean isLast = r == rows - 1;
        boolean open = isLast && random.nextBoolean() && row.get(columns - 1) != null;
        text.append(open ? "" : random.nextBoolean() ? "\n" : "\r\n");
      }
      Schema schema = Schema.empty();
      for (int c = 0; c < columns; c++) {
        schema = schema.with("c" + c, DataType.STRING);
      }
      Path file = Reading.write(folder.resolve("r.csv"), text.toString());
      Layout layout = new Layout(1 + random.nextInt(20), 1, 1 + random.nextInt(5));
      List<List<Object>> read =
          Reading.all(Csv.of(schema).at(file.toString()), layout, 1 + random.nextInt(9), 1).stream()
              .map(Reading.Seen::values)
              .toList();
      assertThat(read).describedAs("seed %d: %s", seed, text).isEqualTo(written);
      assertThat(oracle(text.toString(), columns > 1))
          .describedAs("seed %d: %s", seed, text)
          .isEqualTo(
              read.stream()
                  .map(row -> row.stream().map(v -> v == null ? "" : (String) v).toList())
                  .toList());
    }
  }

  private static String field(Random random, StringBuilder text) {
    int kind = random.nextInt(5);
    if (kind == 0) {
      return null;
    }
    String alphabet = kind < 3 ? "ab\" é€;\uD83D\uDE00" : "ab\",, \r'é€\uD83D\uDE00";
    int[] points = alphabet.codePoints().toArray();
    StringBuilder value = new StringBuilder(kind < 3 ? "x" : "");
    for (int i = random.nextInt(random.nextInt(10) == 0 ? 60 : 8); i > 0; i--) {
      value.appendCodePoint(points[random.nextInt(points.length)]);
    }
    if (kind < 3) {
      text.append(value);
    } else {
      text.append('"').append(value.toString().replace("\"", "\"\"")).append('"');
    }
    return value.toString();
  }

  private static List<List<String>> oracle(String text, boolean skipsEmptyLines)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().skipEmptyLines(skipsEmptyLines).ofCsvRecord(text)) {
      reader.forEach(r -> rows.add(r.getFields()));
    }
    return rows;
  }

  @Test
  void agreesWithFastCsvOnAnyTextWithoutBadRows() throws IOException {
    Schema schema = Schema.empty().with("a", DataType.STRING).with("b", DataType.STRING);
    int accepted = 0;
    for (long seed = 0; seed < 4_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(14); i > 0; i--) {
        text.append("ab,,\"\"\n".charAt(random.nextInt(7)));
      }
      List<List<Object>> read;
      try {
        read = read(Csv.of(schema), text.toString());
      } catch (BadRowException e) {
        continue;
      }
      accepted++;
      assertThat(oracle(text.toString(), true))
          .describedAs("seed %d: %s", seed, text)
          .isEqualTo(
              read.stream()
                  .map(row -> row.stream().map(v -> v == null ? "" : (String) v).toList())
                  .toList());
    }
    assertThat(accepted).isGreaterThan(300);
  }

  @Test
  void readsTheCensus() throws IOException {
    // Tests run in the folder of the project or of its module.
    Path data =
        Stream.of("../shared/data", "../../shared/data")
            .map(at -> Path.of(at, "adult-train.csv"))
            .filter(Files::exists)
            .findFirst()
            .orElse(null);
    assumeTrue(data != null, "the shared data is not there");
    Schema schema =
        new Schema(
            List.of(
                Field.required("age", DataType.LONG),
                Field.optional("workclass", DataType.STRING),
                Field.required("fnlwgt", DataType.LONG),
                Field.required("education", DataType.STRING),
                Field.required("years", DataType.DOUBLE),
                Field.optional("marital", DataType.STRING),
                Field.optional("occupation", DataType.STRING),
                Field.optional("relationship", DataType.STRING),
                Field.optional("race", DataType.STRING),
                Field.optional("sex", DataType.STRING),
                Field.optional("gain", DataType.LONG),
                Field.optional("loss", DataType.LONG),
                Field.optional("hours", DataType.LONG),
                Field.optional("country", DataType.STRING),
                Field.required("income", DataType.STRING)));
    CsvSource csv = Csv.of(schema).at(data.toString()).trimmingSpaces().nullText("?");
    List<List<Object>> rows = Reading.rows(csv);
    assertThat(rows).hasSize(32_561);
    List<List<String>> oracle = oracle(Files.readString(data), true);
    for (int i = 0; i < rows.size(); i++) {
      List<Object> row = rows.get(i);
      for (int c = 0; c < row.size(); c++) {
        String expected = oracle.get(i).get(c).strip();
        Object value = row.get(c);
        if (expected.equals("?")) {
          assertThat(value).isNull();
        } else if (value instanceof Double number) {
          assertThat(number).isEqualTo(Double.parseDouble(expected));
        } else {
          assertThat(value.toString()).isEqualTo(expected);
        }
      }
    }
  }
}
