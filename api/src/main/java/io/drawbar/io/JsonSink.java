package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.ListType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.io.IOException;
import java.util.List;

/**
 * A new folder of files of JSON lines, or one file; made by {@link Json#to}. {@link Json} reads
 * what it writes back equal, value by value: see the package page.
 */
public final class JsonSink implements Sink {
  private static final long serialVersionUID = 1;

  /** An element takes four bytes at least: {@code 0.0,}. */
  private static final int MOST_ELEMENTS = TextReader.LONGEST_ROW / 4;

  private final OutputPlace place;

  private JsonSink(OutputPlace place) {
    this.place = place;
  }

  static JsonSink to(String path) {
    return new JsonSink(OutputPlace.folder(path));
  }

  /** The files are compressed with gzip. */
  public JsonSink gzip() {
    return compressed(Compression.GZIP);
  }

  /**
   * The files are compressed.
   *
   * @param compression which but for gzip takes a library, see {@link io.drawbar.io.compression}
   */
  public JsonSink compressed(Compression compression) {
    return new JsonSink(place.compressed(compression));
  }

  /**
   * The output is one file of the path given, with all rows in order, not a folder. It is put
   * together by the driver from the parts that the tasks wrote, and appears when it is complete.
   */
  public JsonSink singleFile() {
    return new JsonSink(place.singleFile());
  }

  /**
   * What is at the path is replaced as a whole. It stays until the new output is complete, so it
   * may be read in the same run; when the run fails, or is killed, it is still there. A folder
   * without {@code _SUCCESS} is not replaced: no run has written it.
   */
  public JsonSink overwrite() {
    return new JsonSink(place.mode(OutputMode.OVERWRITE));
  }

  /**
   * Parts come to those that are in the folder, all at once or none; they are called {@code
   * part-a000001-...}, so their rows come after those that are there. Where nothing is, it is
   * created. Nobody checks that what is there is of the same columns.
   */
  public JsonSink append() {
    return new JsonSink(place.mode(OutputMode.APPEND));
  }

  /**
   * Rows go into folders named after the values of some columns, {@code year=2024/country=DE},
   * which are left out of the files. {@code partitionedBy} of the source reads them back. Columns
   * are LONG, STRING or BOOLEAN. A part of the output has a file in each folder that one of its
   * rows belongs to, so it is for columns of few values.
   */
  public JsonSink partitionedBy(String... columns) {
    return new JsonSink(place.partitionedBy(columns));
  }

  /** The same path on another file system. */
  public JsonSink on(FileSystem other) {
    return new JsonSink(place.on(other));
  }

  @Override
  public JsonSink configured(Config config) {
    return new JsonSink(place.configured(config));
  }

  @Override
  public List<String> partitionColumns() {
    return place.partitions();
  }

  @Override
  public String describe() {
    return "json " + place.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if there are no columns, or one holds vectors of more
   *     elements than a line has room for
   * @throws CommitException if the name of a single file does not say rightly whether it is
   *     compressed
   */
  @Override
  public void check(Schema schema) {
    Schema inFiles = place.check(describe(), schema);
    if (inFiles.size() == 0) {
      throw new UnsupportedColumnException(
          "%s: rows are written as objects with at least one field, these have none"
              .formatted(describe()));
    }
    for (Field field : inFiles.fields()) {
      DataType type = field.type();
      while (type instanceof ListType list) {
        type = list.item();
      }
      if (type instanceof VectorType vector && vector.size() > MOST_ELEMENTS) {
        throw new UnsupportedColumnException(
            ("%s: column '%s' is %s, and a line has room for %s elements at most."
                    + " Leave the column out with select(...).")
                .formatted(describe(), field.name(), field.type(), MOST_ELEMENTS));
      }
    }
  }

  @Override
  public String notice() {
    return place.notice();
  }

  @Override
  public CommitProtocol commitProtocol(Schema schema) {
    return place.protocol(out -> {});
  }

  @Override
  public PartWriter open(PartFile file, Schema schema) throws IOException {
    return new JsonPartWriter(place.open(file), file.name(), schema);
  }

  @Override
  public String extension() {
    return place.extension(".json");
  }
}
