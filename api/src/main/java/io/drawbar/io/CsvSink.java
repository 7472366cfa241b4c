package io.drawbar.io;

import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.Field;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A new folder of CSV files; made by {@link Csv#to}. {@link Csv} reads what it writes back equal,
 * value by value: see the package page.
 */
public final class CsvSink implements Sink {
  private static final long serialVersionUID = 1;
  private static final int GZIP_BUFFER = 1 << 16;

  private final String folder;
  private final FileSystem system;
  private final boolean hasHeader;
  private final boolean isGzip;

  private CsvSink(String folder, FileSystem system, boolean hasHeader, boolean isGzip) {
    this.folder = folder;
    this.system = system;
    this.hasHeader = hasHeader;
    this.isGzip = isGzip;
  }

  static CsvSink to(String folder) {
    return new CsvSink(folder, new LocalFileSystem(), false, false);
  }

  /** Each file starts with the names of the columns. */
  public CsvSink header() {
    return new CsvSink(folder, system, true, isGzip);
  }

  /** The files are compressed. */
  public CsvSink gzip() {
    return new CsvSink(folder, system, hasHeader, true);
  }

  /** The same folder on another file system. */
  public CsvSink on(FileSystem other) {
    return new CsvSink(folder, other, hasHeader, isGzip);
  }

  @Override
  public String describe() {
    return "csv " + folder;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if there are no columns, one is a vector or list, or, with a
   *     header, the name of one holds a line feed
   */
  @Override
  public void check(Schema schema) {
    if (schema.size() == 0) {
      throw new UnsupportedColumnException(
          "%s: a CSV file has at least one column, the rows have none".formatted(describe()));
    }
    for (Field field : schema.fields()) {
      if (!(field.type() instanceof ScalarType)) {
        throw new UnsupportedColumnException(
            ("%s: column '%s' is %s; CSV holds BOOLEAN, LONG, DOUBLE and STRING only."
                    + " Leave the column out with select(...).")
                .formatted(describe(), field.name(), field.type()));
      }
      if (hasHeader && field.name().indexOf('\n') >= 0) {
        throw new UnsupportedColumnException(
            "%s: the name of column '%s' holds a line feed; rename it with as(\"...\")"
                .formatted(describe(), field.name()));
      }
    }
  }

  @Override
  public CommitProtocol commitProtocol() {
    // Tasks may run in another working folder.
    boolean isLocal = system instanceof LocalFileSystem;
    return new FolderCommit(system, isLocal ? LocalFileSystem.absolute(folder) : folder);
  }

  @Override
  public PartWriter open(PartFile file, Schema schema) throws IOException {
    OutputStream out = file.stream();
    if (isGzip) {
      try {
        out = new GZIPOutputStream(out, GZIP_BUFFER);
      } catch (IOException e) {
        out.close();
        throw e;
      }
    }
    return new CsvPartWriter(out, file.name(), schema, hasHeader);
  }

  @Override
  public String extension() {
    return isGzip ? ".csv.gz" : ".csv";
  }
}
