package io.drawbar.internal.model;

import io.drawbar.text.DecimalParser;
import io.drawbar.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) strictly: valid UTF-8, no key twice, nothing after the value, whole numbers
 * that fit a long, and only so deep.
 */
public final class JsonReader {
  private static final int MOST_LEVELS = 100;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * The value that some bytes hold, as {@link JsonWriter#write} takes it; null for {@code null}.
   *
   * @throws Damage if they are not JSON; says at which character
   */
  public static Object read(byte[] bytes) throws Damage {
    int invalid = Utf8.firstInvalid(bytes, 0, bytes.length);
    if (invalid >= 0) {
      throw new Damage("not JSON: byte " + invalid + " is not UTF-8");
    }
    JsonReader reader = new JsonReader(new String(bytes, StandardCharsets.UTF_8));
    Object value = reader.value();
    reader.skipSpace();
    if (reader.at < reader.text.length()) {
      throw reader.wrong("the end");
    }
    return value;
  }

  private Damage wrong(String wanted) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new Damage("not JSON: %s at character %s, not %s".formatted(found, at, wanted));
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char wanted) {
    skipSpace();
    boolean there = at < text.length() && text.charAt(at) == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char wanted) throws Damage {
    if (!take(wanted)) {
      throw wrong("'" + wanted + "'");
    }
  }

  private Object value() throws Damage {
    if (depth == MOST_LEVELS) {
      throw new Damage("JSON of more than " + MOST_LEVELS + " levels");
    }
    skipSpace();
    char first = at < text.length() ? text.charAt(at) : ' ';
    depth++;
    Object value =
        switch (first) {
          case '{' -> object();
          case '[' -> array();
          case '"' -> string();
          default -> first == '-' || first >= '0' && first <= '9' ? number() : word();
        };
    depth--;
    return value;
  }

  private Map<String, Object> object() throws Damage {
    expect('{');
    Map<String, Object> map = new LinkedHashMap<>();
    if (take('}')) {
      return map;
    }
    do {
      skipSpace();
      String key = string();
      expect(':');
      Object value = value();
      if (map.containsKey(key)) {
        throw new Damage("not JSON: the key '%s' is there twice".formatted(key));
      }
      map.put(key, value);
    } while (take(','));
    expect('}');
    return map;
  }

  private List<Object> array() throws Damage {
    expect('[');
    List<Object> list = new ArrayList<>();
    if (take(']')) {
      return list;
    }
    do {
      list.add(value());
    } while (take(','));
    expect(']');
    return list;
  }

  private Object word() throws Damage {
    if (text.startsWith("true", at)) {
      at += 4;
      return true;
    }
    if (text.startsWith("false", at)) {
      at += 5;
      return false;
    }
    if (text.startsWith("null", at)) {
      at += 4;
      return null;
    }
    throw wrong("a value");
  }

  private Object number() throws Damage {
    int from = at;
    at += text.charAt(at) == '-' ? 1 : 0;
    boolean zero = at < text.length() && text.charAt(at) == '0';
    if (digits() > 1 && zero) {
      throw new Damage("not JSON: a number at character %s starts with a zero".formatted(from));
    }
    boolean whole = true;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
      whole = false;
    }
    if (at < text.length() && (text.charAt(at) | 32) == 'e') {
      at++;
      at += at < text.length() && "+-".indexOf(text.charAt(at)) >= 0 ? 1 : 0;
      digits();
      whole = false;
    }
    byte[] bytes = text.substring(from, at).getBytes(StandardCharsets.US_ASCII);
    try {
      return whole
          ? (Object) DecimalParser.parseLong(bytes, 0, bytes.length)
          : (Object) DecimalParser.parseDouble(bytes, 0, bytes.length);
    } catch (NumberFormatException e) {
      throw new Damage("the number at character %s is out of range".formatted(from));
    }
  }

  private int digits() throws Damage {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == from) {
      throw wrong("a digit");
    }
    return at - from;
  }

  private String string() throws Damage {
    if (at >= text.length() || text.charAt(at) != '"') {
      throw wrong("'\"'");
    }
    at++;
    StringBuilder string = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c < ' ') {
        throw wrong("a character of a string");
      }
      at++;
      string.append(c == '\\' ? escaped() : c);
    }
    if (at == text.length()) {
      throw wrong("'\"'");
    }
    at++;
    return string.toString();
  }

  private char escaped() throws Damage {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    int known = "\"\\/bfnrt".indexOf(c);
    if (known >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(known);
    }
    if (c != 'u' || text.length() - at < 4) {
      throw wrong("an escape");
    }
    int value = 0;
    for (int end = at + 4; at < end; at++) {
      char hex = text.charAt(at);
      int digit = hex < 128 ? Character.digit(hex, 16) : -1;
      if (digit < 0) {
        throw wrong("a hexadecimal digit");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }
}
