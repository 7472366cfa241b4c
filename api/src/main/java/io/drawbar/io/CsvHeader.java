package io.drawbar.io;

import io.drawbar.error.NearestName;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.FileSystem;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The first line of a file that is no comment, which names its columns.
 *
 * @param names the names; null if the file has no such line
 * @param rowsFrom the position of what is after it
 */
record CsvHeader(List<String> names, long rowsFrom) {
  private static final int CHUNK = 1 << 13;

  /** Each task reads the header of its file. */
  private static final int MOST_BYTES = 16 << 20;

  /** Names take memory, many times that of their letters. */
  static final int MOST_COLUMNS = 1_000_000;

  /** The header of a file, if the dialect has such. */
  static CsvHeader of(TextSplit split, FileSystem system, CsvDialect dialect) throws IOException {
    return dialect.hasHeader() ? read(split, system, dialect) : new CsvHeader(null, 0);
  }

  /** Reads the header of a file. */
  static CsvHeader read(TextSplit split, FileSystem system, CsvDialect dialect) throws IOException {
    try (TextBuffer buffer = new TextBuffer(split.open(system, 0), 0, 0, CHUNK)) {
      int at = afterComments(buffer, TextReader.afterMark(buffer), dialect);
      FieldSplitter splitter = new FieldSplitter(dialect, MOST_COLUMNS + 1);
      int end = splitter.split(buffer.bytes(), at, buffer.limit());
      while (end == buffer.limit() && !buffer.ended()) {
        if (buffer.limit() - at > MOST_BYTES) {
          throw new BadRowException(
              "%s, line 1: the header is longer than %s bytes, the most that one may have: %s"
                  .formatted(
                      split.shown(),
                      MOST_BYTES,
                      BadTextException.quoted(buffer.bytes(), at, buffer.limit())));
        }
        buffer.more(at, MOST_BYTES);
        end = splitter.split(buffer.bytes(), at, buffer.limit());
      }
      if (at == buffer.limit()) {
        return new CsvHeader(null, buffer.position(at));
      }
      if (splitter.quotes() != FieldSplitter.Quotes.FINE) {
        boolean isUnclosed = splitter.quotes() == FieldSplitter.Quotes.UNCLOSED;
        throw new BadRowException(
            "%s, line 1: the quotes of the header do not match: %s%s"
                .formatted(
                    split.shown(),
                    BadTextException.quoted(buffer.bytes(), at, end),
                    isUnclosed && !dialect.isMultiline()
                        ? ". If there are line feeds in the names, add multiline()."
                        : ""));
      }
      if (splitter.count() > MOST_COLUMNS) {
        throw new BadRowException(
            "%s, line 1: the header has %s columns, more than %s: %s"
                .formatted(
                    split.shown(),
                    splitter.count(),
                    MOST_COLUMNS,
                    BadTextException.quoted(buffer.bytes(), at, end)));
      }
      List<String> names = new ArrayList<>();
      for (int f = 0; f < splitter.count(); f++) {
        names.add(splitter.text(buffer.bytes(), f));
      }
      return new CsvHeader(names, buffer.position(Math.min(end + 1, buffer.limit())));
    }
  }

  private static int afterComments(TextBuffer buffer, int from, CsvDialect dialect)
      throws IOException {
    int at = from;
    boolean inComment = false;
    while (true) {
      if (at == buffer.limit()) {
        if (buffer.ended()) {
          return at;
        }
        at -= buffer.drop(at);
        buffer.more(at);
        continue;
      }
      if (!inComment && !dialect.isComment(buffer.bytes()[at])) {
        return at;
      }
      int line = LineParser.lineFeed(buffer.bytes(), at);
      inComment = line >= buffer.limit();
      at = Math.min(line + 1, buffer.limit());
    }
  }

  /**
   * Finds declared columns in a header.
   *
   * @param names what they are called there
   * @return for each column the field it is in
   * @throws UnknownColumnException if one is not there
   * @throws DuplicateColumnException if one is there twice
   */
  static int[] find(Schema schema, List<String> names, List<String> header, String file) {
    int[] fieldOf = new int[schema.size()];
    for (int c = 0; c < fieldOf.length; c++) {
      String name = names.get(c);
      fieldOf[c] = header.indexOf(name);
      if (fieldOf[c] < 0) {
        String wayOut = wayOut(schema.field(c).name(), names, name, header);
        throw new UnknownColumnException(
            "%s has no column '%s'; its header is: %s.%s"
                .formatted(file, name, String.join(", ", header), wayOut));
      }
      if (Collections.frequency(header, name) > 1) {
        throw new DuplicateColumnException(
            "%s has %s columns '%s'; its header is: %s. Rename all but one."
                .formatted(
                    file, Collections.frequency(header, name), name, String.join(", ", header)));
      }
    }
    return fieldOf;
  }

  private static String wayOut(
      String column, List<String> names, String name, List<String> header) {
    String separator =
        header.size() == 1 && names.size() > 1 ? CsvDialect.guess(header.get(0)) : "";
    if (!separator.isEmpty()) {
      return separator;
    }
    Optional<String> nearest = NearestName.of(name, header);
    if (nearest.isPresent() && NearestName.isSpelling(name, nearest.get())) {
      return " Did you mean '%s'? Columns are found by their exact names: say column(\"%s\", \"%s\")."
          .formatted(nearest.get(), column, nearest.get());
    }
    return NearestName.suggestion(name, header)
        + " What the header calls otherwise is declared with column(\"%s\", \"%s\")."
            .formatted(column, nearest.orElse("its name there"))
        + " If its first line is no header, leave header() out; other separators and blanks are"
        + " declared with separator(...) and trimmingSpaces().";
  }
}
