package io.drawbar.io;

import static io.drawbar.io.Sightings.ROWS;

import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.InferredSchema;
import io.drawbar.type.InferredSchema.Column;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What columns files of JSON lines have, by what has been seen in them. */
final class JsonInference {
  private static final Set<CellKind> WHOLE = EnumSet.of(CellKind.LONG, CellKind.WIDE);

  private static final Set<CellKind> NUMBERS =
      EnumSet.of(CellKind.LONG, CellKind.WIDE, CellKind.DOUBLE, CellKind.ROUNDED);

  private static final Set<CellKind> WITH_BEYOND =
      EnumSet.of(CellKind.LONG, CellKind.WIDE, CellKind.DOUBLE, CellKind.ROUNDED, CellKind.BEYOND);

  private final InputFiles files;
  private final Sightings seen;
  private final Places places = new Places();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, List<String>> below = new HashMap<>();
  private final List<Field> fields = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  /** The columns of the record, which are those of the schema and those within objects. */
  private final List<Field> inRecord = new ArrayList<>();

  private long rows;

  JsonInference(InputFiles files, Sightings seen) {
    this.files = files;
    this.seen = seen;
  }

  /** A type, the sighting that it comes of, if any, and else why there is none. */
  private record Decision(DataType type, Sighting sighting, String fault) {
    static Decision none(String fault) {
      return new Decision(null, null, fault);
    }
  }

  InferredSchema schema() {
    if (seen.isOverflown()) {
      throw new InferenceException(
          ("%s has more than %s fields, those within objects counted, or names of more than %s bytes"
                  + " together: are there names that are values, as in {\"id-17\": ...}? Declare the"
                  + " fields that you need; others are not looked at.")
              .formatted(files.describe(), Sightings.MOST_COLUMNS, Sightings.MOST_NAME_BYTES));
    }
    for (String path : seen.names()) {
      for (CellKind kind : CellKind.values()) {
        if (seen.of(path, kind) != null) {
          places.want(seen.of(path, kind));
        }
      }
      if (!path.isEmpty()) {
        String parent = path.substring(0, path.lastIndexOf('/'));
        below.computeIfAbsent(parent, p -> new ArrayList<>()).add(path);
      }
    }
    places.count(files);
    rows = seen.count(ROWS, CellKind.ROW);
    checkRows();
    visit("");
    if (columns.isEmpty()) {
      throw new InferenceException(
          "no field of %s can be a column. %s"
              .formatted(files.describe(), String.join(". ", notes)));
    }
    return new InferredSchema(new Schema(fields), rows, columns, notes, code());
  }

  private void checkRows() {
    Sighting bad = seen.of(ROWS, CellKind.BAD);
    if (rows == 0 && bad != null) {
      throw new InferenceException(
          "no row of %s can be read. The first is bad, too: %s%s"
              .formatted(files.describe(), places.shown(bad), bad.text()));
    }
    if (rows == 0) {
      throw new InferenceException(
          "there is no row in %s, and so nothing to infer columns from"
              .formatted(files.describe()));
    }
    if (bad != null) {
      notes.add(
          "%s not counted; the first: %s%s"
              .formatted(
                  bad.count() == 1
                      ? "1 row cannot be read and is"
                      : bad.count() + " rows cannot be read and are",
                  places.shown(bad),
                  bad.text()));
    }
  }

  /** Takes the fields of an object, in order of appearance. */
  private void visit(String object) {
    List<String> paths = new ArrayList<>(below.getOrDefault(object, List.of()));
    paths.removeIf(path -> path.endsWith(SeenField.ITEMS));
    paths.sort((a, b) -> first(a).isBefore(first(b)) ? -1 : first(b).isBefore(first(a)) ? 1 : 0);
    for (String path : paths) {
      if (kinds(path).equals(EnumSet.of(CellKind.OBJECT))) {
        visit(path);
      } else {
        take(path);
      }
    }
  }

  private Sighting first(String path) {
    Sighting first = null;
    for (CellKind kind : CellKind.values()) {
      first = Sighting.first(first, seen.of(path, kind));
    }
    return first;
  }

  /** What has been seen besides nulls. */
  private EnumSet<CellKind> kinds(String path) {
    EnumSet<CellKind> kinds = EnumSet.noneOf(CellKind.class);
    for (CellKind kind : CellKind.values()) {
      if (kind != CellKind.NULL && seen.of(path, kind) != null) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  private void take(String path) {
    List<String> names = SeenField.names(path);
    String shown = String.join(".", names);
    Decision decision = decide(path, shown);
    if (decision.fault != null) {
      notes.add("field %s is left out: %s".formatted(RecordCode.literal(shown), decision.fault));
      return;
    }
    boolean hasPath = names.stream().noneMatch(name -> name.isEmpty() || name.contains("."));
    boolean isTop = names.size() == 1;
    if (isTop ? shown.isBlank() : !hasPath) {
      notes.add(
          "field %s is left out: a name that is blank or has a dot in it is no part of a path"
              .formatted(RecordCode.literal(shown)));
      return;
    }
    long present = 0;
    for (CellKind kind : kinds(path)) {
      present += seen.count(path, kind);
    }
    Sighting sighting = decision.sighting;
    columns.add(
        new Column(
            shown,
            decision.type,
            rows - present,
            sighting == null ? "" : places.shown(sighting),
            sighting == null ? "" : sighting.text() + " of " + counts(path)));
    boolean isRequired =
        present == rows && decision.type != DataType.STRING && !(decision.type instanceof ListType);
    Field field =
        isRequired ? Field.required(shown, decision.type) : Field.optional(shown, decision.type);
    if (isTop) {
      fields.add(field);
    }
    boolean isComponent = RecordCode.fits(decision.type);
    if (isComponent && (hasPath || RecordCode.components(List.of(shown)).get(0).equals(shown))) {
      inRecord.add(field);
    } else {
      notes.add(
          "field %s is in the schema, but not in the record, which has no form for %s"
              .formatted(RecordCode.literal(shown), isComponent ? "its name" : decision.type));
    }
  }

  private String counts(String path) {
    TreeMap<CellKind, Long> counts = new TreeMap<>();
    kinds(path).forEach(kind -> counts.put(kind, seen.count(path, kind)));
    List<String> parts = new ArrayList<>();
    counts.forEach((kind, count) -> parts.add(count + " " + kind));
    return String.join(", ", parts);
  }

  private Decision decide(String path, String shown) {
    EnumSet<CellKind> kinds = kinds(path);
    String quoted = RecordCode.literal(shown);
    if (kinds.isEmpty()) {
      notes.add(
          "field %s has no value in any row, and is a STRING for want of one".formatted(quoted));
      return new Decision(DataType.STRING, null, null);
    }
    if (kinds.equals(EnumSet.of(CellKind.LIST))) {
      return list(path, shown);
    }
    if (NUMBERS.containsAll(kinds)) {
      return number(path, kinds, quoted);
    }
    Sighting beyond = seen.of(path, CellKind.BEYOND);
    if (beyond != null && WITH_BEYOND.containsAll(kinds)) {
      return Decision.none(
          "%s at %s is beyond the range of a DOUBLE; write it as a string"
              .formatted(beyond.text(), places.shown(beyond)));
    }
    if (kinds.size() == 1) {
      CellKind only = kinds.iterator().next();
      Sighting first = seen.of(path, only);
      return only == CellKind.OBJECT
          ? Decision.none(
              ("an array of objects, as at %s, is no column; make lines of its items before, as jq"
                      + " does")
                  .formatted(places.shown(first)))
          : new Decision(
              only == CellKind.BOOLEAN ? DataType.BOOLEAN : DataType.STRING, first, null);
    }
    List<String> parts = new ArrayList<>();
    for (CellKind kind : kinds) {
      Sighting sighting = seen.of(path, kind);
      parts.add("%s %s, first at %s".formatted(sighting.count(), kind, places.shown(sighting)));
    }
    return Decision.none(
        "its values are of several kinds, and nothing is converted (%s); write all as strings"
            .formatted(String.join("; ", parts)));
  }

  private Decision list(String path, String shown) {
    Sighting first = seen.of(path, CellKind.LIST);
    String items = path + SeenField.ITEMS;
    if (kinds(items).isEmpty()) {
      notes.add(
          "the arrays of field %s have no items, and are lists of STRING for want of one"
              .formatted(RecordCode.literal(shown)));
      return new Decision(DataType.listOf(DataType.STRING), first, null);
    }
    Decision item = decide(items, shown);
    return item.fault != null
        ? item
        : new Decision(
            DataType.listOf(item.type), item.sighting == null ? first : item.sighting, null);
  }

  private Decision number(String path, EnumSet<CellKind> kinds, String quoted) {
    Sighting whole = Sighting.first(seen.of(path, CellKind.LONG), seen.of(path, CellKind.WIDE));
    if (WHOLE.containsAll(kinds)) {
      return new Decision(DataType.LONG, whole, null);
    }
    Sighting rounded =
        Sighting.first(seen.of(path, CellKind.WIDE), seen.of(path, CellKind.ROUNDED));
    if (rounded != null) {
      notes.add(
          ("field %s is a DOUBLE, which rounds %s of its numbers, the first %s at %s: write them as"
                  + " strings if each digit counts")
              .formatted(
                  quoted,
                  seen.count(path, CellKind.WIDE) + seen.count(path, CellKind.ROUNDED),
                  rounded.text(),
                  places.shown(rounded)));
    }
    Sighting real = Sighting.first(seen.of(path, CellKind.DOUBLE), seen.of(path, CellKind.ROUNDED));
    return new Decision(DataType.DOUBLE, real, null);
  }

  private String code() {
    List<String> paths = inRecord.stream().map(Field::name).toList();
    List<String> components = RecordCode.components(paths);
    boolean isRecord = RecordCode.slots(inRecord) <= RecordCode.MOST_SLOTS && !inRecord.isEmpty();
    String name = isRecord ? RecordCode.nameAfter(files.roots()) : "schema";
    StringBuilder read = new StringBuilder("// session.read(Json.of(");
    read.append(name).append(isRecord ? ".class)" : ")");
    for (int i = 0; isRecord && i < components.size(); i++) {
      if (!components.get(i).equals(paths.get(i))) {
        read.append("\n//     .path(")
            .append(RecordCode.literals(List.of(components.get(i), paths.get(i))))
            .append(")");
      }
    }
    read.append(".at(").append(RecordCode.literals(files.roots())).append("))\n");
    return (isRecord
            ? RecordCode.declaration(name, inRecord, components)
            : RecordCode.schema(fields))
        + read;
  }
}
