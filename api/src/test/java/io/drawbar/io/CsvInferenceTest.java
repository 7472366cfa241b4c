package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.drawbar.spi.Layout;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.InferredSchema;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvInferenceTest {
  @TempDir Path folder;

  private CsvFiles files(String text) throws IOException {
    return Csv.at(Reading.write(folder.resolve("in/loans-2024.csv"), text).toString());
  }

  private static List<String> types(InferredSchema found) {
    return found.columns().stream().map(c -> c.name() + " " + c.type() + " " + c.nulls()).toList();
  }

  @Test
  void printsTheRecordToPaste() throws Exception {
    InferredSchema found =
        Inferring.infer(
            files("id;unit price;class;ok;zip\n1;2;x;true;007\n2;NA;;FALSE;123\n3;2.5;y;true;9\n")
                .header()
                .separator(';')
                .nullText("NA"));

    String path = folder.resolve("in/loans-2024.csv").toString();
    assertThat(found.toString().replace(path, "(file)").replaceAll(" {3,}", "  "))
        .isEqualTo(
            """
            record Loans2024Row(long id, Double unitPrice, String classValue, boolean ok, String zip) {}
            // session.read(Csv.of(Loans2024Row.class).header().separator(';').nullText("NA")
            //  .column("unitPrice", "unit price")
            //  .column("classValue", "class").at("(file)"))
            // 3 rows
            // column  type  nulls  decided at  seen
            // id  LONG  0  (file):2  '1' of 3 LONG
            // unit price  DOUBLE, nullable  1  (file):4  '2.5' of 1 LONG, 1 DOUBLE
            // class  STRING, nullable  1  (file):2  'x' of 2 text
            // ok  BOOLEAN  0  (file):2  'true' of 3 BOOLEAN
            // zip  STRING  0  (file):2  '007' of 2 LONG, 1 text
            """);
    List<Field> pasted = Inferring.compiled(found, folder).fields();
    List<Field> inferred = found.schema().fields();
    for (int i = 0; i < inferred.size(); i++) {
      assertThat(pasted.get(i).type()).isEqualTo(inferred.get(i).type());
      assertThat(pasted.get(i).presence()).isEqualTo(inferred.get(i).presence());
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "0, LONG",
        "-12, LONG",
        "9007199254740992, LONG",
        "9007199254740993, WIDE",
        "9223372036854775807, WIDE",
        "-9223372036854775808, LONG",
        "9223372036854775808, TEXT",
        "007, TEXT",
        "-007, TEXT",
        "+1, TEXT",
        "+491234, TEXT",
        "00.5, TEXT",
        "-0, DOUBLE",
        "+1.5, DOUBLE",
        "1.50, DOUBLE",
        ".5, DOUBLE",
        "5., DOUBLE",
        "1e3, DOUBLE",
        "-1E-3, DOUBLE",
        "1e, TEXT",
        "1e+, TEXT",
        ".,TEXT",
        "-, TEXT",
        "1.2.3, TEXT",
        "2024-01-31, TEXT",
        "1e999, TEXT",
        "1e-999, TEXT",
        "0e-999, DOUBLE",
        "0x1F, TEXT",
        "NaN, DOUBLE",
        "-Infinity, DOUBLE",
        "nan, TEXT",
        "inf, TEXT",
        "Infinitys, TEXT",
        "1f, TEXT",
        "true, BOOLEAN",
        "False, BOOLEAN",
        "yes, TEXT",
        "1_000, TEXT",
        "`1 `, TEXT",
        "`` , TEXT"
      })
  void kindsOfCells(String text, CellKind kind) {
    byte[] bytes = ("xx" + text + "yy").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(CsvCell.kind(bytes, 2, bytes.length - 2)).isEqualTo(kind);
  }

  @Test
  void columnsWithoutAHeader() throws Exception {
    InferredSchema found = Inferring.infer(files("\n1,x,,\"\"\r\n\n2.5,,,1\n"));
    assertThat(types(found))
        .containsExactly("c0 DOUBLE 0", "c1 STRING 1", "c2 STRING 2", "c3 STRING 0");
    assertThat(found.notes())
        .containsExactly("column \"c2\" has no value in any row, and is a STRING for want of one");
    assertThat(Inferring.compiled(found, folder)).isEqualTo(found.schema());
    // A column of one field has rows of nothing.
    assertThat(types(Inferring.infer(files("\n1\n\n7\n")))).containsExactly("c0 LONG 2");
  }

  @Test
  void whatMixesIsText() throws IOException {
    InferredSchema found =
        Inferring.infer(files("1,1.5,true\ntrue,9007199254740993,x\n,2,false\n"));
    assertThat(types(found)).containsExactly("c0 STRING 1", "c1 STRING 0", "c2 STRING 0");
    assertThat(found.columns().get(0).decidedAt()).endsWith(":2");
    assertThat(found.columns().get(1).decidedAt()).endsWith(":2");
    assertThat(found.columns().get(2).seen()).isEqualTo("'x' of 2 BOOLEAN, 1 text");
    assertThat(found.notes()).anyMatch(n -> n.contains("more digits than a DOUBLE keeps"));
  }

  @Test
  void rowsThatCannotBeReadAreCounted() throws IOException {
    InferredSchema found =
        Inferring.infer(files("a,b\n1,2\n1\nx,y,z\n\"open,1\n3,\"q\"x\n4,5\n").header());
    assertThat(types(found)).containsExactly("a LONG 0", "b LONG 0");
    assertThat(found.rows()).isEqualTo(2);
    assertThat(found.notes().get(0))
        .startsWith("2 rows are not counted, because of another number of fields; the first: ")
        .contains("loans-2024.csv:3: the row has one field, not 2: '1'");
    assertThat(found.notes().get(1)).contains("csv:5").contains("is not closed");
    Path file = folder.resolve("latin.csv");
    Reading.write(file, new byte[] {'a', ',', '1', '\n', (byte) 0xE9, ',', '2', '\n'});
    assertThat(Inferring.infer(Csv.at(file.toString())).notes())
        .anyMatch(n -> n.contains("latin.csv:2") && n.contains("not valid UTF-8"));
  }

  @Test
  void hintsAtWhatWasNotSaid() throws IOException {
    assertThat(Inferring.infer(files("1, 2,?\n2,3,4\n")).notes())
        .anyMatch(n -> n.contains("trimmingSpaces()"))
        .anyMatch(n -> n.contains("nullText(\"?\")"));
    assertThat(Inferring.infer(files("a;b\n1;2\n").header()).notes())
        .anyMatch(n -> n.contains("separator(';')"));
    assertThat(Inferring.infer(files("id,x\n1,2\n2,3\n")).notes())
        .anyMatch(
            n -> n.contains("csv:1 has texts where other rows have values: is it a header()?"));
  }

  @Test
  void filesWhoseHeadersDiffer() throws IOException {
    Reading.write(folder.resolve("many/a.csv"), "b,only,twice,twice,,x y\n1,2,3,4,5,6\n");
    Reading.write(folder.resolve("many/b.csv"), "x y,b,twice,\n");
    Reading.write(folder.resolve("many/c.csv"), "");
    String path = folder.resolve("many").toString();
    InferredSchema found = Inferring.infer(Csv.at(path).header());
    assertThat(types(found)).containsExactly("b LONG 0", "x y LONG 0");
    assertThat(found.notes())
        .anyMatch(n -> n.contains("\"only\" is left out: it is in 1 of 2 files"))
        .anyMatch(n -> n.contains("\"twice\" is there twice"))
        .anyMatch(n -> n.contains("column 5 has no name"));
    assertThat(Reading.rows(Csv.of(found.schema()).header().at(path)))
        .containsExactly(List.of(1L, 6L));
  }

  @Test
  void nothingToInferFrom() throws IOException {
    assertThatThrownBy(() -> Inferring.infer(files("")))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("there is no row in");
    assertThatThrownBy(() -> Inferring.infer(files("a,b\n").header()))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("but headers");
    assertThatThrownBy(() -> Inferring.infer(files("a,b\n1\n").header()))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("csv:2: the row has one field");
    assertThatThrownBy(() -> Csv.at(folder.resolve("no").toString()).infer(null))
        .isInstanceOf(MissingFileException.class);
  }

  @Test
  void tooManyColumns() throws IOException {
    String header = "x,".repeat(Sightings.MOST_COLUMNS) + "y\n";
    for (CsvFiles files : List.of(files(header), files(header + "1\n").header())) {
      assertThatThrownBy(() -> files.infer(Inferring.pass(Inferring.USUAL, 1, 0)))
          .isInstanceOf(InferenceException.class)
          .hasMessageContaining("more than 10000 columns");
    }
    // Each file has few, all together too many.
    for (int f = 0; f < 11; f++) {
      StringBuilder names = new StringBuilder("z");
      for (int i = 0; i < 1000; i++) {
        names.append(",n").append(f).append('_').append(i);
      }
      Reading.write(folder.resolve("wide/" + f + ".csv"), names + "\n");
    }
    CsvFiles wide = Csv.at(folder.resolve("wide").toString()).header();
    assertThatThrownBy(() -> wide.infer(Inferring.pass(Inferring.USUAL, 20, 3)))
        .isInstanceOf(InferenceException.class);
  }

  @Test
  void moreColumnsThanARecordHas() throws IOException {
    String row = "1" + ",1".repeat(200) + "\n";
    InferredSchema found = files(row).infer(Inferring.pass(Inferring.USUAL, 1, 0));
    assertThat(found.code()).startsWith("Schema schema = ").contains("Field.required(\"c200\", ");
  }

  @Test
  void whatStandsInFilesDoesNotBreakThePaste() throws Exception {
    InferredSchema found =
        Inferring.infer(
            files(
                    "\"a\"\"b\\u000a\",\\users,é è,Ünit,1st,record,notify,a_b,_,*\n"
                        + "\\u000a;x,\\u,1,2,3,\r,5,6,7,8\n")
                .header());
    Schema pasted = Inferring.compiled(found, folder);
    assertThat(pasted.names())
        .containsExactly(
            "aBU000a",
            "users",
            "éÈ",
            "Ünit",
            "column1st",
            "record",
            "notifyValue",
            "a_b",
            "column",
            "column2");
  }

  /** The rules once more, by regular expressions and numbers of any size. */
  private static DataType expected(List<String> cells) {
    TreeSet<String> kinds = new TreeSet<>();
    for (String cell : cells) {
      kinds.add(kind(cell));
    }
    if (kinds.isEmpty() || kinds.contains("text")) {
      return DataType.STRING;
    }
    if (kinds.contains("flag")) {
      return kinds.size() == 1 ? DataType.BOOLEAN : DataType.STRING;
    }
    if (kinds.contains("real")) {
      return kinds.contains("wide") ? DataType.STRING : DataType.DOUBLE;
    }
    return DataType.LONG;
  }

  private static String kind(String cell) {
    if (cell.matches("(?i)true|false")) {
      return "flag";
    }
    if (cell.matches("0|-?[1-9][0-9]*")) {
      BigInteger whole = new BigInteger(cell);
      if (whole.bitLength() > 63) {
        return "text";
      }
      boolean isExact = new BigDecimal(whole.doubleValue()).equals(new BigDecimal(whole));
      return isExact ? "whole" : "wide";
    }
    if (cell.matches("-0|[+-]?(NaN|Infinity)")) {
      return "real";
    }
    boolean isReal =
        cell.matches("[+-]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?")
            && !cell.matches("[+-]?[0-9]+");
    if (!isReal || Double.isInfinite(Double.parseDouble(cell))) {
      return "text";
    }
    boolean isLost = Double.parseDouble(cell) == 0 && new BigDecimal(cell).signum() != 0;
    return isLost ? "text" : "real";
  }

  private static final String[][] CELLS = {
    {"0", "1", "-7", "123456789012", "9007199254740993", "-9223372036854775808"},
    {"1", "0.5", "-1e3", ".5", "7.", "-0", "NaN", "+2.5", "12345.678901234567890123"},
    {"true", "FALSE", "True"},
    {"a", "b,c", "say \"\"hi\"\"", "Ünït", " 1", "2024-01-31", "x;y", "007", "+1", "1e999", "0x1"},
    {"1", "true", "2.5", "x", "99999999999999999999", "1e-999", "5.e", "-", "."},
  };

  @Test
  void agreesWithFastCsvAndIsReadWithoutABadCell() throws IOException {
    for (long seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      int width = 1 + random.nextInt(5);
      boolean hasHeader = random.nextBoolean();
      char separator = ",;\t|".charAt(random.nextInt(4));
      String end = random.nextBoolean() ? "\n" : "\r\n";
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
      for (int c = 0; hasHeader && c < width; c++) {
        text.append(c == 0 ? "" : separator).append("\"c").append(c).append('"');
      }
      text.append(hasHeader ? end : "");
      int rows = 1 + random.nextInt(12);
      int[] kinds = random.ints(width, 0, CELLS.length).toArray();
      int few = 1 + random.nextInt(6);
      for (int r = 0; r < rows; r++) {
        for (int c = 0; c < width; c++) {
          String[] from = CELLS[kinds[c]];
          String cell = from[random.nextInt(Math.min(few, from.length))];
          boolean isQuoted = random.nextInt(4) == 0 || cell.matches("(?s).*[,;\"].*");
          boolean isNull = random.nextInt(5) == 0 && (width > 1 || r > 0);
          cell =
              isNull
                  ? random.nextBoolean() && width > 1 ? "" : "?"
                  : isQuoted ? '"' + cell + '"' : cell;
          text.append(c == 0 ? "" : separator).append(cell);
        }
        text.append(r == rows - 1 && random.nextBoolean() ? "" : end);
        text.append(width > 1 && random.nextInt(9) == 0 ? end : "");
      }
      check(text.toString(), hasHeader, separator, width, seed);
    }
  }

  private void check(String text, boolean hasHeader, char separator, int width, long seed)
      throws IOException {
    CsvFiles files = files(text).separator(separator).nullText("?");
    InferredSchema found = Inferring.infer(hasHeader ? files.header() : files);
    List<List<String>> cells = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      cells.add(new ArrayList<>());
    }
    long[] nulls = new long[width];
    long rows = hasHeader ? -1 : 0;
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().fieldSeparator(separator).ofCsvRecord(plain)) {
      for (CsvRecord record : reader) {
        for (int c = 0; rows >= 0 && c < width; c++) {
          String cell = record.getField(c);
          if (cell.isEmpty() || cell.equals("?")) {
            nulls[c]++;
          } else {
            cells.get(c).add(cell);
          }
        }
        rows++;
      }
    }
    assertThat(found.rows()).as("seed %s: %s", seed, text).isEqualTo(rows);
    for (int c = 0; c < width; c++) {
      InferredSchema.Column column = found.columns().get(c);
      assertThat(column.type())
          .as("seed %s, %s: %s", seed, c, text)
          .isEqualTo(expected(cells.get(c)));
      assertThat(column.nulls()).as("seed %s, %s: %s", seed, c, text).isEqualTo(nulls[c]);
    }
    String path = folder.resolve("in/loans-2024.csv").toString();
    io.drawbar.io.CsvSource source =
        Csv.of(found.schema()).at(path).separator(separator).nullText("?");
    source = hasHeader ? source.header() : source;
    for (int leaf : new int[] {1, 5, 1 << 20}) {
      assertThat(Reading.all(source, new Layout(leaf, 1, 2), 100, 1)).hasSize((int) rows);
    }
  }
}
