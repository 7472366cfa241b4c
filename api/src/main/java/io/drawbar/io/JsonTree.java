package io.drawbar.io;

import io.drawbar.text.Utf8;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of an object that columns are taken from, by name; those of objects within it are
 * below.
 */
final class JsonTree {
  /** The column that is taken from here, or -1 if it is an object with columns below. */
  final int column;

  /** The path from the outermost object, for messages. */
  final String path;

  private final List<JsonTree> fields = new ArrayList<>();
  private final byte[] name;
  private int expected;

  /** The row in which it was last met. */
  long lastRow = -1;

  private JsonTree(byte[] name, String path, int column) {
    this.name = name;
    this.path = path;
    this.column = column;
  }

  /**
   * The fields that columns are taken from.
   *
   * @param paths the path to each column, as names of fields
   * @throws UnsupportedColumnException if two columns are taken from one place, or one from within
   *     another
   */
  static JsonTree of(Schema schema, List<List<String>> paths) {
    JsonTree root = new JsonTree(new byte[0], "", -1);
    for (int c = 0; c < paths.size(); c++) {
      root.add(schema, paths.get(c), 0, c);
    }
    return root;
  }

  private void add(Schema schema, List<String> names, int depth, int newColumn) {
    byte[] wanted = Utf8.encode(names.get(depth));
    boolean isLast = depth == names.size() - 1;
    JsonTree found = null;
    for (JsonTree field : fields) {
      found = Arrays.equals(field.name, wanted) ? field : found;
    }
    if (found != null && (isLast || found.column >= 0)) {
      throw new UnsupportedColumnException(
          ("column '%s' is taken from %s, and '%s' from %s: one field would be two things."
                  + " Give each column a path(...) of its own.")
              .formatted(
                  schema.field(newColumn).name(),
                  String.join(".", names),
                  schema.field(found.anyLeaf().column).name(),
                  found.anyLeaf().path));
    }
    if (found == null) {
      String here = String.join(".", names.subList(0, depth + 1));
      found = new JsonTree(wanted, here, isLast ? newColumn : -1);
      fields.add(found);
    }
    if (!isLast) {
      found.add(schema, names, depth + 1, newColumn);
    }
  }

  private JsonTree anyLeaf() {
    return column >= 0 ? this : fields.get(0).anyLeaf();
  }

  /** The field of a name that columns are taken from, or null. */
  JsonTree find(byte[] bytes, int from, int to) {
    // Objects of a file mostly have the same fields in the same order.
    int count = fields.size();
    for (int i = 0; i < count; i++) {
      int k = expected + i < count ? expected + i : expected + i - count;
      JsonTree field = fields.get(k);
      if (Utf8.equals(field.name, 0, field.name.length, bytes, from, to)) {
        expected = k + 1 < count ? k + 1 : 0;
        return field;
      }
    }
    return null;
  }
}
