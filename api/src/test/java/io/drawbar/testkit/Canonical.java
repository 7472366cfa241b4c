package io.drawbar.testkit;

import io.drawbar.type.Row;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A result in one exact form: two are equal if, and only if, they are the same to the bit, in the
 * same order. The form is text, a line a row, so that a difference can be read: a double is shown
 * with its raw bits, a string with its length.
 *
 * @param lines the form
 */
public record Canonical(List<String> lines) {
  private static final int SHOWN = 300;

  public Canonical {
    lines = List.copyOf(lines);
  }

  /** Rows with the names and types of their columns, in order. */
  public static Canonical of(List<Row> rows) {
    List<String> lines = new ArrayList<>();
    lines.add(rows.size() + " rows");
    for (Row row : rows) {
      if (lines.size() == 1) {
        lines.add(row.schema().toString());
      }
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.schema().size(); column++) {
        append(line.append(column == 0 ? "" : ", "), row.value(column));
      }
      lines.add(line.toString());
    }
    return new Canonical(lines);
  }

  /** Any values of the kinds that a row can hold. */
  public static Canonical ofValues(Object... values) {
    List<String> lines = new ArrayList<>();
    for (Object value : values) {
      StringBuilder line = new StringBuilder();
      append(line, value);
      lines.add(line.toString());
    }
    return new Canonical(lines);
  }

  /**
   * The files in a folder: their names in order and the content of each; what is compressed is
   * decompressed, because only that is promised.
   */
  public static Canonical ofFolder(Path folder) {
    List<String> lines = new ArrayList<>();
    for (Path file : list(folder)) {
      if (Files.isDirectory(file)) {
        lines.add("folder " + file.getFileName());
        continue;
      }
      String content = new String(decompressed(file), StandardCharsets.ISO_8859_1);
      lines.add("file " + file.getFileName() + " of " + content.length() + " bytes");
      lines.addAll(List.of(content.split("\n", -1)));
      lines.add(content.isEmpty() || content.endsWith("\n") ? "" : "no line feed at the end");
    }
    return new Canonical(lines);
  }

  /** What is in a folder, hidden or not, in the order of names. */
  static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] decompressed(Path file) {
    boolean isGzip = file.toString().endsWith(".gz");
    try (InputStream stored = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = isGzip ? new GZIPInputStream(stored) : stored) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(StringBuilder line, Object value) {
    if (value instanceof Double number) {
      line.append(number).append('#').append(Long.toHexString(Double.doubleToRawLongBits(number)));
    } else if (value instanceof String text) {
      line.append(text.length()).append(":\"");
      text.chars().forEach(c -> append(line, (char) c));
      line.append('"');
    } else if (value instanceof double[] elements) {
      line.append("vector[");
      for (double element : elements) {
        append(line.append(' '), (Object) element);
      }
      line.append(" ]");
    } else if (value instanceof List<?> items) {
      line.append("list[");
      items.forEach(item -> append(line.append(' '), item));
      line.append(" ]");
    } else if (value == null || value instanceof Long || value instanceof Boolean) {
      line.append(value);
    } else {
      throw new IllegalArgumentException("no row holds a " + value.getClass().getName());
    }
  }

  private static void append(StringBuilder line, char c) {
    if (c == '"' || c == '\\') {
      line.append('\\').append(c);
    } else if (c < ' ' || c > '~') {
      line.append("\\u").append(HexFormat.of().toHexDigits(c));
    } else {
      line.append(c);
    }
  }

  /** This form followed by another. */
  public Canonical and(Canonical other) {
    List<String> all = new ArrayList<>(lines);
    all.addAll(other.lines);
    return new Canonical(all);
  }

  /** The form as bytes. */
  public byte[] bytes() {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** The SHA-256 of the bytes, in hexadecimal. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Fails unless both are the same.
   *
   * @param where who made this result of what, with the seed if there is one
   */
  public void mustEqual(Canonical expected, String where) {
    if (equals(expected)) {
      return;
    }
    int line = 0;
    while (line < Math.min(lines.size(), expected.lines.size())
        && lines.get(line).equals(expected.lines.get(line))) {
      line++;
    }
    throw new AssertionError(
        "%s: the result differs from line %d of %d (SHA-256 %s)%n  expected %s%n  but was  %s"
            .formatted(where, line, lines.size(), sha256(), expected.line(line), line(line)));
  }

  private String line(int number) {
    String line = number < lines.size() ? lines.get(number) : "the end";
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
