package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.spi.BadRowException;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.Layout;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JSON lines, whole and damaged, against {@link JsonReference}. */
class JsonOracleTest {
  private static final String[] TEXTS = {
    "",
    "a",
    "é",
    "\\n",
    "\\\"",
    "\\u0000",
    "\\uD83D\\uDE00",
    "\uD83D\uDE00",
    "\\ud83d",
    "\\/",
    "},{"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-0.0",
    "1",
    "12",
    "-7",
    "1.5",
    "1e5",
    "1E-7",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "1e999",
    "-1e400",
    "1e-999",
    "01",
    "+1",
    "1.",
    "0.1",
    "2.2250738585072014E-308",
    "123456789012345678901234567890.123456789e-10",
    "NaN"
  };
  private static final String[] NAMES = {
    "flag", "whole", "real", "text", "pair", "words", "table", "a", "b", "c", "other", "wh\\u006fle"
  };

  @TempDir Path folder;

  private static String some(Random random, String[] of, int wild) {
    return of[
        random.nextInt(100) < wild ? random.nextInt(of.length) : random.nextInt(of.length / 2)];
  }

  private static String blank(Random random) {
    return random.nextInt(6) > 0 ? "" : random.nextBoolean() ? " " : "\t ";
  }

  /** A value that mostly is of the type. */
  private static String value(Random random, DataType type, int wild) {
    if (random.nextInt(100) < 8) {
      return "null";
    }
    if (type == null || random.nextInt(100) < wild) {
      return anything(random, 3);
    }
    if (type == DataType.BOOLEAN) {
      return random.nextBoolean() ? "true" : "false";
    }
    if (type == DataType.STRING) {
      return '"' + some(random, TEXTS, wild) + some(random, TEXTS, wild) + '"';
    }
    if (type == DataType.LONG) {
      return Long.toString(random.nextLong() >> random.nextInt(64));
    }
    if (type == DataType.DOUBLE) {
      return random.nextBoolean()
          ? some(random, NUMBERS, wild)
          : Double.toString(random.nextGaussian());
    }
    boolean isList = type instanceof ListType;
    DataType item = isList ? ((ListType) type).item() : DataType.DOUBLE;
    int count = isList ? random.nextInt(4) : 2;
    List<String> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String value = value(random, item, wild);
      items.add(!isList && value.equals("null") && random.nextInt(20) > 0 ? "1" : value);
    }
    return "[" + blank(random) + String.join(blank(random) + ",", items) + "]";
  }

  private static String anything(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> "true";
      case 1 -> "null";
      case 2 -> some(random, NUMBERS, 20);
      case 3, 4 -> '"' + some(random, TEXTS, 20) + '"';
      case 5 -> "[" + anything(random, depth - 1) + "," + anything(random, depth - 1) + "]";
      case 6 -> "{}";
      default -> "{\"" + some(random, NAMES, 100) + "\":" + anything(random, depth - 1) + "}";
    };
  }

  private static String line(Random random, int wild) {
    List<String> fields = new ArrayList<>();
    for (String name : NAMES) {
      // The last name is another way to write one of the others.
      boolean isAgain = name.indexOf('\\') > 0 && random.nextInt(20) > 0;
      if (isAgain || random.nextInt(3) == 0 || random.nextInt(100) >= wild && name.length() > 5) {
        continue;
      }
      DataType type = JsonTest.ALL.find(name).isPresent() ? JsonTest.ALL.field(name).type() : null;
      String value = value(random, type, wild);
      if (name.equals("a")) {
        value = "{\"b\":{\"c\":" + value(random, DataType.LONG, wild) + "}}";
      }
      int at = random.nextInt(fields.size() + 1);
      fields.add(at, '"' + name + '"' + blank(random) + ":" + blank(random) + value);
    }
    return blank(random) + "{" + String.join(",", fields) + "}" + blank(random);
  }

  private static byte[] text(Random random, int wild) {
    StringBuilder text = new StringBuilder();
    for (int lines = 1 + random.nextInt(6); lines > 0; lines--) {
      text.append(line(random, wild)).append(random.nextInt(5) == 0 ? "\r\n" : "\n");
      text.append(random.nextInt(9) == 0 ? "\n" : "");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] damaged(Random random, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int place = random.nextInt(bytes.length);
    int kind = random.nextInt(4);
    byte[] other = "{}[]\",:\\u0-+.eE \n\r\tnull\u00e9\u0001".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (i == place && kind == 0) {
        continue;
      }
      boolean isChanged = i == place && kind == 1;
      out.write(isChanged ? bytes[i] ^ 1 << random.nextInt(8) : bytes[i]);
      if (i == place && kind >= 2) {
        out.write(other[random.nextInt(other.length)]);
      }
    }
    return out.toByteArray();
  }

  /** Reads a file cut in some way; gives whether it was refused. */
  private boolean check(byte[] bytes, Random random, String what) throws IOException {
    boolean isGzip = random.nextBoolean();
    Path file = folder.resolve(isGzip ? "x.jsonl.gz" : "x.jsonl");
    Reading.write(file, isGzip ? Reading.gzip(bytes) : bytes);
    JsonReference reference = JsonReference.of(bytes);
    JsonSource json = JsonTest.deep(Json.of(JsonTest.ALL)).at(file.toString());
    Layout layout = new Layout(1 + random.nextInt(200), 1, 1 + random.nextInt(5));
    List<Reading.Seen> seen;
    try {
      seen = Reading.all(json, layout, 1 + random.nextInt(5), 1);
    } catch (BadRowException e) {
      assertThat(reference.badLine()).as("%s: %s", what, e.getMessage()).isPositive();
      assertThat(e.getMessage()).as(what).contains(", line " + reference.badLine() + " (byte ");
      return true;
    }
    assertThat(reference.badLine())
        .as("%s: %s", what, new String(bytes, StandardCharsets.UTF_8))
        .isZero();
    assertThat(seen.stream().map(s -> s.values().toArray()).toArray(Object[][]::new))
        .as(what)
        .isDeepEqualTo(reference.rows().stream().map(List::toArray).toArray(Object[][]::new));
    return false;
  }

  @Test
  void linesAsTheyComeAndDamaged() throws IOException {
    int refused = 0;
    int rounds = 2_000;
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      byte[] bytes = text(random, new int[] {0, 0, 3, 30}[random.nextInt(4)]);
      for (int damage = random.nextInt(6) - 3; damage > 0 && bytes.length > 0; damage--) {
        bytes = damaged(random, bytes);
      }
      refused += check(bytes, random, "seed " + seed) ? 1 : 0;
    }
    assertThat(refused).as("both ways are common").isBetween(rounds / 5, rounds * 4 / 5);
  }

  @Test
  void aFileCutOffAtAnyByte() throws IOException {
    Random random = new Random(77);
    byte[] bytes = new byte[0];
    while (bytes.length < 600 || JsonReference.of(bytes).badLine() > 0) {
      bytes = text(random, 0);
    }
    for (int length = 0; length <= bytes.length; length++) {
      check(Arrays.copyOf(bytes, length), random, "cut after " + length);
    }
    byte[] gzip = Reading.gzip(bytes);
    for (int length = 1; length < gzip.length; length++) {
      Path file = Reading.write(folder.resolve("cut.gz"), Arrays.copyOf(gzip, length));
      assertThatThrownBy(
              () -> Reading.rows(JsonTest.deep(Json.of(JsonTest.ALL)).at(file.toString())))
          .isInstanceOf(DamagedFileException.class);
    }
  }

  @Test
  void aWrongReferenceWouldBeSeen() {
    byte[] bytes = "{\"whole\":1.0}\n".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonReference.of(bytes).badLine()).isEqualTo(1);
    byte[] fine = "{}\n\n{\"whole\":1}\n{\"flag\":2}".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonReference.of(fine).badLine()).isEqualTo(4);
    assertThat(JsonReference.of(fine).rows()).hasSize(2);
  }
}
