package io.drawbar.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON into maps, lists, strings, doubles, booleans and null: enough for what JMH writes,
 * which is well formed.
 */
final class JsonText {
  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    return new JsonText(text).value();
  }

  private char next() {
    while (Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return text.charAt(at);
  }

  private boolean skip(char wanted) {
    if (next() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private Object value() {
    char first = next();
    if (first == '{') {
      return object();
    } else if (first == '[') {
      return array();
    } else if (first == '"') {
      return string();
    }
    int start = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    return switch (word) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> Double.valueOf(word);
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> entries = new LinkedHashMap<>();
    at++;
    while (!skip('}')) {
      next();
      String name = string();
      skip(':');
      entries.put(name, value());
      skip(',');
    }
    return entries;
  }

  private List<Object> array() {
    List<Object> items = new ArrayList<>();
    at++;
    while (!skip(']')) {
      items.add(value());
      skip(',');
    }
    return items;
  }

  private String string() {
    StringBuilder found = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
        char escaped = text.charAt(at);
        if (escaped == 'u') {
          found.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
          at += 4;
        } else {
          int control = "bfnrt".indexOf(escaped);
          found.append(control < 0 ? escaped : "\b\f\n\r\t".charAt(control));
        }
      } else {
        found.append(text.charAt(at));
      }
    }
    at++;
    return found.toString();
  }
}
