package io.drawbar.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What JSON lines mean, by another parser and with the plainest code: the rows of {@link
 * JsonTest#ALL} before the first bad line, and the number of that line, or 0.
 */
record JsonReference(List<List<Object>> rows, int badLine) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A line that is refused. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** The text of a number. */
  private record Figure(String text) {}

  /** A field of an object. */
  private record Member(String name, Object value) {}

  /** An object, duplicates and all. */
  private record Members(List<Member> members) {
    /** The value of a field, null if it is null or not there. */
    Object value(String name) throws Refused {
      List<Member> found = members.stream().filter(m -> m.name.equals(name)).toList();
      if (found.size() > 1) {
        throw new Refused();
      }
      return found.isEmpty() ? null : found.get(0).value;
    }
  }

  static JsonReference of(byte[] bytes) {
    List<List<Object>> rows = new ArrayList<>();
    int from = 0;
    for (int line = 1; from < bytes.length; line++) {
      int to = from;
      while (to < bytes.length && bytes[to] != '\n') {
        to++;
      }
      byte[] text = Arrays.copyOfRange(bytes, from, to);
      from = to + 1;
      boolean isEmpty = text.length == 0 || text.length == 1 && text[0] == '\r';
      if (isEmpty) { // the line feed of the last line may be missing
        continue;
      }
      try {
        rows.add(row(text));
      } catch (Refused e) {
        return new JsonReference(rows, line);
      }
    }
    return new JsonReference(rows, 0);
  }

  private static List<Object> row(byte[] line) throws Refused {
    Object object;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      try (JsonParser parser = FACTORY.createParser(line)) {
        parser.nextToken();
        object = tree(parser);
        if (parser.nextToken() != null) {
          throw new Refused();
        }
      }
    } catch (CharacterCodingException | JsonProcessingException e) {
      throw new Refused();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!(object instanceof Members members)) {
      throw new Refused();
    }
    List<Object> row = new ArrayList<>();
    for (var field : JsonTest.ALL.fields()) {
      Object value =
          field.name().equals("deep")
              ? below(below(members.value("a"), "b"), "c")
              : members.value(field.name());
      row.add(value == null ? null : converted(field.type(), value));
    }
    return row;
  }

  private static Object below(Object object, String name) throws Refused {
    if (object == null) {
      return null;
    }
    if (!(object instanceof Members members)) {
      throw new Refused();
    }
    return members.value(name);
  }

  private static Object tree(JsonParser parser) throws IOException, Refused {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new Refused();
    }
    switch (token) {
      case START_OBJECT -> {
        List<Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = whole(parser.getText());
          parser.nextToken();
          members.add(new Member(name, tree(parser)));
        }
        return new Members(members);
      }
      case START_ARRAY -> {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(tree(parser));
        }
        return Collections.unmodifiableList(items);
      }
      case VALUE_STRING -> {
        return whole(parser.getText());
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        return new Figure(parser.getText());
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return token == JsonToken.VALUE_TRUE;
      }
      default -> {
        return null;
      }
    }
  }

  /** A text without halves of surrogate pairs. */
  private static String whole(String text) throws Refused {
    if (!StandardCharsets.UTF_16.newEncoder().canEncode(text)) {
      throw new Refused();
    }
    return text;
  }

  private static Object converted(DataType type, Object value) throws Refused {
    if (type instanceof VectorType vector && value instanceof List<?> items) {
      double[] elements = new double[items.size()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = real(items.get(i));
      }
      if (elements.length == vector.size()) {
        return elements;
      }
    }
    if (type instanceof ListType list && value instanceof List<?> items) {
      List<Object> converted = new ArrayList<>();
      for (Object item : items) {
        converted.add(item == null ? null : converted(list.item(), item));
      }
      return converted;
    }
    if (type == DataType.DOUBLE) {
      return real(value);
    }
    if (type == DataType.LONG && value instanceof Figure figure) {
      boolean isWhole = figure.text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9');
      if (isWhole && new BigInteger(figure.text).bitLength() < 64) {
        return new BigInteger(figure.text).longValue();
      }
    }
    if (type == DataType.BOOLEAN && value instanceof Boolean
        || type == DataType.STRING && value instanceof String) {
      return value;
    }
    throw new Refused();
  }

  private static double real(Object value) throws Refused {
    if (value instanceof Figure figure && Double.isFinite(Double.parseDouble(figure.text))) {
      return Double.parseDouble(figure.text);
    }
    throw new Refused();
  }
}
