package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.io.compression.Compression;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.type.DataType;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads who has a file that does not fit. */
class BadRowsTest {
  private static final Schema PAIR =
      Schema.empty().with("name", DataType.STRING).with("age", DataType.LONG);

  @TempDir Path folder;

  record Person(String name, int age) {}

  /** Reads with leaves of 4 bytes, each by a reader of its own, plain and as gzip. */
  private void fails(CsvSource csv, byte[] bytes, String message) throws IOException {
    Layout layout = new Layout(4, 1, 2);
    Path plain = Reading.write(folder.resolve("p.csv"), bytes);
    Path gzip = Reading.write(folder.resolve("z.csv.gz"), Reading.gzip(bytes));
    assertThatThrownBy(() -> Reading.all(csv.at(plain.toString()), layout, 1_000, 1))
        .isInstanceOf(BadRowException.class)
        .hasMessage(plain + message);
    assertThatThrownBy(() -> Reading.all(csv.at(gzip.toString()), layout, 1, 1))
        .isInstanceOf(BadRowException.class)
        .hasMessage(gzip + message.replaceFirst("\\(byte (\\d+)\\)", "(byte $1 decompressed)"));
  }

  private void fails(CsvSource csv, String text, String message) throws IOException {
    fails(csv, text.getBytes(StandardCharsets.UTF_8), message);
  }

  @Test
  void aValueOfAnotherType() throws IOException {
    fails(
        Csv.of(PAIR),
        "ann,1\nbob,x7\n",
        ", line 2 (byte 6), column 'age': 'x7' is not a LONG, a whole number of 64 bits."
            + " Correct it, declare the column as STRING, or name the texts that stand for no value"
            + " with nullText(...).");
    fails(
        Csv.of(PAIR.with("flag", DataType.BOOLEAN)),
        "ann,1,yes",
        ", line 1 (byte 0), column 'flag': 'yes' is not a BOOLEAN, true or false. Correct it,"
            + " declare the column as STRING, or name the texts that stand for no value with"
            + " nullText(...).");
    fails(
        Csv.of(PAIR),
        "ann,\"\"\n",
        ", line 1 (byte 0), column 'age': '' is not a LONG, a whole number of 64 bits. Correct it,"
            + " declare the column as STRING, or name the texts that stand for no value with"
            + " nullText(...).");
    fails(
        Csv.of(PAIR),
        "ann," + "9".repeat(150) + "\n",
        ", line 1 (byte 0), column 'age': '"
            + "9".repeat(100)
            + "...' is not a LONG, a whole number of 64 bits. It is larger than those: declare the"
            + " column as DOUBLE, which rounds, or as STRING.");
  }

  @Test
  void aNumberThatIsNotWhole() throws IOException {
    fails(
        Csv.of(PAIR),
        "ann,5.5\n",
        ", line 1 (byte 0), column 'age': '5.5' is not a LONG, a whole number of 64 bits. It is a"
            + " DOUBLE: declare the column so, a record's component as double.");
    fails(
        Csv.of(PAIR),
        "ann,9223372036854775808\n",
        ", line 1 (byte 0), column 'age': '9223372036854775808' is not a LONG, a whole number of 64"
            + " bits. It is larger than those: declare the column as DOUBLE, which rounds, or as"
            + " STRING.");
  }

  @Test
  void anotherSeparator() throws IOException {
    fails(
        Csv.of(PAIR),
        "ann;1\n",
        ", line 1 (byte 0): the row has one field, not 2: 'ann;1'. Is this file separated by ';'?"
            + " Then say so: separator(';').");
    fails(
        Csv.of(PAIR),
        "ann\t1\r\n",
        ", line 1 (byte 0): the row has one field, not 2: 'ann\t1'. Is this file separated by '\\t'?"
            + " Then say so: separator('\\t').");
    fails(
        Csv.of(PAIR).separator(';'),
        "ann,1\n",
        ", line 1 (byte 0): the row has one field, not 2: 'ann,1'. Is this file separated by ','?"
            + " Then say so: separator(',').");
    Path file = Reading.write(folder.resolve("s.csv"), "name;age\nann;1\n");
    assertThatThrownBy(() -> Reading.rows(Csv.of(Person.class).header().at(file.toString())))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessage(
            file
                + " has no column 'name'; its header is: name;age. Is this file separated by ';'? Then"
                + " say so: separator(';').");
  }

  @Test
  void anotherSpelling() throws IOException {
    Path file = Reading.write(folder.resolve("spelt.csv"), "Customer ID,first_name\n");
    Schema schema = Schema.empty().with("firstName", DataType.STRING);
    assertThatThrownBy(() -> Reading.rows(Csv.of(schema).header().at(file.toString())))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessage(
            file
                + " has no column 'firstName'; its header is: Customer ID, first_name. Did you mean"
                + " 'first_name'? Columns are found by their exact names: say"
                + " column(\"firstName\", \"first_name\").");
    assertThat(
            Reading.rows(
                Csv.of(schema).header().column("firstName", "first_name").at(file.toString())))
        .isEmpty();
  }

  @Test
  void anotherNumberOfFields() throws IOException {
    fails(
        Csv.of(PAIR),
        "ann,1\r\nbob,x,2\r\n",
        ", line 2 (byte 7): the row has 3 fields, not 2: 'bob,x,2'."
            + " Quote fields that hold the separator, or correct the schema.");
  }

  @Test
  void quotesThatDoNotMatch() throws IOException {
    fails(
        Csv.of(PAIR),
        "ann,1\n\"bob\nby,2\n",
        ", line 2 (byte 6), field 1: the quote before 'bob' is not closed in its line. Close the"
            + " quote, or double it if it is part of the text; or, if texts of this file have line"
            + " feeds in them, add multiline().");
    fails(
        Csv.of(PAIR),
        "\"ann\"y,1\n",
        ", line 1 (byte 0), field 1: after the closing quote comes 'y,1'."
            + " Double the quotes that are part of the text (\"\").");
    fails(
        Csv.of(PAIR),
        "a,\"",
        ", line 1 (byte 0), field 2: the quote before '' is not closed in its line. Close the"
            + " quote, or double it if it is part of the text; or, if texts of this file have line"
            + " feeds in them, add multiline().");
  }

  @Test
  void noValueWhereOneIsRequired() throws IOException {
    fails(
        Csv.of(Person.class).header().nullText("?"),
        "age,name\n1,ann\n?,bob\n",
        ", line 3 (byte 15), column 'age': the field '?' stands for no value, and age LONG is"
            + " required. Fill it, or declare the record component as Integer or Long instead of"
            + " the primitive type, or the column with Field.optional.");
    fails(
        Csv.of(new Schema(List.of(Field.required("name", DataType.STRING)))),
        "ann\n\n",
        ", line 2 (byte 4), column 'name': the field is empty, and name STRING is required."
            + " Fill it, or declare it with Field.optional.");
  }

  @Test
  void textThatIsNoUtf8() throws IOException {
    fails(
        Csv.of(PAIR),
        "ann,1\nJ\u00FCrg,2\n".getBytes(StandardCharsets.ISO_8859_1),
        ", line 2 (byte 6), column 'name': 'J\uFFFDrg' is not valid UTF-8 (byte 0xFC at 1 of the"
            + " value). Convert the file, for instance with iconv -f ISO-8859-1 -t UTF-8.");
    Path file =
        Reading.write(
            folder.resolve("t.txt"), "a\nJ\u00FCrg\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Reading.rows(TextFiles.at(file.toString())))
        .isInstanceOf(BadRowException.class)
        .hasMessageStartingWith(
            file + ", line 2 (byte 2), column 'line': 'J\uFFFDrg' is not valid");
  }

  @Test
  void theFirstBadRowIsToldWhateverIsBadAfterIt() throws IOException {
    fails(
        Csv.of(PAIR.with("n", DataType.DOUBLE)),
        "a,1,2\nb,1,x\nc,x,1\n\"d\n",
        ", line 2 (byte 6), column 'n': 'x' is not a DOUBLE, a number like 12, -0.5 or 1e-3."
            + " Correct it, declare the column as STRING, or name the texts that stand for no value"
            + " with nullText(...).");
  }

  /** Rows, or what is said of the first bad one. */
  private static String outcome(
      CsvSource csv, TextSplit split, Layout layout, int chunk, List<String> columns)
      throws IOException {
    List<Reading.Seen> seen = new ArrayList<>();
    RowParser parser = csv.parser(split, columns);
    try (TextReader reader =
        new TextReader(
            split,
            new LocalFileSystem(),
            layout,
            parser,
            RowEntry.TOP,
            Misfits.none(),
            chunk,
            60)) {
      Reading.drain(reader, seen);
    } catch (BadRowException e) {
      return e.getMessage();
    }
    return seen.size() + " rows" + (columns.isEmpty() ? "" : seen.toString());
  }

  @Test
  void whatIsToldDependsOnTheFileAlone() throws IOException {
    Schema schema =
        new Schema(
            List.of(
                Field.optional("s", DataType.STRING),
                Field.required("n", DataType.LONG),
                Field.optional("d", DataType.DOUBLE)));
    CsvSource csv = Csv.of(schema).nullText("-");
    Set<String> kinds = new HashSet<>();
    for (long seed = 0; seed < 600; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int row = random.nextInt(400); row > 0; row--) {
        text.append("a\"b".repeat(random.nextInt(3)))
            .append(random.nextInt(9) == 0 ? "\u00E9" : "");
        text.append(',').append(random.nextInt(1000)).append(',');
        text.append(random.nextInt(9) == 0 ? "\"0.5\"" : random.nextInt(9) == 0 ? "-" : "1e2");
        text.append(random.nextInt(9) == 0 ? "\r\n" : "\n");
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(3); i > 0 && bytes.length > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) "x,\n\"-\u00C3".charAt(random.nextInt(6));
      }
      Path file = Reading.write(folder.resolve("f"), bytes);
      TextSplit split =
          new TextSplit(0, file.toString(), "f", Compression.NONE, bytes.length, 0, 1 << 20, 1);
      Layout layout = new Layout(1 << 20, 1, 1 + random.nextInt(500));
      String told = outcome(csv, split, layout, 1 << 18, schema.names());
      kinds.add(
          told.replaceAll("^(\\d+ rows|f, line).*?(column|:|field|$)", "$2")
              .replaceAll("'.*?'", "")
              .replaceAll("[0-9A-Fx]+", ""));
      int chunk = 1 + random.nextInt(300);
      assertThat(outcome(csv, split, layout, chunk, schema.names())).isEqualTo(told);
      String numbers = outcome(csv, split, layout, 1 << 18, List.of("d"));
      assertThat(outcome(csv, split, layout, chunk, List.of("d"))).isEqualTo(numbers);
      if (told.startsWith("f, ")) {
        assertThat(numbers).isEqualTo(told);
        Layout small = new Layout(1 + random.nextInt(20), 1, 3);
        assertThat(outcome(csv, split, small, chunk, List.of())).isEqualTo(told);
      }
    }
    assertThat(kinds.size()).describedAs("%s", kinds).isGreaterThan(6);
  }

  @Test
  void aRowThatIsTooLong() throws IOException {
    byte[] bytes = ("a,1\n" + "b".repeat(50) + ",2\nc,3\n").getBytes(StandardCharsets.UTF_8);
    Path file = Reading.write(folder.resolve("l.csv"), bytes);
    FileSystem system = new LocalFileSystem();
    for (int chunk : new int[] {1, 3, 50, 1000}) {
      for (int longest : new int[] {10, 51}) {
        TextSplit split = new TextSplit(0, file.toString(), "l.csv", Compression.NONE, 63, 0, 1, 1);
        assertThatThrownBy(
                () -> {
                  RowParser parser = Csv.of(PAIR).parser(split, PAIR.names());
                  Layout layout = new Layout(100, 1, 2);
                  try (TextReader reader =
                      new TextReader(
                          split,
                          system,
                          layout,
                          parser,
                          RowEntry.TOP,
                          Misfits.none(),
                          chunk,
                          longest)) {
                    reader.nextLeaf();
                    reader.nextBlock();
                  }
                })
            .isInstanceOf(BadRowException.class)
            .hasMessageStartingWith(
                ("l.csv, line 2 (byte 4): the row is longer than %d bytes, the most a row may have,"
                        + " and starts with 'bbbbbbb")
                    .formatted(longest));
      }
    }
  }

  @Test
  void aHeaderWithoutTheColumn() throws IOException {
    Path file = Reading.write(folder.resolve("h.csv"), "name,aeg\nann,1\n");
    CsvSource csv = Csv.of(Person.class).header().at(file.toString());
    assertThatThrownBy(() -> Reading.rows(csv))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageStartingWith(
            file + " has no column 'age'; its header is: name, aeg. Did you mean 'aeg'?")
        .hasMessageContaining(" is declared with column(\"age\", \"aeg\").")
        .hasMessageContaining("leave header() out");
    assertThatThrownBy(() -> Reading.rows(csv.column("age", "years")))
        .hasMessageContaining("has no column 'years'")
        .hasMessageContaining("column(\"age\", \"its name there\")");
    Path twice = Reading.write(folder.resolve("h2.csv"), "age,name,age\n1,ann,1\n");
    assertThatThrownBy(() -> Reading.rows(csv.at(twice.toString())))
        .isInstanceOf(DuplicateColumnException.class)
        .hasMessage(
            twice + " has 2 columns 'age'; its header is: age, name, age. Rename all but one.");
    Path quote = Reading.write(folder.resolve("h3.csv"), "age,\"name\n");
    assertThatThrownBy(() -> Reading.rows(csv.at(quote.toString())))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("the quotes of the header do not match: 'age,\"name'");
  }
}
