package io.drawbar.testkit;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSource;
import io.drawbar.io.Records;
import io.drawbar.io.TextFiles;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * Where the rows of a random pipeline come from.
 *
 * @param schema the declared columns
 * @param entries the rows in order
 * @param shape how they lie in files; null for records in memory
 */
record GeneratedSource(Schema schema, List<Entry> entries, Shape shape) {

  /**
   * A row as value and as text.
   *
   * @param row null if the text is a bad row
   * @param text its line; null for records in memory
   */
  record Entry(Row row, String text) {}

  /** How the files are named to the source. */
  enum Naming {
    FOLDER,
    PATTERN,
    EACH
  }

  /**
   * How files look.
   *
   * @param isCsv whether they are CSV; lines of text if not
   * @param header the line of names, or null
   * @param separator what is between fields
   * @param nullText what stands for no value, or null
   * @param trims whether blanks around fields are let go
   * @param lineEnd what ends a line
   * @param hasMark whether files start with a byte order mark
   * @param endsLast whether the last line of a file has an end
   * @param gzips for each file whether it is compressed
   */
  record Shape(
      boolean isCsv,
      String header,
      char separator,
      String nullText,
      boolean trims,
      String lineEnd,
      boolean hasMark,
      boolean endsLast,
      List<Boolean> gzips,
      Naming naming) {}

  /** A file of the source. */
  record SourceFile(String name, String content, boolean isGzip) {
    void write(Path folder) throws IOException {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      OutputStream file = Files.newOutputStream(folder.resolve(name));
      try (OutputStream out = isGzip ? new GZIPOutputStream(file) : file) {
        out.write(bytes);
      }
    }
  }

  GeneratedSource {
    entries = List.copyOf(entries);
  }

  GeneratedSource withEntries(List<Entry> others) {
    return new GeneratedSource(schema, others, shape);
  }

  /** The rows that are good. */
  List<Row> rows() {
    return entries.stream().map(Entry::row).filter(Objects::nonNull).toList();
  }

  boolean hasBadRow() {
    return entries.stream().anyMatch(e -> e.row() == null);
  }

  boolean isInMemory() {
    return shape == null;
  }

  /** The files, in order of their names. */
  List<SourceFile> files() {
    int count = shape.gzips().size();
    List<SourceFile> files = new ArrayList<>();
    for (int f = 0; f < count; f++) {
      boolean isGzip = shape.gzips().get(f);
      List<Entry> some =
          entries.subList(entries.size() * f / count, entries.size() * (f + 1) / count);
      files.add(new SourceFile(name(f, isGzip), content(some), isGzip));
    }
    return files;
  }

  private String name(int file, boolean isGzip) {
    return "in-" + file + (shape.isCsv() ? ".csv" : ".txt") + (isGzip ? ".gz" : "");
  }

  /** The ids of the rows, by where they lie; of rows of which none is bad. */
  List<Long> ids(GeneratedPipeline.Layout layout) {
    List<Long> ids = new ArrayList<>();
    if (isInMemory()) {
      for (int i = 0; i < entries.size(); i++) {
        ids.add(RowIds.place(0, i / layout.leafRows(), i % layout.leafRows()));
      }
      return ids;
    }
    int count = shape.gzips().size();
    for (int f = 0; f < count; f++) {
      long position = shape.hasMark() ? 3 : 0;
      position += shape.header() == null ? 0 : length(shape.header());
      long leaf = -1;
      long ordinal = 0;
      for (Entry entry :
          entries.subList(entries.size() * f / count, entries.size() * (f + 1) / count)) {
        ordinal = position / layout.leafBytes() == leaf ? ordinal + 1 : 0;
        leaf = position / layout.leafBytes();
        ids.add(RowIds.place(f, leaf, ordinal));
        position += length(entry.text());
      }
    }
    return ids;
  }

  private int length(String line) {
    return (line + shape.lineEnd()).getBytes(StandardCharsets.UTF_8).length;
  }

  private String content(List<Entry> some) {
    List<String> lines = new ArrayList<>();
    if (shape.header() != null) {
      lines.add(shape.header());
    }
    some.forEach(e -> lines.add(e.text()));
    if (lines.isEmpty()) {
      return "";
    }
    // Without its end an empty last line would not be there.
    boolean needsEnd = shape.endsLast() || lines.get(lines.size() - 1).isEmpty();
    return (shape.hasMark() ? "\uFEFF" : "")
        + String.join(shape.lineEnd(), lines)
        + (needsEnd ? shape.lineEnd() : "");
  }

  /** Writes the files, if there are any. */
  void write(Path folder) throws IOException {
    if (!isInMemory()) {
      Files.createDirectories(folder);
      for (SourceFile file : files()) {
        file.write(folder);
      }
    }
  }

  /** The paths to give to the source. */
  List<String> paths(String folder) {
    return switch (shape.naming()) {
      case FOLDER -> List.of(folder);
      case PATTERN -> List.of(folder + "/in-?.*");
      case EACH -> files().stream().map(f -> folder + "/" + f.name()).toList();
    };
  }

  /** The dataset of the rows, whose files are in a folder. */
  Dataset open(Session session, Path folder) {
    if (isInMemory()) {
      return session.read(Records.of(schema, rows()));
    }
    String[] paths = paths(folder.toString()).toArray(String[]::new);
    if (!shape.isCsv()) {
      return session.read(TextFiles.at(paths));
    }
    CsvSource csv = Csv.of(schema).at(paths).separator(shape.separator());
    csv = shape.header() == null ? csv : csv.header();
    csv = shape.nullText() == null ? csv : csv.nullText(shape.nullText());
    return session.read(shape.trims() ? csv.trimmingSpaces() : csv);
  }

  /** What the source is, for counting. */
  List<String> features() {
    if (isInMemory()) {
      return List.of("source records");
    }
    List<String> features = new ArrayList<>();
    String kind = "source " + (shape.isCsv() ? "csv" : "text");
    features.add(kind);
    features.add(kind + (shape.gzips().contains(true) ? " gzip" : " plain"));
    features.add(kind + (shape.gzips().size() > 1 ? " several files" : " one file"));
    if (shape.isCsv()) {
      features.add(kind + (shape.header() == null ? " without header" : " with header"));
    }
    if (hasBadRow()) {
      features.add("source bad row");
    }
    return features;
  }

  /** The first or second half of the rows. */
  GeneratedSource half(int which) {
    int middle = entries.size() / 2;
    return withEntries(
        which == 0 ? entries.subList(0, middle) : entries.subList(middle, entries.size()));
  }

  /** All rows but one. */
  GeneratedSource without(int index) {
    return withEntries(
        IntStream.range(0, entries.size()).filter(i -> i != index).mapToObj(entries::get).toList());
  }
}
