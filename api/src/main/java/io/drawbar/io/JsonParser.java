package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.List;

/** Rows of JSON lines; each becomes values as soon as it is taken. */
final class JsonParser implements RowParser {
  private final JsonScanner scanner = new JsonScanner();
  private final Schema schema;
  private final JsonTree root;
  private final JsonColumn[] columns;
  private final String[] places;
  private final Schema wanted;
  private final int[] output;
  private final boolean[] isWanted;
  private final long[] lastValue;
  private byte[] scratch = new byte[64];
  private Misfits misfits = Misfits.none();
  private int nulled;
  private BadTextException firstNulled;
  private long row;
  private int rows;

  /**
   * A parser.
   *
   * @param schema the declared columns: all are checked
   * @param paths where in the object each is
   * @param names the columns that the blocks hold, in this order
   */
  JsonParser(Schema schema, List<List<String>> paths, List<String> names) {
    this.schema = schema;
    root = JsonTree.of(schema, paths);
    int count = schema.size();
    columns = new JsonColumn[count];
    places = new String[count];
    isWanted = new boolean[count];
    lastValue = new long[count];
    for (int c = 0; c < count; c++) {
      String name = schema.field(c).name();
      String path = String.join(".", paths.get(c));
      columns[c] = JsonColumn.of(schema.field(c).type());
      places[c] = ", column '%s'%s".formatted(name, path.equals(name) ? "" : " (" + path + ")");
    }
    wanted = new Schema(names.stream().map(schema::field).toList());
    output = names.stream().mapToInt(schema::indexOf).toArray();
    for (int c : output) {
      isWanted[c] = true;
    }
  }

  @Override
  public void tolerate(Misfits all) {
    misfits = all;
  }

  @Override
  public void begin() {
    for (JsonColumn column : columns) {
      column.begin();
    }
    rows = 0;
  }

  @Override
  public int end(byte[] bytes, int from) {
    return LineParser.lineFeed(bytes, from);
  }

  @Override
  public void take(byte[] bytes, int from, int end) throws BadTextException {
    row++;
    nulled = 0;
    scanner.begin(bytes, from, end);
    int first = scanner.next();
    if (first != '{') {
      throw noObject(scanner, first);
    }
    object(root);
    if (scanner.next() >= 0) {
      throw moreThanOne(scanner);
    }
    for (int c = 0; c < columns.length; c++) {
      if (lastValue[c] != row) {
        if (schema.field(c).isRequired()) {
          throw missing(c);
        }
        columns[c].addNull();
      }
      if (!isWanted[c]) {
        columns[c].begin();
      }
    }
    if (nulled > 0) {
      misfits.mended(rows, from, firstNulled, nulled);
    }
    rows++;
  }

  @Override
  public void omit(byte[] bytes) {
    for (int c = 0; c < columns.length; c++) {
      if (!isWanted[c]) {
        columns[c].begin();
      } else if (columns[c].size == rows) {
        columns[c].addNull();
      }
    }
    rows++;
  }

  /** What is wrong when there is something behind the object. */
  static BadTextException moreThanOne(JsonScanner scanner) {
    return scanner.bad(
        "after the object comes %s. One line has one object: put a line feed between two."
            .formatted(scanner.shown()));
  }

  /** What is wrong when a field is met again. */
  static BadTextException twice(JsonScanner scanner, String path) {
    return scanner.bad(
        "the field %s is there twice, and which one counts is not said. Leave one out."
            .formatted(path));
  }

  /** What is wrong with a line that starts with something else than an object. */
  static BadTextException noObject(JsonScanner scanner, int first) {
    if (first < 0) {
      return scanner.bad("the line has nothing but blanks. A row is one object in one line.");
    }
    if (first == '[') {
      return scanner.bad(
          "the line starts with an array. A row is one object in one line; jq -c '.[]' makes such"
              + " lines of an array of objects.");
    }
    return scanner.bad(
        ("the line starts with %s. A row is one object in one line; jq -c . makes such lines of"
                + " objects over several.")
            .formatted(scanner.shown()));
  }

  private void object(JsonTree tree) throws BadTextException {
    scanner.open();
    for (boolean more = !scanner.isEmpty(); more; more = scanner.more()) {
      scanner.name();
      JsonTree field = field(tree);
      if (field == null) {
        scanner.skip();
      } else {
        value(field);
      }
    }
  }

  private JsonTree field(JsonTree tree) {
    int from = scanner.tokenFrom();
    int to = scanner.tokenTo();
    if (!scanner.isEscaped()) {
      return tree.find(scanner.bytes(), from, to);
    }
    if (scratch.length < to - from) {
      scratch = new byte[to - from];
    }
    return tree.find(scratch, 0, JsonText.decode(scanner.bytes(), from, to, scratch, 0));
  }

  private void value(JsonTree field) throws BadTextException {
    if (field.lastRow == row) {
      throw twice(scanner, field.path);
    }
    field.lastRow = row;
    int first = scanner.next();
    if (first == 'n') {
      scanner.word("null");
    } else if (field.column >= 0) {
      scanner.place(places[field.column]);
      column(field.column);
      scanner.place("");
    } else if (first == '{') {
      object(field);
    } else {
      noObject(field, first);
    }
  }

  /** Takes the value of a column, or, where that may be, null for one that does not fit. */
  private void column(int c) throws BadTextException {
    int at = scanner.at();
    int depth = scanner.depth();
    try {
      columns[c].add(scanner);
      lastValue[c] = row;
    } catch (BadTextException e) {
      BadTextException why = e.of(schema.field(c).name());
      if (!misfits.nullFields() || schema.field(c).isRequired()) {
        throw why;
      }
      scanner.goBack(at, depth);
      passOver(why);
    }
  }

  /** Something else is where an object should be, so there are no values for the columns in it. */
  private void noObject(JsonTree field, int first) throws BadTextException {
    if (first < 0) {
      throw scanner.unexpected("a value");
    }
    BadTextException why =
        scanner.bad(
            "%s, the field %s, is %s, not an object with columns in it. Correct it, or the path."
                .formatted(scanner.shown(), field.path, scanner.kind()));
    if (!misfits.nullFields()) {
      throw why;
    }
    passOver(why);
  }

  /** Passes over a value that does not fit; what is no value at all breaks the row. */
  private void passOver(BadTextException why) throws BadTextException {
    scanner.skip();
    if (nulled++ == 0) {
      firstNulled = why;
    }
  }

  private BadTextException missing(int c) {
    Field field = schema.field(c);
    scanner.place(places[c]);
    return scanner
        .bad(
            ("the object that ends here has no value for it, and %s is required. Fill it, or declare"
                    + " it with Field.optional, a component of a record as its boxed type.")
                .formatted(field))
        .of(field.name());
  }

  @Override
  public boolean skipsEmptyLines() {
    return true;
  }

  @Override
  public Batch block(byte[] bytes) {
    ColumnVector[] vectors = new ColumnVector[output.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = columns[output[i]].column();
    }
    return Batch.of(wanted, rows, vectors);
  }
}
