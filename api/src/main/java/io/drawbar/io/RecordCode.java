package io.drawbar.io;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.ScalarType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** The Java of a record whose components are some columns. */
public final class RecordCode {
  /** The most parameters that a constructor has; a long and a double count twice (JVMS 4.3.3). */
  public static final int MOST_SLOTS = 254;

  /** What no component of a record can be called (JLS 8.10.1). */
  private static final Set<String> RESERVED =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private RecordCode() {}

  /** A component for each name: the name itself, if it can be one. */
  public static List<String> components(List<String> names) {
    Set<String> used = new HashSet<>(names);
    List<String> components = new ArrayList<>();
    for (String name : names) {
      String component = name;
      if (!isComponent(name)) {
        String like = identifier(name, "column");
        component = like;
        for (int i = 2; !isComponent(component) || !used.add(component); i++) {
          component = like + i;
        }
      }
      components.add(component);
    }
    return components;
  }

  private static boolean isComponent(String name) {
    return SourceVersion.isName(name, SourceVersion.RELEASE_17)
        && name.indexOf('.') < 0
        && name.chars().noneMatch(Character::isIdentifierIgnorable)
        && !RESERVED.contains(name);
  }

  /** The words of a name as one, {@code unitPrice}; something else if there are none. */
  private static String identifier(String name, String otherwise) {
    StringBuilder word = new StringBuilder();
    boolean isNewWord = false;
    for (int point : name.codePoints().toArray()) {
      boolean isPart =
          Character.isJavaIdentifierPart(point) && !Character.isIdentifierIgnorable(point);
      if (isPart && word.length() == 0 && !Character.isJavaIdentifierStart(point)) {
        word.append(otherwise);
      }
      if (isPart) {
        word.appendCodePoint(isNewWord ? Character.toUpperCase(point) : point);
      }
      isNewWord = !isPart && word.length() > 0;
    }
    if (word.length() == 0 || word.toString().equals("_")) {
      return otherwise;
    }
    boolean isWord = isComponent(word.toString());
    return isWord ? word.toString() : word.append("Value").toString();
  }

  /** A record's name after the first of some paths: {@code LoansRow} for {@code in/loans.csv}. */
  public static String nameAfter(List<String> paths) {
    String path = paths.get(0).replace('\\', '/').replaceAll("[*?\\[{].*|/+$", "");
    String file = path.substring(path.lastIndexOf('/') + 1).replaceAll("\\..*", "");
    String name = identifier(file.replaceAll("[^A-Za-z0-9]+", " ").strip(), "");
    return name.isEmpty()
        ? "FileRow"
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Row";
  }

  /** How many parameters such a record's constructor has, as the JVM counts. */
  public static int slots(List<Field> fields) {
    return fields.stream().mapToInt(f -> javaType(f).matches("long|double") ? 2 : 1).sum();
  }

  /** The declaration, on a line or with a line for each component. */
  public static String declaration(String name, List<Field> fields, List<String> components) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      parts.add(javaType(fields.get(i)) + " " + components.get(i));
    }
    String line = "record %s(%s) {}\n".formatted(name, String.join(", ", parts));
    return line.length() <= 100
        ? line
        : "record %s(\n    %s) {}\n".formatted(name, String.join(",\n    ", parts));
  }

  /** The same columns as a schema, where a record cannot have so many. */
  public static String schema(List<Field> fields) {
    StringBuilder code = new StringBuilder("Schema schema = new Schema(List.of(new Field[] {\n");
    for (Field field : fields) {
      code.append("    Field.")
          .append(field.isRequired() ? "required(" : "optional(")
          .append(literal(field.name()))
          .append(", ")
          .append(typeCode(field.type()))
          .append("),\n");
    }
    return code.append("}));\n").toString();
  }

  private static String typeCode(DataType type) {
    return type instanceof ListType list
        ? "DataType.listOf(" + typeCode(list.item()) + ")"
        : "DataType." + type;
  }

  /** Whether a component of a record can have this type. */
  public static boolean fits(DataType type) {
    return !(type instanceof ListType list) || list.item() instanceof ScalarType;
  }

  private static String javaType(Field field) {
    if (field.type() instanceof ListType list) {
      return "List<" + boxed(list.item()) + ">";
    }
    String boxed = boxed(field.type());
    return field.isRequired() && field.type() != DataType.STRING
        ? boxed.toLowerCase(Locale.ROOT)
        : boxed;
  }

  private static String boxed(DataType type) {
    String name = type.toString();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  /** A text as Java has it in a program. */
  public static String literal(String text) {
    StringBuilder code = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        code.append('\\').append(c);
      } else if (c == '\t') {
        code.append("\\t");
      } else if (c < ' '
          || c >= 0x7F && !Character.isLetterOrDigit(c) && !Character.isSurrogate(c)) {
        // An escape of a line feed by its number would end the line for the compiler.
        code.append(
            c == '\n' ? "\\n" : c == '\r' ? "\\r" : String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        code.append(c);
      }
    }
    return code.append('"').toString();
  }

  public static String literals(List<String> texts) {
    return String.join(", ", texts.stream().map(RecordCode::literal).toList());
  }
}
