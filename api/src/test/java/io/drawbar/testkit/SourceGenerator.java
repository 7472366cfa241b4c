package io.drawbar.testkit;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random rows, and random ways to write them down. */
final class SourceGenerator {
  private static final List<DataType> TYPES =
      List.of(DataType.LONG, DataType.DOUBLE, DataType.STRING, DataType.BOOLEAN);
  private static final List<String> NAMES =
      List.of("a", "b", "price", "Name of it", "n,n", "größe", "e");

  private final Random random;
  private final boolean mayFail;

  /**
   * A generator.
   *
   * @param mayFail whether a row may be bad
   */
  SourceGenerator(Random random, boolean mayFail) {
    this.random = random;
    this.mayFail = mayFail;
  }

  GeneratedSource next() {
    int count =
        random.nextInt(12) == 0 ? random.nextInt(2) : Choice.of(random, 7, 40, 120, 300, 300);
    count = count > 1 ? 1 + random.nextInt(count) : count;
    int kind = random.nextInt(5);
    return kind == 0 ? text(count) : kind < 3 ? csv(count) : records(count);
  }

  private Schema schema() {
    Schema schema = Schema.empty();
    int columns = Choice.of(random, 1, 2, 3, 4, 5, 6, 6);
    List<String> names = new ArrayList<>(NAMES);
    Collections.shuffle(names, random);
    for (int c = 0; c < columns; c++) {
      schema = schema.with(names.get(c), Choice.from(random, TYPES));
    }
    return schema;
  }

  private List<Row> rows(Schema schema, int count, boolean oneLine) {
    List<ValueGenerator> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      columns.add(new ValueGenerator(random, field.type(), oneLine));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(Row.of(schema, columns.stream().map(ValueGenerator::next).toArray()));
    }
    return rows;
  }

  private GeneratedSource records(int count) {
    Schema schema = schema();
    List<GeneratedSource.Entry> entries = new ArrayList<>();
    rows(schema, count, false).forEach(r -> entries.add(new GeneratedSource.Entry(r, null)));
    return new GeneratedSource(schema, entries, null);
  }

  private GeneratedSource text(int count) {
    Schema schema = Schema.empty().with(Field.required("line", DataType.STRING));
    List<GeneratedSource.Entry> entries = new ArrayList<>();
    GeneratedSource.Shape shape = shape(false, null, ',', null, false);
    ValueGenerator lines = new ValueGenerator(random, DataType.STRING, true);
    for (int i = 0; i < count; i++) {
      Object value = lines.next();
      String line = value == null ? "" : (String) value;
      // At the start of a file that has no mark this would be one.
      line = line.startsWith("\uFEFF") && !shape.hasMark() ? "z" + line : line;
      entries.add(new GeneratedSource.Entry(Row.of(schema, line), line));
    }
    return new GeneratedSource(schema, entries, shape);
  }

  private GeneratedSource.Shape shape(
      boolean isCsv, String header, char separator, String nullText, boolean trims) {
    List<Boolean> gzips = new ArrayList<>();
    for (int i = Choice.of(random, 1, 1, 2, 5); i > 0; i--) {
      gzips.add(random.nextInt(3) == 0);
    }
    return new GeneratedSource.Shape(
        isCsv,
        header,
        separator,
        nullText,
        trims,
        Choice.of(random, "\n", "\n", "\r\n"),
        random.nextInt(8) == 0,
        random.nextInt(4) > 0,
        List.copyOf(gzips),
        Choice.from(random, List.of(GeneratedSource.Naming.values())));
  }

  private GeneratedSource csv(int count) {
    Schema schema = schema();
    List<Integer> order = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      order.add(c);
    }
    boolean hasHeader = random.nextBoolean();
    if (hasHeader) {
      if (random.nextInt(3) == 0) {
        order.add(-1); // a column that the schema does not have
      }
      Collections.shuffle(order, random);
    }
    char separator = Choice.of(random, ',', ',', ';', '\t', '|');
    String nullText = random.nextInt(3) == 0 ? "NA" : null;
    boolean trims = random.nextInt(5) == 0;
    CsvText text = new CsvText(random, separator, nullText, trims);
    List<String> names =
        order.stream().map(c -> c < 0 ? "unused" : schema.field(c).name()).toList();
    String header = hasHeader ? text.line(new ArrayList<>(names)) : null;
    List<GeneratedSource.Entry> entries = new ArrayList<>();
    for (Row row : rows(schema, count, true)) {
      List<Object> values = new ArrayList<>();
      for (int c : order) {
        values.add(c < 0 ? "whatever" : row.value(c));
      }
      entries.add(new GeneratedSource.Entry(row, text.line(values)));
    }
    if (mayFail && count > 0 && random.nextInt(2) == 0) {
      entries.set(random.nextInt(count), bad(schema, order, separator));
    }
    return new GeneratedSource(schema, entries, shape(true, header, separator, nullText, trims));
  }

  /** A row with a field too many, or whose first number is none, or with an open quote. */
  private GeneratedSource.Entry bad(Schema schema, List<Integer> order, char separator) {
    List<String> fields = new ArrayList<>();
    int spoilt = -1;
    for (int c : order) {
      boolean isText = c < 0 || schema.field(c).type() == DataType.STRING;
      spoilt = isText || spoilt >= 0 ? spoilt : fields.size();
      fields.add("");
    }
    if (spoilt >= 0 && random.nextBoolean()) {
      fields.set(spoilt, Choice.of(random, "12x", "0x10", "--1", "1e", "\"\"", "yes"));
    } else if (random.nextBoolean()) {
      fields.add("more");
    } else {
      fields.set(0, "\"open");
    }
    return new GeneratedSource.Entry(null, String.join(String.valueOf(separator), fields));
  }

  /** Rows as CSV, in any of the ways that a value may be written. */
  private record CsvText(Random random, char separator, String nullText, boolean trims) {
    String line(List<Object> values) {
      List<String> fields = values.stream().map(this::field).toList();
      return String.join(String.valueOf(separator), fields);
    }

    private String field(Object value) {
      String field =
          value == null ? absent() : value instanceof String s ? quoted(s) : number(value);
      return trims && separator != '\t' && random.nextInt(4) == 0 ? " " + field + "\t" : field;
    }

    private String absent() {
      return nullText != null && random.nextBoolean() ? nullText : "";
    }

    private String quoted(String text) {
      boolean blankEdge =
          !text.isEmpty() && (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1)));
      boolean needed =
          text.isEmpty()
              || text.equals(nullText)
              || text.indexOf(separator) >= 0
              || text.startsWith("\"")
              || text.startsWith("\uFEFF")
              || text.endsWith("\r")
              || trims && blankEdge;
      return needed || random.nextInt(5) == 0 ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t';
    }

    private String number(Object value) {
      String text = value.toString();
      if (value instanceof Boolean) {
        String upper = text.toUpperCase(Locale.ROOT);
        text = Choice.of(random, text, upper, upper.charAt(0) + text.substring(1));
      } else if (value instanceof Long number && number >= 0 && random.nextInt(5) == 0) {
        text = Choice.of(random, "+" + text, "000" + text);
      } else if (value instanceof Double number && isModerate(number) && random.nextInt(5) == 0) {
        text = new BigDecimal(number).toPlainString();
      }
      return random.nextInt(8) == 0 ? '"' + text + '"' : text;
    }

    private static boolean isModerate(double number) {
      return Math.abs(number) > 1e-20 && Math.abs(number) < 1e20;
    }
  }
}
