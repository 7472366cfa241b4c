package io.drawbar.internal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static Object read(String json) throws Damage {
    return JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Object random(Random random, int depth) {
    switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0:
        return random.nextLong() >> random.nextInt(64);
      case 1:
        return Math.scalb(random.nextGaussian(), random.nextInt(2000) - 1000);
      case 2:
        return random.nextBoolean();
      case 3, 4:
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
          // Halves of pairs among them.
          text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        }
        return text.toString();
      case 5:
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(random(random, depth - 1));
        }
        return list;
      default:
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put("k" + random.nextInt(99) + "\n\"", random(random, depth - 1));
        }
        return map;
    }
  }

  @Test
  void whatIsWrittenIsReadToTheBit() throws Damage {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      Object value = random(random, 4);
      byte[] written = JsonWriter.write(value);
      Object found = JsonReader.read(written);
      assertThat(found).isEqualTo(value);
      assertThat(JsonWriter.write(found)).isEqualTo(written);
    }
  }

  @Test
  void everyFormOfTheStandardIsRead() throws Damage {
    assertThat(read(" [ 1 ,\t-0.5e+2,1E2, null,\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\" ]\r\n"))
        .isEqualTo(Arrays.asList(1L, -50.0, 100.0, null, "\"\\/\b\f\n\r\t\u00e9"));
    assertThat(read("{}")).isEqualTo(Map.of());
  }

  @Test
  void whatIsNotJsonIsRefused() {
    for (String wrong :
        List.of(
            "",
            " ",
            "[",
            "]",
            "[1,]",
            "[,1]",
            "{",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "01",
            "-",
            "1.",
            ".5",
            "+1",
            "1e",
            "0x1",
            "NaN",
            "Infinity",
            "tru",
            "nul",
            "\"",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"a\nb\"",
            "1 2",
            "[1] x",
            "{\"a\":1,\"a\":1}",
            "9223372036854775808",
            "'a'",
            "\"\\u\uFF11234\"")) {
      assertThatThrownBy(() -> read(wrong)).as(wrong).isInstanceOf(Damage.class);
    }
    assertThatThrownBy(() -> JsonReader.read(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}))
        .isInstanceOf(Damage.class)
        .hasMessageContaining("byte 1 is not UTF-8");
    assertThatThrownBy(() -> read("{\"a\":".repeat(50_000))).hasMessageContaining("100 levels");
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(10);
    int read = 0;
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = JsonWriter.write(random(random, 3));
      for (int k = 1 + random.nextInt(3); k > 0; k--) {
        bytes[random.nextInt(bytes.length)] =
            (byte) "{}[]\",:\\u019-.eE tn\n".charAt(random.nextInt(20));
      }
      try {
        JsonReader.read(bytes);
        read++;
      } catch (Damage e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    assertThat(read).isBetween(1_000, 49_000);
  }
}
