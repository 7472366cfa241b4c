package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.config.Config;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Surveyed;
import io.drawbar.spi.Undeclared;
import io.drawbar.type.InferredSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Comma-separated files whose columns are not declared, made by {@link Csv#at}: {@code
 * session.infer(...)} finds out which there are. See the package page for the rules.
 *
 * <pre>{@code
 * System.out.println(session.infer(Csv.at("loans.csv").header().separator(';').nullText("NA")));
 * }</pre>
 */
public final class CsvFiles implements Undeclared {
  private final InputFiles files;
  private final CsvDialect dialect;

  CsvFiles(InputFiles files, CsvDialect dialect) {
    this.files = files;
    this.dialect = dialect;
  }

  /** The same paths on another file system. */
  public CsvFiles on(FileSystem system) {
    return new CsvFiles(new InputFiles(system, files.roots()), dialect);
  }

  /**
   * The first line of each file names its columns. Without this call columns are called {@code c0,
   * c1, c2}, as many as the first row has fields.
   */
  public CsvFiles header() {
    return new CsvFiles(files, dialect.withHeader());
  }

  /** What is between fields, an ASCII character; a comma if nothing is said. */
  public CsvFiles separator(char separator) {
    return new CsvFiles(files, dialect.withSeparator(separator));
  }

  /** Blanks and tabs around a field, outside its quotes, are not part of it. */
  public CsvFiles trimmingSpaces() {
    return new CsvFiles(files, dialect.withTrimming());
  }

  /**
   * Texts that, not in quotes, stand for no value, as an empty field does; adds to those of before.
   */
  public CsvFiles nullText(String... texts) {
    return new CsvFiles(files, dialect.withNullTexts(texts));
  }

  @Override
  public CsvFiles configured(Config config) {
    return new CsvFiles(files.configured(config), dialect);
  }

  /** Lines that start with a character, {@code #} say, are neither rows nor headers. */
  public CsvFiles comments(char start) {
    return new CsvFiles(files, dialect.withComments(start));
  }

  /** Quotes may span lines; all leaves are then looked at once more. */
  public CsvFiles multiline() {
    return new CsvFiles(files, dialect.withLines());
  }

  /** The most bytes that a row may have, 64 MiB if nothing is said; up to 2^30. */
  public CsvFiles longestRow(int bytes) {
    return new CsvFiles(files, dialect.withLongestRow(bytes));
  }

  /**
   * {@inheritDoc}
   *
   * @throws MissingFileException if nothing is there
   * @throws InferenceException if no row can be read, or there are more than {@value
   *     Sightings#MOST_COLUMNS} columns
   */
  @Override
  public InferredSchema infer(Pass pass) {
    List<String> names = List.of();
    if (!dialect.hasHeader()) {
      int fields = FirstRow.fields(files, dialect);
      if (fields > Sightings.MOST_COLUMNS) {
        throw CsvInference.tooMany(files);
      }
      names = IntStream.range(0, fields).mapToObj(f -> "c" + f).toList();
    }
    Look look = new Look(files, dialect, new ArrayList<>(names), null);
    return new CsvInference(files, dialect, names, pass.over(look, new SightingKernel())).schema();
  }

  @Override
  public String toString() {
    return "csv " + files.describe();
  }

  /**
   * @param names those of the columns, if there is no header
   * @param starts see {@link CsvSource}
   */
  private record Look(
      InputFiles files, CsvDialect dialect, ArrayList<String> names, RowStarts starts)
      implements SightingSource, Surveyed {
    @Override
    public String format() {
      return "csv";
    }

    @Override
    public List<Split> splits(Layout layout, int desired, int alignment) {
      boolean isWhole = dialect.isMultiline() && starts == null;
      return files.splits(layout, isWhole ? 1 : desired, alignment);
    }

    @Override
    public String survey() {
      return RowStarts.survey(files, dialect);
    }

    @Override
    public Source surveyed(Layout layout, Undeclared.Pass pass) {
      return new Look(files, dialect, names, RowStarts.survey(files, dialect, layout, pass));
    }

    @Override
    public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
      TextSplit range = (TextSplit) split;
      CsvHeader found = CsvHeader.of(range, files.system(), dialect);
      List<String> header = found.names();
      boolean isFirst = range.firstLeaf() == 0 && header != null;
      List<String> fields = header == null ? names : header;
      if (fields.size() > Sightings.MOST_COLUMNS) {
        // Rows of it would only be more of the same: it is told, and the file passed over.
        fields = List.of();
      }
      RowParser parser = new CsvSightingParser(dialect, range.file(), fields);
      RowEntry entry = RowStarts.entry(range, dialect, found, starts);
      TextReader rows =
          new TextReader(range, files.system(), layout, parser, entry, dialect.longestRow());
      return new SightingReader(
          rows, isFirst ? told(header, range.file()) : null, range.firstUnit());
    }

    private static Batch told(List<String> header, int file) {
      SightingRows told = new SightingRows();
      told.add(Sightings.ROWS, CellKind.FILE, new Sighting(1, file, 0, 0, ""));
      if (header.size() > Sightings.MOST_COLUMNS) {
        told.add(Sightings.ROWS, CellKind.OVERFLOW, new Sighting(1, file, 0, 0, ""));
        return told.batch();
      }
      Set<String> seen = new HashSet<>();
      Set<String> twice = new HashSet<>();
      for (int f = 0; f < header.size(); f++) {
        String name = header.get(f);
        if (seen.add(name)) {
          told.add(name, CellKind.COLUMN, new Sighting(1, file, 0, f, ""));
        } else if (twice.add(name)) {
          told.add(name, CellKind.TWICE, new Sighting(1, file, 0, f, ""));
        }
      }
      return told.batch();
    }
  }
}
