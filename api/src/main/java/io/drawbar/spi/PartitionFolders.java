package io.drawbar.spi;

import io.drawbar.error.DrawbarException;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Columns whose values are not in files, but in the names of the folders that the files are in:
 * {@code year=2024/country=DE/part-00000.csv}, as Hive and Spark have them.
 *
 * <p>In names and values {@code " # % ' * / : = ? \ { [ ] ^} and control characters are written as
 * {@code %} and two hexadecimal digits. Null is {@value #NULL}; the empty string is empty. Columns
 * are LONG, BOOLEAN or STRING; one DOUBLE can have several texts.
 */
public final class PartitionFolders {
  /** What stands for null. */
  public static final String NULL = "__HIVE_DEFAULT_PARTITION__";

  private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";
  private static final int MOST_BYTES = 255;

  private PartitionFolders() {}

  /**
   * The columns that are in the files: all others, in their order.
   *
   * @param partitions names of columns of the schema
   */
  public static Schema inFiles(Schema schema, List<String> partitions) {
    return partitions.isEmpty()
        ? schema
        : new Schema(schema.fields().stream().filter(f -> !partitions.contains(f.name())).toList());
  }

  /**
   * Checks that columns can be in the names of folders.
   *
   * @param what is written or read, for messages
   * @throws DrawbarException if one is not there, is of a type that has no one text, or would make
   *     hidden folders, or if none is left for the files
   */
  public static void check(Schema schema, List<String> partitions, String what) {
    Set<String> seen = new HashSet<>();
    for (String name : partitions) {
      DataType type = schema.field(name).type();
      if (type != DataType.LONG && type != DataType.STRING && type != DataType.BOOLEAN) {
        throw new DrawbarException(
            "%s: column '%s' is %s; folders are named after LONG, STRING and BOOLEAN. Cast it to one of them."
                .formatted(what, name, type));
      }
      if (!seen.add(name)) {
        throw new DuplicateColumnException(
            "%s: partitionedBy names column '%s' twice; name it once".formatted(what, name));
      }
      if (name.startsWith("_") || name.startsWith(".")) {
        throw new DrawbarException(
            "%s: folders named after column '%s' would not be read, since names with _ or . at the start are hidden; rename it"
                .formatted(what, name));
      }
    }
    if (!partitions.isEmpty() && partitions.size() == schema.size()) {
      throw new DrawbarException(
          "%s: all columns are in the names of folders, and none is left for the files"
              .formatted(what));
    }
  }

  /**
   * The name of the folder of a value.
   *
   * @param value a Long, Boolean, String or null
   * @throws UnwritableValueException if what is read back would be another value, or the name is
   *     too long for a file system
   */
  public static String folder(String column, Object value) {
    String text = value == null ? NULL : value.toString();
    if (value != null && text.equals(NULL)) {
      throw new UnwritableValueException(
          "column '%s' holds the text %s, which stands for null in the name of a folder"
              .formatted(column, NULL));
    }
    String folder = escaped(column) + "=" + (value == null ? NULL : escaped(text));
    if (Utf8.encode(folder).length > MOST_BYTES) {
      throw new UnwritableValueException(
          "column '%s' holds a text of %s characters: the name of its folder would be longer than %s bytes"
              .formatted(column, text.length(), MOST_BYTES));
    }
    return folder;
  }

  /** A name or value as it is in the name of a folder. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || ESCAPED.indexOf(c) >= 0) {
        escaped.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** What {@link #escaped} was given; also other characters may be escaped, byte by byte. */
  static String unescaped(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = Utf8.encode(text);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      plain.write(low < 0 ? bytes[i] : high << 4 | low);
      i += low < 0 ? 0 : 2;
    }
    byte[] all = plain.toByteArray();
    return Utf8.toString(all, 0, all.length);
  }

  /**
   * The value of a column for the rows of a file: that of the last folder on its path which is
   * named after the column.
   *
   * @param path of the file, with {@code /} between names
   * @return a Long, Boolean or String; empty if it is null
   * @throws DrawbarException if there is no such folder, its value is not of the column's type, or
   *     it is null and the column is required
   */
  public static Optional<Object> value(String path, Field column) {
    String[] names = path.split("/");
    for (int n = names.length - 2; n >= 0; n--) {
      int equals = names[n].indexOf('=');
      if (equals > 0 && unescaped(names[n].substring(0, equals)).equals(column.name())) {
        return value(path, column, names[n].substring(equals + 1));
      }
    }
    throw new DrawbarException(
        ("%s is in no folder '%s=...': partitionedBy(\"%s\") takes the column from the path of each"
                + " file. Leave it out if the column is in the files.")
            .formatted(path, column.name(), column.name()));
  }

  private static Optional<Object> value(String path, Field column, String escaped) {
    if (escaped.equals(NULL)) {
      if (column.isRequired()) {
        throw new DrawbarException(
            "%s: column '%s' is required, and null in the path; declare it so that it may be null"
                .formatted(path, column.name()));
      }
      return Optional.empty();
    }
    String text = unescaped(escaped);
    if (column.type() == DataType.STRING) {
      return Optional.of(text);
    }
    boolean isLong = column.type() == DataType.LONG;
    if (isLong && text.matches("[+-]?[0-9]{1,19}")) {
      try {
        return Optional.of(Long.parseLong(text));
      } catch (NumberFormatException e) {
        // Too large: as other texts.
      }
    }
    if (!isLong && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return Optional.of(Boolean.parseBoolean(text));
    }
    throw new DrawbarException(
        "%s: '%s' is no %s, as which column '%s' is declared"
            .formatted(path, text, column.type(), column.name()));
  }
}
