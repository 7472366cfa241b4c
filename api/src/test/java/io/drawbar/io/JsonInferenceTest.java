package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drawbar.spi.Layout;
import io.drawbar.type.DataType;
import io.drawbar.type.InferredSchema;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonInferenceTest {
  @TempDir Path folder;

  private JsonFiles files(String text) throws IOException {
    return Json.at(Reading.write(folder.resolve("in/events.jsonl"), text).toString());
  }

  private static List<String> types(InferredSchema found) {
    return found.columns().stream().map(c -> c.name() + " " + c.type() + " " + c.nulls()).toList();
  }

  @Test
  void printsTheRecordToPaste() throws Exception {
    InferredSchema found =
        Inferring.infer(
            files(
                """
                {"id": 1, "address": {"city": "Bern", "geo": {"lat": 46}}, "tags": ["a", null]}

                {"value": 2.5, "id": 2, "address": null, "tags": [], "ok": true}
                {"id": 3, "address": {"geo": {"lat": 4.5}}, "tags": [], "value": 1}
                """));
    assertThat(types(found))
        .containsExactly(
            "id LONG 0",
            "address.city STRING 2",
            "address.geo.lat DOUBLE 1",
            "tags LIST(STRING) 0",
            "value DOUBLE 1",
            "ok BOOLEAN 2");
    assertThat(found.schema().names()).containsExactly("id", "tags", "value", "ok");
    assertThat(found.columns().get(2).decidedAt()).endsWith("events.jsonl:4");
    assertThat(found.code())
        .contains(
            "long id,\n    String addressCity,\n    Double addressGeoLat,\n    List<String> tags")
        .contains("Json.of(EventsRow.class)\n//     .path(\"addressCity\", \"address.city\")");
    Schema pasted = Inferring.compiled(found, folder);
    assertThat(pasted.names()).contains("addressGeoLat");
    String path = folder.resolve("in/events.jsonl").toString();
    assertThat(
            Reading.rows(
                Json.of(pasted)
                    .path("addressCity", "address.city")
                    .path("addressGeoLat", "address.geo.lat")
                    .at(path)))
        .hasSize(3)
        .element(2)
        .asList()
        .contains(4.5, 3L);
  }

  @Test
  void whatNoColumnCanHoldIsLeftOut() throws IOException {
    InferredSchema found =
        Inferring.infer(
            files(
                """
                {"a": 1, "b": [{"c": 1}], "d": 1e999, "e": 12345678901234567890, "f": null, "g": []}
                {"a": "x", "b": [], "d": 1, "e": 1, "f": null, "g": [], "": 1, "h": [[1], [2.5]]}
                {"a": 1, "i.j": -0, "k": {"l.m": 1}, "n": [1, "x"], "o": {}, "o": 1}
                """));
    assertThat(found.rows()).isEqualTo(2);
    assertThat(types(found))
        .containsExactly("e DOUBLE 0", "f STRING 2", "g LIST(STRING) 0", "h LIST(LIST(DOUBLE)) 1");
    assertThat(found.notes())
        .anyMatch(n -> n.contains("jsonl:3") && n.contains("the field o is there twice"))
        .anyMatch(n -> n.startsWith("field \"a\" is left out: its values are of several kinds"))
        .anyMatch(n -> n.startsWith("field \"b\" is left out: an array of objects"))
        .anyMatch(n -> n.startsWith("field \"d\" is left out: '1e999'"))
        .anyMatch(n -> n.contains("rounds 1 of its numbers, the first '12345678901234567890'"))
        .anyMatch(n -> n.startsWith("field \"\" is left out"))
        .anyMatch(n -> n.startsWith("field \"h\" is in the schema, but not in the record"));
    assertThat(found.code()).doesNotContain(" h");
  }

  @Test
  void nothingToInferFrom() throws IOException {
    assertThatThrownBy(() -> Inferring.infer(files("\n\n")))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("there is no row in");
    assertThatThrownBy(() -> Inferring.infer(files("\n[1]\n")))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("jsonl:2")
        .hasMessageContaining("starts with an array");
    assertThatThrownBy(() -> Inferring.infer(files("{\"a\":[{}]}\n{}\n")))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("no field of");
  }

  @Test
  void tooManyFields() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= Sightings.MOST_COLUMNS; i++) {
      text.append("{\"id-").append(i).append("\": 1}\n");
    }
    String wide = "{" + text.toString().replaceAll("[{}]", "").replace("\n", ",") + "\"x\": 1}";
    for (String all : List.of(text.toString(), wide, wide.substring(0, wide.length() - 1))) {
      JsonFiles files = files(all);
      for (Layout layout : List.of(Inferring.USUAL, new Layout(5_000, 1, 100))) {
        assertThatThrownBy(() -> files.infer(Inferring.pass(layout, 100, 1)))
            .isInstanceOf(InferenceException.class)
            .hasMessageContaining("more than 10000 fields");
      }
    }
    String one = text.substring(0, text.lastIndexOf("{"));
    assertThat(files(one).infer(Inferring.pass(new Layout(5_000, 1, 100), 9, 1)).columns())
        .hasSize(Sightings.MOST_COLUMNS);
  }

  @Test
  void agreesWithJacksonAndIsReadWithoutABadCell() throws IOException {
    for (long seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      int rows = 1 + random.nextInt(10);
      int[] kinds = random.ints(5, 0, 6).toArray();
      for (int r = 0; r < rows; r++) {
        List<String> fields = new ArrayList<>();
        for (int f = 0; f < kinds.length; f++) {
          if (random.nextInt(4) > 0) {
            fields.add("\"f%s\" : %s".formatted(f == 2 ? "\\u0032" : f, value(kinds[f], random)));
          }
        }
        fields.add("\"id\":" + r);
        java.util.Collections.shuffle(fields, random);
        text.append("{ ").append(String.join(",", fields)).append("}\n");
        text.append(random.nextInt(5) == 0 ? "\r\n" : "");
      }
      check(text.toString(), seed);
    }
  }

  private static String value(int kind, Random random) {
    String[][] all = {
      {"1", "-7", "9223372036854775807", "null"},
      {"1", "2.5", "-0.0", "1e3", "12345678901234567890"},
      {"true", "false", "null"},
      {"\"x\"", "\"\\u00fc\\n\"", "\"\"", "null"},
      {"[]", "[1, 2]", "[null, 3.5]", "null"},
      {"1", "\"x\"", "[true]", "null", "null"},
    };
    return all[kind][random.nextInt(all[kind].length)];
  }

  private void check(String text, long seed) throws IOException {
    InferredSchema found = Inferring.infer(files(text));
    ObjectMapper mapper = new ObjectMapper();
    Map<String, List<JsonNode>> fields = new LinkedHashMap<>();
    int rows = 0;
    for (String line : text.lines().filter(l -> !l.isBlank()).toList()) {
      rows++;
      Iterator<Map.Entry<String, JsonNode>> each = mapper.readTree(line).fields();
      while (each.hasNext()) {
        Map.Entry<String, JsonNode> field = each.next();
        List<JsonNode> values = fields.computeIfAbsent(field.getKey(), n -> new ArrayList<>());
        if (!field.getValue().isNull()) {
          values.add(field.getValue());
        }
      }
    }
    List<String> expected = new ArrayList<>();
    for (Map.Entry<String, List<JsonNode>> field : fields.entrySet()) {
      DataType type = type(field.getValue());
      if (type != null) {
        expected.add(field.getKey() + " " + type + " " + (rows - field.getValue().size()));
      }
    }
    assertThat(types(found)).as("seed %s: %s", seed, text).containsExactlyElementsOf(expected);
    String path = folder.resolve("in/events.jsonl").toString();
    for (int leaf : new int[] {1, 5, 1 << 20}) {
      assertThat(Reading.all(Json.of(found.schema()).at(path), new Layout(leaf, 1, 2), 100, 1))
          .hasSize(rows);
    }
  }

  /** The rules once more; null if there is no type. */
  private static DataType type(List<JsonNode> values) {
    TreeSet<String> kinds = new TreeSet<>();
    List<JsonNode> items = new ArrayList<>();
    for (JsonNode value : values) {
      kinds.add(
          value.isArray()
              ? "list"
              : value.isTextual()
                  ? "text"
                  : value.isBoolean()
                      ? "flag"
                      : value.isIntegralNumber() && value.canConvertToLong() ? "whole" : "real");
      value.forEach(item -> items.addAll(item.isNull() ? List.of() : List.of(item)));
    }
    if (kinds.isEmpty()) {
      return DataType.STRING;
    }
    if (kinds.size() > 1) {
      return kinds.toString().equals("[real, whole]") ? DataType.DOUBLE : null;
    }
    return switch (kinds.first()) {
      case "list" -> type(items) == null ? null : DataType.listOf(type(items));
      case "text" -> DataType.STRING;
      case "flag" -> DataType.BOOLEAN;
      case "whole" -> DataType.LONG;
      default -> DataType.DOUBLE;
    };
  }
}
