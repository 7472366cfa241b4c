package io.drawbar.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A field of the objects of a block, or the items of an array, and what has been seen there: cells
 * of good rows, and those of the row at hand, of which nobody knows yet.
 */
final class SeenField {
  /** What stands for the items of an array; a tilde in a name is escaped, so no field is so. */
  static final String ITEMS = "/~e";

  /** Where it is, as in a JSON pointer (RFC 6901), items of an array as {@value #ITEMS}. */
  final String path;

  private final SightingCells cells = new SightingCells();
  private final long[] rowCounts = new long[CellKind.COUNT];
  private final Sighting[] rowFirst = new Sighting[CellKind.COUNT];
  private final List<SeenField> fields = new ArrayList<>();
  private final Map<String, SeenField> byName = new HashMap<>();

  /** Null for items. */
  private final String name;

  private int expected;

  /** Whether it is in the row at hand. */
  boolean isTouched;

  SeenField(String path, String name) {
    this.path = path;
    this.name = name;
  }

  /** The path of a field of an object; of items, if there is no name. */
  static String below(String path, String name) {
    return name == null ? path + ITEMS : path + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  /** The names on a path. */
  static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.substring(1).split("/", -1)) {
      names.add(name.replace("~1", "/").replace("~0", "~"));
    }
    return names;
  }

  /** The field of a name, or the items if there is none; null if they are not known. */
  SeenField find(String wanted) {
    // Objects of a file mostly have the same fields in the same order.
    if (expected < fields.size() && Objects.equals(fields.get(expected).name, wanted)) {
      return fields.get(expected++);
    }
    SeenField found = byName.get(wanted);
    expected = found == null ? expected : fields.indexOf(found) + 1;
    return found;
  }

  /** Begins an object: its first field comes next. */
  void begin() {
    expected = 0;
  }

  SeenField add(String newName, String newPath) {
    SeenField field = new SeenField(newPath, newName);
    fields.add(field);
    byName.put(newName, field);
    expected = fields.size();
    return field;
  }

  /** Takes the field away that was added last. */
  void removeLast() {
    byName.remove(fields.remove(fields.size() - 1).name);
  }

  /** Whether a cell of the kind is the first one that is known. */
  boolean isNew(CellKind kind) {
    return rowCounts[kind.ordinal()] == 0 && cells.isNew(kind);
  }

  /** Counts a cell of the row at hand; the first one of its kind has a place. */
  void count(CellKind kind, Sighting first) {
    if (rowCounts[kind.ordinal()]++ == 0) {
      rowFirst[kind.ordinal()] = first;
    }
  }

  /** The row is good. */
  void keep() {
    for (CellKind kind : CellKind.values()) {
      int k = kind.ordinal();
      if (rowCounts[k] > 0) {
        if (cells.isNew(kind)) {
          Sighting at = rowFirst[k];
          cells.first(
              kind, new Sighting(rowCounts[k], at.file(), at.position(), at.field(), at.text()));
        } else {
          cells.count(kind, rowCounts[k]);
        }
      }
    }
    forget();
  }

  /** The row is over. */
  void forget() {
    isTouched = false;
    for (int k = 0; k < rowCounts.length; k++) {
      rowCounts[k] = 0;
      rowFirst[k] = null;
    }
  }

  /** Tells of this field and all below. */
  void flush(SightingRows into) {
    cells.flush(path, into);
    fields.forEach(field -> field.flush(into));
  }
}
