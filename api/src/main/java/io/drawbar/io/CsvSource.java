package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.PartitionFolders;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Surveyed;
import io.drawbar.spi.Tolerance;
import io.drawbar.spi.Undeclared;
import io.drawbar.type.Field;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of comma-separated files with declared columns; made by {@link Csv#of(Class)}. See the
 * package page for the dialect.
 */
public final class CsvSource implements Surveyed {
  private static final long serialVersionUID = 1;

  private final Schema schema;
  private final InputFiles files;
  private final CsvDialect dialect;

  /** What the columns are called in a header. */
  private final ArrayList<String> names;

  private final BadRows badRows;

  /** How leaves start, if quotes span lines and somebody has looked; null otherwise. */
  private final RowStarts starts;

  CsvSource(
      Schema schema, InputFiles files, CsvDialect dialect, List<String> names, BadRows badRows) {
    this(schema, files, dialect, names, badRows, null);
  }

  private CsvSource(
      Schema schema,
      InputFiles files,
      CsvDialect dialect,
      List<String> names,
      BadRows badRows,
      RowStarts starts) {
    this.starts = starts;
    this.badRows = badRows;
    this.schema = schema;
    this.names = new ArrayList<>(names);
    this.files = files;
    this.dialect = dialect;
    if (schema.size() == 0) {
      throw new UnsupportedColumnException(
          "a CSV file has at least one column, the schema has none");
    }
    for (Field field : schema.fields()) {
      if (!(field.type() instanceof ScalarType)) {
        throw new UnsupportedColumnException(
            "column '%s' is %s; a CSV column can be BOOLEAN, LONG, DOUBLE or STRING"
                .formatted(field.name(), field.type()));
      }
    }
  }

  /**
   * Where the files are.
   *
   * @param paths files; folders, with all that is below them but what starts with {@code _} or
   *     {@code .}; or patterns, see the package page
   */
  public CsvSource at(String... paths) {
    return new CsvSource(
        schema, new InputFiles(files.system(), List.of(paths)), dialect, names, badRows);
  }

  /** The same paths on another file system. */
  public CsvSource on(FileSystem system) {
    return new CsvSource(schema, new InputFiles(system, files.roots()), dialect, names, badRows);
  }

  /**
   * The first line of each file names its columns. They are found by name, in any order; others are
   * not looked at. Without this call fields go by position, and there are as many as the schema has
   * columns.
   */
  public CsvSource header() {
    return new CsvSource(schema, files, dialect.withHeader(), names, badRows);
  }

  /**
   * Takes a column from one that the header calls otherwise, as {@code default} or {@code unit
   * price}, which no component of a record can be called; there is a {@link #header} then.
   *
   * <pre>{@code
   * Csv.of(Loan.class).header().column("defaulted", "default")
   * }</pre>
   *
   * @param column the name of a declared column
   * @param inHeader its name in the first line
   * @throws io.drawbar.type.UnknownColumnException if no such column is declared
   */
  public CsvSource column(String column, String inHeader) {
    List<String> others = new ArrayList<>(names);
    others.set(schema.indexOf(column), inHeader);
    return new CsvSource(schema, files, dialect.withHeader(), others, badRows);
  }

  /**
   * Some of the declared columns are not in the files, but in the names of the folders that these
   * are in, {@code year=2024/country=DE}, as {@link CsvSink#partitionedBy} writes them. Comes last:
   * what else there is to say of the files is said before.
   *
   * <pre>{@code
   * Csv.of(Sale.class).at("sales").header().partitionedBy("year", "country")
   * }</pre>
   *
   * @throws io.drawbar.error.DrawbarException if such a column is not declared, or is not LONG,
   *     STRING or BOOLEAN
   */
  public PartitionedFiles partitionedBy(String... columns) {
    List<String> partitions = List.of(columns);
    partitions.forEach(schema::indexOf);
    Schema inFiles = PartitionFolders.inFiles(schema, partitions);
    List<String> others =
        inFiles.names().stream().map(name -> names.get(schema.indexOf(name))).toList();
    CsvSource source = new CsvSource(inFiles, files, dialect, others, badRows);
    return PartitionedFiles.of(source, schema, partitions);
  }

  /** What is between fields, an ASCII character; a comma if nothing is said. */
  public CsvSource separator(char separator) {
    return new CsvSource(schema, files, dialect.withSeparator(separator), names, badRows);
  }

  /** Blanks and tabs around a field, outside its quotes, are not part of it. */
  public CsvSource trimmingSpaces() {
    return new CsvSource(schema, files, dialect.withTrimming(), names, badRows);
  }

  /**
   * Texts that, not in quotes, stand for no value, as an empty field does; adds to those of before.
   */
  public CsvSource nullText(String... texts) {
    return new CsvSource(schema, files, dialect.withNullTexts(texts), names, badRows);
  }

  /** What becomes of rows that do not fit; the first one ends the run if nothing is said. */
  public CsvSource badRows(BadRows policy) {
    return new CsvSource(schema, files, dialect, names, policy);
  }

  @Override
  public Tolerance tolerance() {
    return badRows.tolerance();
  }

  @Override
  public String place(int file, long offset) {
    return files.place(file, offset);
  }

  @Override
  public CsvSource configured(Config config) {
    return new CsvSource(
        schema, files.configured(config), dialect, names, badRows.configured(config));
  }

  /**
   * Lines that start with a character are no rows, nor headers, whatever is on them: {@code
   * comments('#')}. Elsewhere in a row the character is one like others.
   *
   * @param start an ASCII character, no digit, quote, blank or separator
   */
  public CsvSource comments(char start) {
    return new CsvSource(schema, files, dialect.withComments(start), names, badRows);
  }

  /**
   * Quotes may span lines: a line feed in quotes is part of the text. Where rows start in the
   * middle of a file can then only be known from its start, so all leaves are looked at once more
   * before they are read: about half as much work again.
   */
  public CsvSource multiline() {
    return new CsvSource(schema, files, dialect.withLines(), names, badRows);
  }

  /**
   * The most bytes that a row may have, 64 MiB if nothing is said; up to 2^30. A task needs up to
   * twice as much memory to read one.
   */
  public CsvSource longestRow(int bytes) {
    return new CsvSource(schema, files, dialect.withLongestRow(bytes), names, badRows);
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if two columns are taken from the same one of the header
   */
  @Override
  public Schema schema() {
    for (int c = 0; c < names.size(); c++) {
      int first = names.indexOf(names.get(c));
      if (first < c) {
        throw new UnsupportedColumnException(
            "columns '%s' and '%s' are both taken from '%s' of the header; declare one, and select it"
                    .formatted(schema.field(first).name(), schema.field(c).name(), names.get(c))
                + " twice after reading");
      }
    }
    return schema;
  }

  @Override
  public String describe() {
    return "csv " + files.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws MissingFileException if nothing is there
   */
  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    // A whole file can be read without knowing how its leaves start.
    boolean isWhole = dialect.isMultiline() && starts == null;
    return files.splits(layout, isWhole ? 1 : desired, alignment);
  }

  @Override
  public String survey() {
    return RowStarts.survey(files, dialect);
  }

  @Override
  public Source surveyed(Layout layout, Undeclared.Pass pass) {
    RowStarts found = RowStarts.survey(files, dialect, layout, pass);
    return new CsvSource(schema, files, dialect, names, badRows, found);
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.drawbar.type.UnknownColumnException if the header of the file lacks a declared
   *     column
   */
  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    TextSplit range = (TextSplit) split;
    CsvHeader header = CsvHeader.of(range, files.system(), dialect);
    return new TextReader(
        range,
        files.system(),
        layout,
        parser(range, header.names(), columns),
        RowStarts.entry(range, dialect, header, starts),
        new Misfits(badRows),
        dialect.longestRow());
  }

  /** The parser for a file. */
  RowParser parser(TextSplit split, List<String> columns) throws IOException {
    return parser(split, CsvHeader.of(split, files.system(), dialect).names(), columns);
  }

  private RowParser parser(TextSplit split, List<String> header, List<String> columns) {
    int[] fieldOf =
        header == null
            ? IntStream.range(0, schema.size()).toArray()
            : CsvHeader.find(schema, names, header, split.shown());
    int fields = header == null ? schema.size() : header.size();
    return new CsvParser(schema, dialect, fields, fieldOf, columns);
  }
}
