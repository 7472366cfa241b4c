package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Session;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Split;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
  /** A column of each type. */
  static final Schema ALL =
      Schema.empty()
          .with("flag", DataType.BOOLEAN)
          .with("whole", DataType.LONG)
          .with("real", DataType.DOUBLE)
          .with("text", DataType.STRING)
          .with("pair", DataType.vector(2))
          .with("words", DataType.listOf(DataType.STRING))
          .with("table", DataType.listOf(DataType.listOf(DataType.DOUBLE)))
          .with("deep", DataType.LONG);

  @TempDir Path folder;

  record Event(long id, double value, Boolean alarm, String note) {}

  private JsonSource source(Schema schema, String text) throws IOException {
    return Json.of(schema).at(Reading.write(folder.resolve("x.jsonl"), text).toString());
  }

  static JsonSource deep(JsonSource json) {
    return json.path("deep", "a.b.c");
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  private static void assertRows(List<List<Object>> found, List<List<Object>> expected) {
    assertThat(found.stream().map(List::toArray).toArray(Object[][]::new))
        .isDeepEqualTo(expected.stream().map(List::toArray).toArray(Object[][]::new));
  }

  @Test
  void whatPeopleWrite() throws IOException {
    String text =
        """
        {"flag":true,"whole":-12,"real":1.5e3,"text":"a\\"b\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00é","pair":[1,-2.5],"words":["x",null,""],"table":[[1],[],null],"a":{"b":{"c":7}}}

         { "a" : { "b" : null , "x" : [ { } , [ ] , 1e5 , "y" , true , null , {"z":[{}]} ] } , "te\\u0078t" : "" , "other" : {"text":"no"}, "flag" :\tfalse }\t\r
        {}
        {"a":null,"real":-0,"pair":null,"words":[],"whole":9223372036854775807,"A":{"b":{"c":8}}}
        {"a":{"b":{"c":-9223372036854775808}},"real":123456789012345678901234567890,"a.b.c":3}""";
    assertRows(
        Reading.rows(deep(source(ALL, text))),
        List.of(
            row(
                true,
                -12L,
                1500.0,
                "a\"b\\/\b\f\n\r\té\uD83D\uDE00é",
                new double[] {1, -2.5},
                row("x", null, ""),
                row(List.of(1.0), List.of(), null),
                7L),
            row(false, null, null, "", null, null, null, null),
            row(null, null, null, null, null, null, null, null),
            row(null, Long.MAX_VALUE, -0.0, null, null, List.of(), null, null),
            row(null, null, 1.2345678901234568e29, null, null, null, null, Long.MIN_VALUE)));
  }

  @Test
  void recordsAndRequiredColumns() throws IOException {
    Path file =
        Reading.write(
            folder.resolve("e.jsonl"),
            "{\"id\":1,\"value\":2.5,\"note\":\"n\"}\n{\"value\":1,\"id\":2,\"alarm\":true}\n");
    try (Session session = Session.open()) {
      assertThat(session.read(Json.of(Event.class).at(file.toString())).collect(Event.class))
          .containsExactly(new Event(1, 2.5, null, "n"), new Event(2, 1, true, null));
    }
    for (String line : List.of("{\"id\":1}", "{\"id\":1,\"value\":null}")) {
      Path bad = Reading.write(folder.resolve("bad.jsonl"), line);
      assertThatThrownBy(() -> Reading.rows(Json.of(Event.class).at(bad.toString())))
          .isInstanceOf(BadRowException.class)
          .hasMessage(
              ("%s, line 1 (byte 0), column 'value', byte %s of the line: the object that ends here"
                      + " has no value for it, and value DOUBLE is required. Fill it, or declare it"
                      + " with Field.optional, a component of a record as its boxed type.")
                  .formatted(bad, line.length() + 1));
    }
  }

  @Test
  void mistakesInTheDeclarationAreSaidAtOnce() throws IOException {
    JsonSource json = source(ALL, "");
    assertThatThrownBy(() -> json.path("txt", "a")).isInstanceOf(UnknownColumnException.class);
    for (String path : List.of("", ".", "a..b", "a.", ".a", "a.".repeat(1000) + "b")) {
      assertThatThrownBy(() -> json.path("text", path))
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("is not a path to column 'text'");
    }
    for (String path : List.of("flag", "flag.x")) {
      assertThatThrownBy(() -> json.path("text", path).schema())
          .isInstanceOf(UnsupportedColumnException.class)
          .hasMessage(
              "column 'text' is taken from %s, and 'flag' from flag: one field would be two things."
                      .formatted(path)
                  + " Give each column a path(...) of its own.");
    }
    assertThatThrownBy(() -> json.path("flag", "a.b").path("text", "a").schema())
        .isInstanceOf(UnsupportedColumnException.class)
        .hasMessageContaining("'text' is taken from a, and 'flag' from a.b");
    assertThat(json.path("flag", "text").path("text", "flag").schema()).isEqualTo(ALL);
    assertThatThrownBy(() -> Json.of(Schema.empty()))
        .isInstanceOf(UnsupportedColumnException.class);
  }

  /** Each bad line is refused, and in the same words, whether its column is used or not. */
  private void assertBad(String line, String message) throws IOException {
    JsonSource json = deep(source(ALL, "{}\n" + line + "\n{]\n"));
    for (List<String> columns : List.of(ALL.names(), List.<String>of())) {
      Layout layout = new Layout(4, 1, 1);
      assertThatThrownBy(
              () -> {
                for (Split split : json.splits(layout, 3, 1)) {
                  try (var reader = json.open(split, layout, columns)) {
                    Reading.drain(reader, new ArrayList<>());
                  }
                }
              })
          .isInstanceOf(BadRowException.class)
          .hasMessage(folder + "/x.jsonl, line 2 (byte 3), " + message);
    }
  }

  @Test
  void linesThatAreNoObject() throws IOException {
    assertBad(
        "[{}]",
        "byte 1 of the line: the line starts with an array. A row is one object in one line; jq -c"
            + " '.[]' makes such lines of an array of objects.");
    String oneLine =
        " A row is one whole object in one line; jq -c . makes such lines of an object over several.";
    assertBad(
        "{",
        "byte 2 of the line: the line ends, but the name of a field in double quotes is"
            + " missing."
            + oneLine);
    assertBad("{\"a\"", "byte 5 of the line: the line ends, but a colon is missing." + oneLine);
    assertBad("{\"x\":", "byte 6 of the line: the line ends, but a value is missing." + oneLine);
    assertBad(
        "{\"x\":1", "byte 7 of the line: the line ends, but a comma or } is missing." + oneLine);
    assertBad(
        "{\"x\":\"y\\", "byte 9 of the line: the line ends, but a string is not closed." + oneLine);
    assertBad(
        "{\"x\":tr", "byte 8 of the line: the line ends, but a value is not complete." + oneLine);
    assertBad(
        "{\"x\":1e", "byte 8 of the line: the line ends, but a number is not complete." + oneLine);
    assertBad(
        "\"a\": 1,",
        "byte 1 of the line: the line starts with \"a\". A row is one object in one line; jq -c ."
            + " makes such lines of objects over several.");
    assertBad(
        "{} {}",
        "byte 4 of the line: after the object comes '{'. One line has one object: put a line feed"
            + " between two.");
    assertBad(
        " \t",
        "byte 3 of the line: the line has nothing but blanks. A row is one object in one line.");
  }

  @Test
  void whatIsNoJson() throws IOException {
    assertBad("{\"x\":01}", "byte 6 of the line: '01' is not a number of JSON. Correct it.");
    assertBad("{\"x\":1.}", "byte 6 of the line: '1.' is not a number of JSON. Correct it.");
    assertBad("{\"x\":.5}", "byte 6 of the line: here should be a value, not '.5'. Correct it.");
    assertBad("{\"x\":NaN}", "byte 6 of the line: here should be a value, not 'NaN'. Correct it.");
    assertBad("{\"x\":nul}", "byte 6 of the line: here should be a value, not 'nul'. Correct it.");
    assertBad(
        "{\"x\":truely}", "byte 6 of the line: here should be a value, not 'truely'. Correct it.");
    assertBad(
        "{'x':1}",
        "byte 2 of the line: here should be the name of a field in double quotes,"
            + " not ''x':1'. Correct it.");
    assertBad(
        "{\"x\":1,}",
        "byte 8 of the line: here should be the name of a field in double"
            + " quotes, not '}'. Correct it.");
    assertBad("{\"x\":[1,]}", "byte 9 of the line: here should be a value, not ']'. Correct it.");
    assertBad(
        "{\"x\":[1}", "byte 8 of the line: here should be a comma or ], not '}'. Correct it.");
    assertBad(
        "{\"x\":\"\\x\"}",
        "byte 7 of the line: '\\x' is no escape of JSON. Double a backslash"
            + " that is part of the text.");
    assertBad(
        "{\"x\":\"\\u12g4\"}", "byte 7 of the line: '\\u12g4' has not four hexadecimal digits.");
    assertBad(
        "{\"x\":\"a\tb\"}",
        "byte 8 of the line: the control character 0x09 stands in a"
            + " string. Write it as \\u0009.");
    for (String wrong : List.of("\\ul006", "\\u0x06", "\\u00é")) {
      assertBad(
          "{\"x\":\"" + wrong + "\"}",
          "byte 7 of the line: '%s' has not four hexadecimal digits.".formatted(wrong));
    }
    for (String half : List.of("\\ud83d", "\\ude00", "\\ud83d\\u0041", "\\ud83d\\\\de00")) {
      assertBad(
          "{\"x\":\"" + half + "\"}",
          ("byte 7 of the line: '%s' is half of a surrogate pair, which is no character. Write both"
                  + " halves, or neither.")
              .formatted(half.substring(0, 6)));
    }
  }

  @Test
  void valuesOfAnotherType() throws IOException {
    assertBad(
        "{\"whole\":\"12\"}",
        "column 'whole', byte 10 of the line: \"12\" is a string, not a"
            + " LONG, a whole number of 64 bits. Correct it, or declare the column as STRING.");
    String noLong =
        " is not a LONG, a whole number of 64 bits without fraction and exponent."
            + " Correct it, or declare the column as DOUBLE.";
    assertBad("{\"whole\":1.0}", "column 'whole', byte 10 of the line: '1.0'" + noLong);
    assertBad("{\"whole\":1e2}", "column 'whole', byte 10 of the line: '1e2'" + noLong);
    assertBad(
        "{\"whole\":9223372036854775808}",
        "column 'whole', byte 10 of the line: '9223372036854775808'" + noLong);
    assertBad(
        "{\"real\":1e999}",
        "column 'real', byte 9 of the line: '1e999' is beyond the range of"
            + " a DOUBLE. Correct it, or write it as a string.");
    assertBad(
        "{\"real\":\"NaN\"}",
        "column 'real', byte 9 of the line: \"NaN\" is a string, not a"
            + " DOUBLE, a number. Correct it, or declare the column as STRING.");
    assertBad(
        "{\"text\":12}",
        "column 'text', byte 9 of the line: '12' is a number, not a STRING."
            + " Correct it, or declare the column as DOUBLE.");
    assertBad(
        "{\"flag\":0}",
        "column 'flag', byte 9 of the line: '0' is a number, not a BOOLEAN,"
            + " true or false. Correct it, or declare the column as DOUBLE.");
    assertBad(
        "{\"text\":{}}",
        "column 'text', byte 9 of the line: '{' is an object, not a STRING."
            + " Correct it, or name the value in it with path(...).");
    assertBad(
        "{\"text\":[\"a\"]}",
        "column 'text', byte 9 of the line: '[\"a\"' is an array, not a"
            + " STRING. Correct it, or declare the column as a list: List<String> in a record,"
            + " DataType.listOf(DataType.STRING) in a schema; explode(col(\"...\")) makes rows of its items.");
    assertBad(
        "{\"pair\":[1]}",
        "column 'pair', byte 12 of the line: the array that ends here has 1"
            + " numbers, not 2. Correct it, or declare it as a list.");
    assertBad(
        "{\"pair\":[1,null]}",
        "column 'pair', byte 12 of the line: 'null' is null, not a"
            + " DOUBLE, a number. Correct it, or leave the element out.");
    assertBad(
        "{\"words\":[\"a\",1]}",
        "column 'words', byte 15 of the line: '1' is a number, not a"
            + " STRING. Correct it, or declare the column as DOUBLE.");
    assertBad(
        "{\"a\":{\"b\":{\"c\":true}}}",
        "column 'deep' (a.b.c), byte 16 of the line: 'true' is"
            + " a truth value, not a LONG, a whole number of 64 bits. Correct it, or declare the column"
            + " as BOOLEAN.");
    assertBad(
        "{\"a\":{\"b\":[]}}",
        "byte 11 of the line: '[', the field a.b, is an array, not an"
            + " object with columns in it. Correct it, or the path.");
    assertBad(
        "{\"text\":\"a\",\"x\":1,\"t\\u0065xt\":\"b\"}",
        "byte 31 of the line: the field text"
            + " is there twice, and which one counts is not said. Leave one out.");
    assertBad(
        "{\"a\":{},\"a\":{}}",
        "byte 13 of the line: the field a is there twice, and which one"
            + " counts is not said. Leave one out.");
  }

  @Test
  void bytesThatAreNoText() throws IOException {
    byte[] bytes = "{}\n{\"x\":\"?\"}\n".getBytes("UTF-8");
    bytes[10] = (byte) 0xFF;
    Path file = Reading.write(folder.resolve("latin.jsonl"), bytes);
    assertThatThrownBy(() -> Reading.rows(Json.of(ALL).at(file.toString())))
        .isInstanceOf(BadRowException.class)
        .hasMessage(
            file
                + ", line 2 (byte 3), byte 8 of the line: byte 0xFF is not valid UTF-8. Convert the"
                + " file, for instance with iconv -f ISO-8859-1 -t UTF-8.");
  }

  @Test
  void depthIsBoundedAndSoIsMemory() throws IOException {
    Schema schema = Schema.empty().with("x", DataType.LONG);
    for (String pair : List.of("[]", "{}")) {
      String open = pair.equals("[]") ? "[" : "{\"y\":";
      String inner = pair.equals("[]") ? "1" : "{}";
      String fine =
          "{\"x\":3,\"y\":%s%s%s}"
              .formatted(
                  open.repeat(pair.equals("[]") ? 999 : 998),
                  inner,
                  pair.substring(1).repeat(pair.equals("[]") ? 999 : 998));
      assertThat(Reading.rows(source(schema, fine))).containsExactly(List.of(3L));
      String deep = "{\"x\":3,\"y\":" + open.repeat(3_000_000);
      assertThatThrownBy(() -> Reading.rows(source(schema, deep)))
          .isInstanceOf(BadRowException.class)
          .hasMessageEndingWith("objects and arrays lie more than 1000 deep in each other.");
    }
    StringBuilder path = new StringBuilder("y");
    StringBuilder line = new StringBuilder("{\"y\":");
    for (int i = 1; i < 998; i++) {
      path.append(".y");
      line.append("{\"y\":");
    }
    line.append("5").append("}".repeat(998));
    assertThat(Reading.rows(source(schema, line.toString()).path("x", path.toString())))
        .containsExactly(List.of(5L));
    String digits = "7".repeat(1_000_000);
    assertThat(
            Reading.rows(
                source(
                    Schema.empty().with("x", DataType.DOUBLE),
                    "{\"x\":0." + digits + ",\"y\":" + digits + "}")))
        .containsExactly(List.of(0.7777777777777778));
    String name = "n".repeat(200_000);
    assertThat(
            Reading.rows(
                source(
                    Schema.empty().with(name, DataType.STRING),
                    "{\"%s\":\"%s\"}".formatted(name, "é".repeat(11_000_000)))))
        .hasSize(1);
    Schema wide = Schema.empty().with("v", DataType.vector(Integer.MAX_VALUE));
    assertThat(Reading.rows(source(wide, "{}\n"))).containsExactly(row((Object) null));
    assertThatThrownBy(() -> Reading.rows(source(wide, "{\"v\":[1,2]}\n")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("has 2 numbers, not 2147483647");
  }

  @Test
  void requiredFieldsOfASchema() throws IOException {
    Schema schema = new Schema(List.of(Field.required("v", DataType.vector(1))));
    assertThatThrownBy(() -> Reading.rows(source(schema, "{}")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("v VECTOR(1) is required");
  }
}
