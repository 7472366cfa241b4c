package io.drawbar.io;

import io.drawbar.spi.Source;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes files of lines that fit their schema and lines that do not, and knows of each what is to
 * become of it. Texts are written down byte by byte, as ISO 8859-1.
 */
final class UnfitLines {
  private static final Schema COLUMNS =
      new Schema(
          List.of(
              Field.required("id", DataType.LONG),
              Field.optional("name", DataType.STRING),
              Field.optional("score", DataType.DOUBLE),
              Field.required("flag", DataType.BOOLEAN),
              Field.optional("size", DataType.LONG)));

  /** What the values are read from. */
  enum Format {
    CSV {
      @Override
      Source source(String path, BadRows policy) {
        return Csv.of(COLUMNS).at(path).nullText("NA").badRows(policy);
      }

      @Override
      Line line(Random random) {
        return csv(random);
      }
    },
    JSON {
      @Override
      Source source(String path, BadRows policy) {
        return Json.of(COLUMNS).path("size", "in.size").at(path).badRows(policy);
      }

      @Override
      Line line(Random random) {
        return json(random);
      }
    },
    LIBSVM {
      @Override
      Source source(String path, BadRows policy) {
        return LibSvm.at(path).features(9).badRows(policy);
      }

      @Override
      Line line(Random random) {
        return libSvm(random);
      }
    },
    TEXT {
      @Override
      Source source(String path, BadRows policy) {
        return TextFiles.at(path).badRows(policy);
      }

      @Override
      Line line(Random random) {
        return random.nextInt(3) > 0
            ? good("h\u00c3\u00a9", "h\u00e9")
            : bad("h\u00e9" + "x".repeat(random.nextInt(9)), "line");
      }
    };

    abstract Source source(String path, BadRows policy);

    abstract Line line(Random random);
  }

  /**
   * A line.
   *
   * @param text without its end
   * @param values what is read where fields may become null; null of a line that is bad even so
   * @param nulled how many become null
   * @param column the first that does not fit and may not become null; null if that is the row
   * @param firstColumn the first that does not fit at all; null if that is the row
   * @param isRow whether it is one
   */
  record Line(
      String text,
      List<Object> values,
      int nulled,
      String column,
      String firstColumn,
      boolean isRow) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isBad(BadRows.Treatment treatment) {
      return values == null || treatment == BadRows.Treatment.SKIP && nulled > 0;
    }

    String column(BadRows.Treatment treatment) {
      return treatment == BadRows.Treatment.SKIP ? firstColumn : column;
    }
  }

  /** A field: how it stands there, what it means, and whether it fits. */
  private record Cell(String text, Object value, boolean fits) {}

  private UnfitLines() {}

  static List<Line> lines(Format format, long seed, int count) {
    Random random = new Random(seed);
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(format.line(random));
    }
    return lines;
  }

  /** The lines as a file; the last one may lack its end. */
  static byte[] file(List<Line> lines, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < lines.size(); i++) {
      out.writeBytes(lines.get(i).bytes());
      if (i < lines.size() - 1 || random.nextBoolean()) {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  private static Line good(String text, Object... values) {
    return new Line(text, Arrays.asList(values), 0, null, null, true);
  }

  private static Line bad(String text, String column) {
    return new Line(text, null, 0, column, column, true);
  }

  /** Columns are looked at in their order, and, in JSON, those without a value at the end. */
  private static Line ofCells(String text, List<Cell> cells, boolean isMissingLast) {
    List<Object> values = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    List<String> required = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    int nulled = 0;
    for (int c = 0; c < cells.size(); c++) {
      Field field = COLUMNS.field(c);
      Cell cell = cells.get(c);
      boolean isMissing = cell.fits && cell.value == null && field.isRequired();
      if (isMissing && isMissingLast) {
        missing.add(field.name());
      } else if (isMissing || !cell.fits) {
        wrong.add(field.name());
        if (field.isRequired()) {
          required.add(field.name());
        }
        nulled++;
      }
      values.add(cell.value);
    }
    wrong.addAll(missing);
    required.addAll(missing);
    String first = wrong.isEmpty() ? null : wrong.get(0);
    return required.isEmpty()
        ? new Line(text, values, nulled, null, first, true)
        : new Line(text, null, 0, required.get(0), first, true);
  }

  private static Cell one(Random random, Cell... cells) {
    return cells[random.nextInt(cells.length)];
  }

  private static Cell fine(String text, Object value) {
    return new Cell(text, value, true);
  }

  private static Cell wrong(String text) {
    return new Cell(text, null, false);
  }

  private static Line csv(Random random) {
    if (random.nextInt(12) == 0) {
      String text =
          List.of("1,a", "1,a,2,true,3,4", "x", "1,\"a,2,true,3", "1,\"a\"b,2,true,3", "\"")
              .get(random.nextInt(6));
      return bad(text, null);
    }
    if (random.nextInt(15) == 0) {
      return new Line("", null, 0, null, null, false);
    }
    boolean isClean = random.nextBoolean();
    List<Cell> cells = new ArrayList<>();
    Cell[][] fine = {
      {fine("7", 7L), fine("\"-12\"", -12L)},
      {
        fine("bob", "bob"),
        fine("\"a\"\"b\"", "a\"b"),
        fine("NA", null),
        fine("\"NA\"", "NA"),
        fine("\"\"", ""),
        fine("", null),
        fine("\u00c3\u00a9", "\u00e9")
      },
      {fine("1.5", 1.5), fine("\"-2e3\"", -2000.0), fine("", null)},
      {fine("true", true), fine("\"FALSE\"", false)},
      {fine("3", 3L), fine("", null), fine("NA", null)}
    };
    Cell[][] wrong = {
      {wrong("x"), fine("", null), wrong("\"1\"\"2\""), wrong("1.5")},
      {wrong("a\u00ff"), wrong("\"\u00ff\"\"\"")},
      {wrong("one"), wrong("\"\""), wrong("1,5".replace(',', ';'))},
      {wrong("yes"), fine("NA", null), wrong("\"\"")},
      {wrong("9".repeat(30)), wrong("\"a\"\"\"\"b\""), wrong(" 3")}
    };
    for (int c = 0; c < fine.length; c++) {
      cells.add(one(random, isClean || random.nextInt(3) > 0 ? fine[c] : wrong[c]));
    }
    String text = String.join(",", cells.stream().map(Cell::text).toList());
    return ofCells(text, cells, false);
  }

  private static Line json(Random random) {
    if (random.nextInt(10) == 0) {
      String text =
          List.of("[]", "{\"id\":1", "{\"id\":1}x", "{\"id\":1,\"id\":1}", "\u00ff", "{\"id\":}")
              .get(random.nextInt(6));
      // The value that is missing is one of a column.
      return bad(text, text.equals("{\"id\":}") ? "id" : null);
    }
    if (random.nextInt(15) == 0) {
      return new Line("\r", null, 0, null, null, false);
    }
    boolean isClean = random.nextBoolean();
    Cell[][] fine = {
      {fine("7", 7L)},
      {fine("\"a\\\"b\"", "a\"b"), fine("null", null), fine("\"\\u00e9\"", "\u00e9")},
      {fine("1.5", 1.5), fine("2", 2.0)},
      {fine("true", true), fine("false", false)},
      {fine("3", 3L), fine("null", null)}
    };
    Cell[][] wrong = {
      {wrong("\"x\""), fine("null", null), wrong("1.5"), wrong("[1,[2]]")},
      {wrong("1"), wrong("{\"a\":[1,{}]}")},
      {wrong("\"1\""), wrong("1e999"), wrong("true")},
      {wrong("1"), fine("null", null)},
      {wrong("\"3\""), wrong("3.5"), wrong("9".repeat(30))}
    };
    List<Cell> cells = new ArrayList<>();
    StringBuilder text = new StringBuilder("{\"more\":[1,{\"id\":2}]");
    for (int c = 0; c < fine.length; c++) {
      Cell cell = one(random, isClean || random.nextInt(3) > 0 ? fine[c] : wrong[c]);
      if (c == 4 && random.nextInt(4) == 0) {
        // No object where the path goes on.
        cell = wrong("");
        text.append(",\"in\":5");
      } else if (c == 4) {
        text.append(",\"in\":{\"size\":").append(cell.text).append('}');
      } else {
        text.append(",\"%s\":%s".formatted(COLUMNS.field(c).name(), cell.text));
      }
      cells.add(cell);
    }
    Line line = ofCells(text.append('}').toString(), cells, true);
    boolean isPath = line.text.contains("\"in\":5") && "size".equals(line.firstColumn);
    // The path that is broken may lead to several columns, so none is named.
    return isPath ? new Line(line.text, line.values, line.nulled, line.column, null, true) : line;
  }

  private static Line libSvm(Random random) {
    switch (random.nextInt(9)) {
      case 0:
        return bad("x 1:2", "label");
      case 1:
        return bad("1 3:4 2:1", "features");
      case 2:
        return bad("0 1:1 2:x", "features");
      case 3:
        return bad("1 10:1", "features");
      case 4:
        return new Line("# 1:1", null, 0, null, null, false);
      case 5:
        return good("-1", -1.0, sparse());
      default:
        return good("1 1:2 9:0.5\r", 1.0, sparse(1, 2.0, 9, 0.5));
    }
  }

  private static double[] sparse(double... indicesAndValues) {
    double[] all = new double[9];
    for (int i = 0; i < indicesAndValues.length; i += 2) {
      all[(int) indicesAndValues[i] - 1] = indicesAndValues[i + 1];
    }
    return all;
  }
}
