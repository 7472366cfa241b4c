package io.drawbar.internal.model;

import io.drawbar.text.DecimalFormatter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON in one form: keys in the order of the map, two spaces a level, objects and arrays
 * that hold neither on one line, UTF-8, a line feed at the end.
 */
public final class JsonWriter {
  private final StringBuilder text = new StringBuilder();

  private JsonWriter() {}

  /**
   * The JSON of a value.
   *
   * @param value a {@code Map} with {@code String} keys, {@code List}, {@code String}, {@code
   *     Long}, {@code Integer}, finite {@code Double} or {@code Boolean}
   */
  public static byte[] write(Object value) {
    JsonWriter writer = new JsonWriter();
    writer.append(value, 0);
    return writer.text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void append(Object value, int depth) {
    if (value instanceof Map<?, ?> map) {
      String comma = "";
      text.append('{');
      boolean flat = isFlat(map.values());
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(comma);
        newLine(flat, comma.isEmpty(), depth + 1);
        append((String) entry.getKey());
        text.append(": ");
        append(entry.getValue(), depth + 1);
        comma = ",";
      }
      newLine(flat || map.isEmpty(), true, depth);
      text.append('}');
    } else if (value instanceof List<?> list) {
      String comma = "";
      text.append('[');
      boolean flat = isFlat(list);
      for (Object item : list) {
        text.append(comma);
        newLine(flat, comma.isEmpty(), depth + 1);
        append(item, depth + 1);
        comma = ",";
      }
      newLine(flat || list.isEmpty(), true, depth);
      text.append(']');
    } else if (value instanceof String string) {
      append(string);
    } else if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("JSON has no number " + number);
      }
      text.append(DecimalFormatter.toString(number));
    } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
      text.append(value);
    } else {
      throw new IllegalArgumentException("no JSON for " + value);
    }
  }

  private static boolean isFlat(Iterable<?> items) {
    for (Object item : items) {
      if (item instanceof Map<?, ?> || item instanceof List<?>) {
        return false;
      }
    }
    return true;
  }

  private void newLine(boolean flat, boolean first, int depth) {
    if (!flat) {
      text.append('\n').append("  ".repeat(depth));
    } else if (!first) {
      text.append(' ');
    }
  }

  private void append(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
                  && i + 1 < string.length()
                  && Character.isLowSurrogate(string.charAt(i + 1))
              || Character.isLowSurrogate(c)
                  && i > 0
                  && Character.isHighSurrogate(string.charAt(i - 1));
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < ' ' || c == 0x7F || Character.isSurrogate(c) && !paired) {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          text.append(Character.forDigit(c >> shift & 15, 16));
        }
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }
}
