package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.Field;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * A new folder of CSV files, or one file; made by {@link Csv#to}. {@link Csv} reads what it writes
 * back equal, value by value: see the package page.
 */
public final class CsvSink implements Sink {
  private static final long serialVersionUID = 1;

  private final OutputPlace place;
  private final CsvDialect dialect;

  private CsvSink(OutputPlace place, CsvDialect dialect) {
    this.place = place;
    this.dialect = dialect;
  }

  static CsvSink to(String path) {
    return new CsvSink(OutputPlace.folder(path), CsvDialect.STANDARD);
  }

  /** Each file starts with the names of the columns. */
  public CsvSink header() {
    return new CsvSink(place, dialect.withHeader());
  }

  /**
   * What is between fields, an ASCII character; a comma if nothing is said.
   *
   * @throws DrawbarException if it is a quote, a line end, or may stand in a number or truth value
   */
  public CsvSink separator(char separator) {
    if (Character.isLetterOrDigit(separator) || "+-.".indexOf(separator) >= 0) {
      throw new DrawbarException(
          "'%s' cannot separate fields that are written: numbers and truth values may hold it"
              .formatted(separator));
    }
    return new CsvSink(place, dialect.withSeparator(separator));
  }

  /**
   * What is written for null, not in quotes; nothing if nothing is said. Texts that are the same
   * are put in quotes, so that the {@link CsvSource#nullText} of the same text reads all back
   * equal.
   *
   * @throws DrawbarException if a number or truth value may be written so, or it would need quotes
   */
  public CsvSink nullText(String text) {
    boolean isValue = text.matches("[-+]?([0-9.].*|NaN|Infinity)|(?i)true|false");
    if (isValue
        || text.isBlank()
        || !text.matches("[^\\s\"](.*[^\\s])?")
        || text.indexOf(dialect.separator()) >= 0) {
      throw new DrawbarException(
          "'%s' cannot stand for null: it may be a value, or would need quotes; NULL or NA would do"
              .formatted(text));
    }
    return new CsvSink(place, dialect.withoutNullTexts().withNullTexts(text));
  }

  /**
   * Texts may hold line feeds, and are put in quotes: {@link CsvSource#multiline} reads them back.
   * Otherwise such a text is an {@link io.drawbar.spi.UnwritableValueException}, since most readers
   * would take it for several rows.
   */
  public CsvSink multiline() {
    return new CsvSink(place, dialect.withLines());
  }

  /** The files are compressed with gzip. */
  public CsvSink gzip() {
    return compressed(Compression.GZIP);
  }

  /**
   * The files are compressed.
   *
   * @param compression which but for gzip takes a library, see {@link io.drawbar.io.compression}
   */
  public CsvSink compressed(Compression compression) {
    return new CsvSink(place.compressed(compression), dialect);
  }

  /**
   * The output is one file of the path given, with all rows in order, not a folder. It is put
   * together by the driver from the parts that the tasks wrote, and appears when it is complete.
   */
  public CsvSink singleFile() {
    return new CsvSink(place.singleFile(), dialect);
  }

  /**
   * What is at the path is replaced as a whole. It stays until the new output is complete, so it
   * may be read in the same run; when the run fails, or is killed, it is still there. A folder
   * without {@code _SUCCESS} is not replaced: no run has written it.
   */
  public CsvSink overwrite() {
    return new CsvSink(place.mode(OutputMode.OVERWRITE), dialect);
  }

  /**
   * Parts come to those that are in the folder, all at once or none; they are called {@code
   * part-a000001-...}, so their rows come after those that are there. Where nothing is, it is
   * created. Nobody checks that what is there is of the same columns.
   */
  public CsvSink append() {
    return new CsvSink(place.mode(OutputMode.APPEND), dialect);
  }

  /**
   * Rows go into folders named after the values of some columns, {@code year=2024/country=DE},
   * which are left out of the files. {@code partitionedBy} of the source reads them back. Columns
   * are LONG, STRING or BOOLEAN. A part of the output has a file in each folder that one of its
   * rows belongs to, so it is for columns of few values.
   */
  public CsvSink partitionedBy(String... columns) {
    return new CsvSink(place.partitionedBy(columns), dialect);
  }

  /** The same path on another file system. */
  public CsvSink on(FileSystem other) {
    return new CsvSink(place.on(other), dialect);
  }

  @Override
  public CsvSink configured(Config config) {
    return new CsvSink(place.configured(config), dialect);
  }

  @Override
  public List<String> partitionColumns() {
    return place.partitions();
  }

  @Override
  public String describe() {
    return "csv " + place.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if there are no columns, one is a vector or list, or, with a
   *     header, the name of one holds a line feed
   * @throws CommitException if the name of a single file does not say rightly whether it is
   *     compressed
   */
  @Override
  public void check(Schema schema) {
    Schema inFiles = place.check(describe(), schema);
    if (inFiles.size() == 0) {
      throw new UnsupportedColumnException(
          "%s: a CSV file has at least one column, the rows have none".formatted(describe()));
    }
    for (Field field : inFiles.fields()) {
      if (!(field.type() instanceof ScalarType)) {
        throw new UnsupportedColumnException(
            ("%s: column '%s' is %s; CSV holds BOOLEAN, LONG, DOUBLE and STRING only."
                    + " Leave the column out with select(...).")
                .formatted(describe(), field.name(), field.type()));
      }
      if (dialect.hasHeader() && field.name().indexOf('\n') >= 0) {
        throw new UnsupportedColumnException(
            "%s: the name of column '%s' holds a line feed; rename it with as(\"...\")"
                .formatted(describe(), field.name()));
      }
    }
  }

  @Override
  public String notice() {
    return place.notice();
  }

  @Override
  public CommitProtocol commitProtocol(Schema schema) {
    return place.protocol(
        out -> {
          CsvPartWriter writer = new CsvPartWriter(out, "", schema, dialect);
          if (dialect.hasHeader()) {
            writer.header();
          }
          writer.close();
        });
  }

  @Override
  public PartWriter open(PartFile file, Schema schema) throws IOException {
    CsvPartWriter writer = new CsvPartWriter(place.open(file), file.name(), schema, dialect);
    if (dialect.hasHeader() && !place.isFile()) {
      writer.header();
    }
    return writer;
  }

  @Override
  public String extension() {
    return place.extension(".csv");
  }
}
