package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.text.Utf8;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Looks at the rows of CSV instead of reading them; a row that cannot be read is only counted. */
final class CsvSightingParser implements RowParser {
  private final int file;
  private final FieldSplitter splitter;
  private final String[] names;
  private final boolean[] isLookedAt;
  private final byte[][] nullTexts;
  private final SightingCells[] cells;
  private final CellKind[] kinds;
  private final int comment;
  private final SightingCells rows = new SightingCells();
  private final SightingRows told = new SightingRows();
  private TextBuffer buffer;

  /**
   * A parser.
   *
   * @param file the number of the file
   * @param names those of the fields of a row; one that is there twice is not looked at
   */
  CsvSightingParser(CsvDialect dialect, int file, List<String> names) {
    this.file = file;
    comment = dialect.commentByte();
    this.names = names.toArray(String[]::new);
    int fields = this.names.length;
    splitter = new FieldSplitter(dialect, fields + 1);
    nullTexts = dialect.nullTexts().stream().map(Utf8::encode).toArray(byte[][]::new);
    cells = new SightingCells[fields];
    Arrays.setAll(cells, f -> new SightingCells());
    kinds = new CellKind[fields];
    isLookedAt = new boolean[fields];
    List<String> sorted = names.stream().sorted().toList();
    for (int f = 0; f < fields; f++) {
      int at = Collections.binarySearch(sorted, this.names[f]);
      isLookedAt[f] =
          !this.names[f].isBlank()
              && (at == 0 || !sorted.get(at - 1).equals(this.names[f]))
              && (at == fields - 1 || !sorted.get(at + 1).equals(this.names[f]));
    }
  }

  @Override
  public void over(TextBuffer bytes) {
    buffer = bytes;
  }

  @Override
  public void begin() {
    splitter.clear();
  }

  @Override
  public int end(byte[] bytes, int from) {
    return splitter.split(bytes, from, buffer.limit());
  }

  @Override
  public void take(byte[] bytes, int from, int end) {
    boolean isFine = splitter.quotes() == FieldSplitter.Quotes.FINE;
    if (!isFine || splitter.count() != names.length) {
      String message = CsvParser.misshapen(splitter, names.length, bytes, from, end).getMessage();
      see(rows, isFine ? CellKind.RAGGED : CellKind.BAD, from, 0, message);
    } else if (isText(bytes, from)) {
      see(rows, CellKind.ROW, from, 0, "");
      for (int f = 0; f < names.length; f++) {
        if (isLookedAt[f]) {
          look(f, bytes, from);
        }
      }
    }
    splitter.clear();
  }

  /** Finds out the kinds of all cells; false if one is not UTF-8, which makes a bad row. */
  private boolean isText(byte[] bytes, int from) {
    for (int f = 0; f < names.length; f++) {
      if (!isLookedAt[f]) {
        continue;
      }
      int start = splitter.start(f);
      if (start < 0) {
        splitter.unquote(bytes, f);
        start = splitter.start(f);
        kinds[f] = CsvCell.kind(bytes, start, splitter.end(f));
      } else {
        int stop = splitter.end(f);
        kinds[f] =
            start == stop || isNullText(bytes, start, stop)
                ? CellKind.NULL
                : CsvCell.kind(bytes, start, stop);
      }
      if (kinds[f] == CellKind.TEXT
          && !splitter.isAscii()
          && Utf8.firstInvalid(bytes, start, splitter.end(f)) >= 0) {
        String message = BadTextException.encoding(names[f], bytes, start, splitter.end(f));
        see(rows, CellKind.BAD, from, 0, message);
        return false;
      }
    }
    return true;
  }

  private boolean isNullText(byte[] bytes, int start, int stop) {
    for (byte[] text : nullTexts) {
      if (Utf8.equals(bytes, start, stop, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  private void look(int f, byte[] bytes, int from) {
    CellKind kind = kinds[f];
    if (cells[f].isNew(kind)) {
      String text = BadTextException.quoted(bytes, splitter.start(f), splitter.end(f));
      see(cells[f], kind, from, f, text);
    } else {
      cells[f].count(kind, 1);
    }
  }

  private void see(SightingCells into, CellKind kind, int from, int field, String text) {
    if (into.isNew(kind)) {
      into.first(kind, new Sighting(1, file, buffer.position(from), field, text));
    } else {
      into.count(kind, 1);
    }
  }

  @Override
  public Batch block(byte[] bytes) {
    rows.flush(Sightings.ROWS, told);
    for (int f = 0; f < cells.length; f++) {
      cells[f].flush(names[f], told);
    }
    return told.batch();
  }

  @Override
  public int comment() {
    return comment;
  }

  @Override
  public boolean skipsEmptyLines() {
    return names.length > 1;
  }
}
