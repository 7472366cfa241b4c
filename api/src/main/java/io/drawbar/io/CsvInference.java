package io.drawbar.io;

import static io.drawbar.io.Sightings.ROWS;

import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.InferredSchema;
import io.drawbar.type.InferredSchema.Column;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What columns CSV files have, by what has been seen in them. */
final class CsvInference {
  /** What people write for no value. */
  private static final Set<String> LIKE_NULL =
      Set.of(
          "?", "-", "--", ".", "NA", "N/A", "n/a", "na", "nan", "NAN", "null", "NULL", "Null",
          "None", "none", "\\N", "#N/A", "missing");

  private final InputFiles files;
  private final CsvDialect dialect;
  private final List<String> names;
  private final Sightings seen;
  private final Places places = new Places();
  private final List<String> notes = new ArrayList<>();

  /**
   * An inference.
   *
   * @param names those of the columns, if there is no header
   */
  CsvInference(InputFiles files, CsvDialect dialect, List<String> names, Sightings seen) {
    this.files = files;
    this.dialect = dialect;
    this.names = names;
    this.seen = seen;
  }

  static InferenceException tooMany(InputFiles files) {
    return new InferenceException(
        ("%s has more than %s columns, or names of more than %s bytes together. Declare those that"
                + " you need: Csv.of(schema) with header() does not look at others.")
            .formatted(files.describe(), Sightings.MOST_COLUMNS, Sightings.MOST_NAME_BYTES));
  }

  InferredSchema schema() {
    if (seen.isOverflown()) {
      throw tooMany(files);
    }
    List<String> found = dialect.hasHeader() ? named() : names;
    for (String name : found) {
      for (CellKind kind : CellKind.values()) {
        want(name, kind);
      }
    }
    want(ROWS, CellKind.RAGGED);
    want(ROWS, CellKind.BAD);
    want(ROWS, CellKind.ROW);
    places.count(files);
    checkRows();

    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (String name : found) {
      Column column = column(name);
      boolean isRequired = !column.isNullable() && column.type() != DataType.STRING;
      fields.add(
          isRequired ? Field.required(name, column.type()) : Field.optional(name, column.type()));
      columns.add(column);
    }
    tellRows(found);
    if (fields.isEmpty()) {
      throw new InferenceException(
          "no column of %s can be read. %s".formatted(files.describe(), String.join(". ", notes)));
    }
    Schema schema = new Schema(fields);
    return new InferredSchema(schema, seen.count(ROWS, CellKind.ROW), columns, notes, code(fields));
  }

  private void want(String name, CellKind kind) {
    Sighting sighting = seen.of(name, kind);
    if (sighting != null && kind != CellKind.COLUMN && kind != CellKind.FILE) {
      places.want(sighting);
    }
  }

  /** The columns that each header has once, in the order in which they appear first. */
  private List<String> named() {
    long all = seen.count(ROWS, CellKind.FILE);
    List<String> headed =
        seen.names().stream()
            .filter(name -> seen.of(name, CellKind.COLUMN) != null)
            .sorted(
                Comparator.comparing(
                    (String name) -> seen.of(name, CellKind.COLUMN),
                    (a, b) -> a.isBefore(b) ? -1 : b.isBefore(a) ? 1 : 0))
            .toList();
    List<String> found = new ArrayList<>();
    for (String name : headed) {
      Sighting column = seen.of(name, CellKind.COLUMN);
      if (name.isBlank()) {
        notes.add(
            "column %s has no name and is left out; .column(\"something\", %s) takes it"
                .formatted(column.field() + 1, RecordCode.literal(name)));
      } else if (seen.of(name, CellKind.TWICE) != null) {
        notes.add(
            "the name %s is there twice in a header and left out: rename one"
                .formatted(RecordCode.literal(name)));
      } else if (column.count() < all) {
        notes.add(
            "column %s is left out: it is in %s of %s files, and a declared column has to be in each"
                .formatted(RecordCode.literal(name), column.count(), all));
      } else {
        found.add(name);
      }
    }
    return found;
  }

  private void checkRows() {
    if (seen.of(ROWS, CellKind.ROW) != null) {
      return;
    }
    Sighting bad = Sighting.first(seen.of(ROWS, CellKind.RAGGED), seen.of(ROWS, CellKind.BAD));
    if (bad != null) {
      throw new InferenceException(
          "no row of %s can be read. The first is bad, too: %s%s"
              .formatted(files.describe(), places.shown(bad), bad.text()));
    }
    throw new InferenceException(
        "there is no row in %s%s, and so nothing to infer columns from"
            .formatted(files.describe(), dialect.hasHeader() ? " but headers" : ""));
  }

  private Column column(String name) {
    Sighting text = seen.of(name, CellKind.TEXT);
    Sighting flag = seen.of(name, CellKind.BOOLEAN);
    Sighting wide = seen.of(name, CellKind.WIDE);
    Sighting whole = Sighting.first(seen.of(name, CellKind.LONG), wide);
    Sighting real = seen.of(name, CellKind.DOUBLE);
    Sighting number = Sighting.first(whole, real);
    DataType type = DataType.STRING;
    Sighting decided = text;
    if (text != null) {
      tellText(name, text, number != null || flag != null);
    } else if (flag != null && number != null) {
      decided = Sighting.later(flag, number);
      notes.add(
          "column %s has truth values and numbers, and is a STRING for both"
              .formatted(RecordCode.literal(name)));
    } else if (flag != null) {
      type = DataType.BOOLEAN;
      decided = flag;
    } else if (real != null && wide != null) {
      decided = Sighting.later(real, wide);
      notes.add(
          ("column %s is a STRING: it has fractions, and %s at %s has more digits than a DOUBLE"
                  + " keeps. If that is as good, declare it as double")
              .formatted(RecordCode.literal(name), wide.text(), places.shown(wide)));
    } else if (number != null) {
      type = real != null ? DataType.DOUBLE : DataType.LONG;
      decided = real != null ? real : whole;
    } else {
      notes.add(
          "column %s has no value in any row, and is a STRING for want of one"
              .formatted(RecordCode.literal(name)));
    }
    return new Column(
        name,
        type,
        seen.count(name, CellKind.NULL),
        decided == null ? "" : places.shown(decided),
        decided == null ? "" : decided.text() + " of " + counts(name));
  }

  private String counts(String name) {
    List<String> counts = new ArrayList<>();
    for (CellKind kind : CellKind.values()) {
      if (kind != CellKind.NULL && kind != CellKind.COLUMN && seen.of(name, kind) != null) {
        counts.add(seen.count(name, kind) + " " + kind);
      }
    }
    return String.join(", ", counts);
  }

  /** What may be wrong with a text between other values. */
  private void tellText(String name, Sighting text, boolean hasOthers) {
    String cell = text.text().substring(1, text.text().length() - 1);
    byte[] stripped = Utf8.encode(cell.strip());
    String at =
        "column %s: the text %s at %s"
            .formatted(RecordCode.literal(name), text.text(), places.shown(text));
    if (!dialect.trimsSpaces()
        && !cell.equals(cell.strip())
        && CsvCell.kind(stripped, 0, stripped.length) != CellKind.TEXT) {
      notes.add(at + " has blanks around a value; trimmingSpaces() takes them off");
    } else if (hasOthers && LIKE_NULL.contains(cell.strip())) {
      notes.add(
          "%s may stand for no value: say nullText(%s) then"
              .formatted(at, RecordCode.literal(cell.strip())));
    }
  }

  private void tellRows(List<String> found) {
    tell(CellKind.RAGGED, "another number of fields");
    tell(CellKind.BAD, "other faults");
    Sighting first = seen.of(ROWS, CellKind.ROW);
    boolean isHeader =
        !dialect.hasHeader()
            && found.stream().allMatch(name -> isTextAt(name, first))
            && found.stream().anyMatch(name -> isAlone(name));
    if (isHeader) {
      notes.add(places.shown(first) + " has texts where other rows have values: is it a header()?");
    }
    String only = found.size() == 1 ? dialect.hasHeader() ? found.get(0) : firstText(found) : "";
    if (!CsvDialect.guess(only).isEmpty()) {
      notes.add("there is one column." + CsvDialect.guess(only));
    }
  }

  private boolean isTextAt(String name, Sighting row) {
    Sighting text = seen.of(name, CellKind.TEXT);
    return text != null && text.file() == row.file() && text.position() == row.position();
  }

  /** Whether a column has one text beside other values. */
  private boolean isAlone(String name) {
    return seen.count(name, CellKind.TEXT) == 1 && !counts(name).equals("1 text");
  }

  private String firstText(List<String> found) {
    Sighting text = seen.of(found.get(0), CellKind.TEXT);
    return text == null ? "" : text.text();
  }

  private void tell(CellKind kind, String what) {
    Sighting bad = seen.of(ROWS, kind);
    if (bad != null) {
      notes.add(
          "%s %s not counted, because of %s; the first: %s%s"
              .formatted(
                  bad.count(),
                  bad.count() == 1 ? "row is" : "rows are",
                  what,
                  places.shown(bad),
                  bad.text()));
    }
  }

  /** A character as it stands between single quotes. */
  private static String quoted(char letter) {
    String literal = RecordCode.literal(String.valueOf(letter));
    return letter == '\'' ? "\\'" : literal.substring(1, literal.length() - 1);
  }

  private String code(List<Field> fields) {
    StringBuilder read = new StringBuilder();
    List<String> found = fields.stream().map(Field::name).toList();
    List<String> components = RecordCode.components(found);
    boolean isRecord = RecordCode.slots(fields) <= RecordCode.MOST_SLOTS;
    String name = isRecord ? RecordCode.nameAfter(files.roots()) : "schema";
    read.append("// session.read(Csv.of(").append(name).append(isRecord ? ".class)" : ")");
    read.append(dialect.hasHeader() ? ".header()" : "");
    if (dialect.separator() != ',') {
      read.append(".separator('").append(quoted(dialect.separator())).append("')");
    }
    read.append(dialect.trimsSpaces() ? ".trimmingSpaces()" : "");
    if (!dialect.nullTexts().isEmpty()) {
      read.append(".nullText(").append(RecordCode.literals(dialect.nullTexts())).append(")");
    }
    read.append(
        dialect.commentByte() < 0 ? "" : ".comments('%s')".formatted(quoted(dialect.comment())));
    read.append(dialect.isMultiline() ? ".multiline()" : "");
    if (dialect.longestRow() != TextReader.LONGEST_ROW) {
      read.append(".longestRow(").append(dialect.longestRow()).append(")");
    }
    for (int i = 0; isRecord && i < components.size(); i++) {
      if (!components.get(i).equals(found.get(i))) {
        read.append("\n//     .column(")
            .append(RecordCode.literals(List.of(components.get(i), found.get(i))))
            .append(")");
      }
    }
    read.append(".at(").append(RecordCode.literals(files.roots())).append("))\n");
    String declared =
        isRecord ? RecordCode.declaration(name, fields, components) : RecordCode.schema(fields);
    return declared + read;
  }
}
