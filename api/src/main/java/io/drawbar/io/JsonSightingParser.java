package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.text.DecimalParser;
import io.drawbar.text.Utf8;
import java.util.ArrayList;
import java.util.List;

/** Looks at JSON lines instead of reading them; a row that cannot be read is only counted. */
final class JsonSightingParser implements RowParser {
  private final int file;
  private final JsonScanner scanner = new JsonScanner();
  private final SightingCells rows = new SightingCells();
  private final SightingRows told = new SightingRows();
  private final List<SeenField> touched = new ArrayList<>();
  private final List<SeenField> parentsOfNew = new ArrayList<>();
  private SeenField root;
  private TextBuffer buffer;
  private byte[] scratch = new byte[64];
  private long position;
  private int from;
  private int fields;
  private long nameBytes;
  private long rowNameBytes;
  private long rowNewBytes;
  private boolean overflown;

  JsonSightingParser(int file) {
    this.file = file;
  }

  @Override
  public void over(TextBuffer bytes) {
    buffer = bytes;
  }

  @Override
  public void begin() {
    root = new SeenField("", "");
    fields = 0;
    nameBytes = 0;
    overflown = false;
  }

  @Override
  public int end(byte[] bytes, int start) {
    return LineParser.lineFeed(bytes, start);
  }

  @Override
  public void take(byte[] bytes, int start, int end) {
    from = start;
    position = buffer.position(start);
    rowNameBytes = 0;
    rowNewBytes = 0;
    String fault = null;
    try {
      scanner.begin(bytes, start, end);
      row();
    } catch (BadTextException e) {
      fault = e.getMessage();
    }
    if (fault == null) {
      touched.forEach(SeenField::keep);
      fields += parentsOfNew.size();
      nameBytes += rowNewBytes;
      overflown |= fields > Sightings.MOST_COLUMNS || nameBytes > Sightings.MOST_NAME_BYTES;
      see(CellKind.ROW, "");
    } else {
      touched.forEach(SeenField::forget);
      for (int i = parentsOfNew.size() - 1; i >= 0; i--) {
        parentsOfNew.get(i).removeLast();
      }
      see(CellKind.BAD, fault);
    }
    touched.clear();
    parentsOfNew.clear();
  }

  private void see(CellKind kind, String text) {
    if (rows.isNew(kind)) {
      rows.first(kind, new Sighting(1, file, position, 0, text));
    } else {
      rows.count(kind, 1);
    }
  }

  private void row() throws BadTextException {
    int first = scanner.next();
    if (first != '{') {
      throw JsonParser.noObject(scanner, first);
    }
    object(root);
    if (scanner.next() >= 0) {
      throw JsonParser.moreThanOne(scanner);
    }
  }

  private void object(SeenField object) throws BadTextException {
    scanner.open();
    object.begin();
    for (boolean more = !scanner.isEmpty(); more; more = scanner.more()) {
      scanner.name();
      if (overflown) {
        scanner.skip();
        continue;
      }
      SeenField field = field(object, name());
      if (field == null) {
        scanner.skip();
      } else if (field.isTouched) {
        throw JsonParser.twice(scanner, String.join(".", SeenField.names(field.path)));
      } else if (touch(field)) {
        value(field);
      } else {
        scanner.skip();
      }
    }
  }

  private String name() {
    int start = scanner.tokenFrom();
    int end = scanner.tokenTo();
    if (!scanner.isEscaped()) {
      return Utf8.toString(scanner.bytes(), start, end);
    }
    if (scratch.length < end - start) {
      scratch = new byte[end - start];
    }
    return Utf8.toString(scratch, 0, JsonText.decode(scanner.bytes(), start, end, scratch, 0));
  }

  /**
   * The field of a name, or the items, a new one if need be; null if the row has too many, which
   * this row alone decides.
   */
  private SeenField field(SeenField parent, String name) {
    SeenField found = parent.find(name);
    if (found == null) {
      long length = parent.path.length() + (name == null ? 0 : (long) name.length());
      if (length > Sightings.MOST_NAME_BYTES) {
        overflown = true;
        return null;
      }
      found = parent.add(name, SeenField.below(parent.path, name));
      parentsOfNew.add(parent);
      rowNewBytes += found.path.length();
    }
    return found;
  }

  /** Takes a field into the row; false if there are too many. */
  private boolean touch(SeenField field) {
    field.isTouched = true;
    touched.add(field);
    rowNameBytes += field.path.length();
    overflown |=
        touched.size() > Sightings.MOST_COLUMNS || rowNameBytes > Sightings.MOST_NAME_BYTES;
    return !overflown;
  }

  private void value(SeenField field) throws BadTextException {
    int first = scanner.next();
    if (first == '{') {
      count(field, CellKind.OBJECT);
      object(field);
    } else {
      plain(field, first);
    }
  }

  /** Takes anything but an object. */
  private void plain(SeenField field, int first) throws BadTextException {
    switch (first) {
      case '[' -> {
        count(field, CellKind.LIST);
        array(field);
      }
      case '"' -> {
        count(field, CellKind.TEXT);
        scanner.string();
      }
      case 't' -> word(field, CellKind.BOOLEAN, "true");
      case 'f' -> word(field, CellKind.BOOLEAN, "false");
      case 'n' -> word(field, CellKind.NULL, "null");
      default -> number(field, first);
    }
  }

  private void word(SeenField field, CellKind kind, String word) throws BadTextException {
    count(field, kind);
    scanner.word(word);
  }

  private void number(SeenField field, int first) throws BadTextException {
    if (!JsonColumn.startsNumber(first)) {
      throw scanner.unexpected("a value");
    }
    scanner.number();
    byte[] bytes = scanner.bytes();
    int start = scanner.tokenFrom();
    int end = scanner.tokenTo();
    boolean isFinite = Double.isFinite(DecimalParser.parseDouble(bytes, start, end));
    CellKind kind = isFinite ? CellKind.DOUBLE : CellKind.BEYOND;
    // -0 is no LONG: that has no sign for it.
    boolean isMinusZero = end - start == 2 && bytes[start] == '-' && bytes[end - 1] == '0';
    if (isFinite && scanner.isIntegral() && !isMinusZero) {
      kind = CsvCell.ofLong(bytes, start, end, CellKind.ROUNDED);
    }
    if (field.isNew(kind)) {
      sight(field, kind, BadTextException.quoted(bytes, start, end), start);
    } else {
      field.count(kind, null);
    }
  }

  private void array(SeenField list) throws BadTextException {
    scanner.open();
    SeenField items = null;
    for (boolean more = !scanner.isEmpty(); more; more = scanner.more()) {
      if (items == null && !overflown) {
        items = field(list, null);
        items = items != null && (items.isTouched || touch(items)) ? items : null;
      }
      int first = scanner.next();
      if (items == null) {
        scanner.skip();
      } else if (first == '{') {
        // No column can hold it, and so nobody asks what is in it.
        count(items, CellKind.OBJECT);
        scanner.skip();
      } else {
        plain(items, first);
      }
    }
  }

  /** Counts the value that starts here. */
  private void count(SeenField field, CellKind kind) {
    if (field.isNew(kind)) {
      sight(field, kind, scanner.shown(), scanner.at());
    } else {
      field.count(kind, null);
    }
  }

  private void sight(SeenField field, CellKind kind, String text, int at) {
    field.count(kind, new Sighting(1, file, position, at - from, text));
  }

  @Override
  public Batch block(byte[] bytes) {
    if (overflown) {
      told.add(Sightings.ROWS, CellKind.OVERFLOW, new Sighting(1, file, 0, 0, ""));
    } else {
      root.flush(told);
    }
    rows.flush(Sightings.ROWS, told);
    return told.batch();
  }

  @Override
  public boolean skipsEmptyLines() {
    return true;
  }
}
