package io.drawbar.io.parquet;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.OutputMode;
import io.drawbar.io.OutputPlace;
import io.drawbar.io.UnsupportedColumnException;
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
import java.util.Locale;

/**
 * A folder of Parquet files; made by {@link Parquet#to}. {@link Parquet} reads what it writes back
 * equal, value by value: see the package page.
 */
public final class ParquetSink implements Sink {
  private static final long serialVersionUID = 1;

  /** An element takes 8 bytes, and a page less than 2^31. */
  private static final int MOST_ELEMENTS = 1 << 24;

  private final OutputPlace place;
  private final PageCodec codec;
  private final RowGroups groups;

  private ParquetSink(OutputPlace place, PageCodec codec, RowGroups groups) {
    this.place = place;
    this.codec = codec;
    this.groups = groups;
  }

  static ParquetSink to(String path) {
    return new ParquetSink(OutputPlace.folder(path), PageCodec.SNAPPY, RowGroups.USUAL);
  }

  /** Pages are compressed with Zstandard: smaller than with Snappy, and slower to write. */
  public ParquetSink zstd() {
    return new ParquetSink(place, PageCodec.ZSTD, groups);
  }

  /** Pages are compressed with gzip, for readers of long ago. */
  public ParquetSink gzip() {
    return new ParquetSink(place, PageCodec.GZIP, groups);
  }

  /** Pages are not compressed. */
  public ParquetSink uncompressed() {
    return new ParquetSink(place, PageCodec.UNCOMPRESSED, groups);
  }

  /**
   * How long row groups may be. What is read is divided by them among tasks, and one is in memory
   * while it is written.
   *
   * @param rows at least 1; 1,048,576 if nothing is said
   * @param bytes of values before encoding, at least 1; a group ends with the row that reaches
   *     them; 64 MiB if nothing is said
   * @throws DrawbarException if one is less
   */
  public ParquetSink rowGroups(int rows, long bytes) {
    if (rows < 1 || bytes < 1) {
      throw new DrawbarException(
          "a row group has at least 1 row and 1 byte, not %s and %s".formatted(rows, bytes));
    }
    return new ParquetSink(place, codec, new RowGroups(rows, bytes));
  }

  /**
   * What is at the path is replaced as a whole. It stays until the new output is complete, so it
   * may be read in the same run; when the run fails, or is killed, it is still there. A folder
   * without {@code _SUCCESS} is not replaced: no run has written it.
   */
  public ParquetSink overwrite() {
    return new ParquetSink(place.mode(OutputMode.OVERWRITE), codec, groups);
  }

  /**
   * Parts come to those that are in the folder, all at once or none; they are called {@code
   * part-a000001-...}, so their rows come after those that are there. Where nothing is, it is
   * created. Nobody checks that what is there is of the same columns.
   */
  public ParquetSink append() {
    return new ParquetSink(place.mode(OutputMode.APPEND), codec, groups);
  }

  /**
   * Rows go into folders named after the values of some columns, {@code year=2024/country=DE},
   * which are left out of the files. Columns are LONG, STRING or BOOLEAN. A part of the output has
   * a file in each folder that one of its rows belongs to, so it is for columns of few values.
   */
  public ParquetSink partitionedBy(String... columns) {
    return new ParquetSink(place.partitionedBy(columns), codec, groups);
  }

  /** The same path on another file system. */
  public ParquetSink on(FileSystem other) {
    return new ParquetSink(place.on(other), codec, groups);
  }

  @Override
  public ParquetSink configured(Config config) {
    return new ParquetSink(place.configured(config), codec, groups);
  }

  @Override
  public List<String> partitionColumns() {
    return place.partitions();
  }

  @Override
  public String describe() {
    return "parquet " + place.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if there are no columns, or one holds vectors of more
   *     elements than a page has room for
   */
  @Override
  public void check(Schema schema) {
    Schema inFiles = place.check(describe(), schema);
    if (inFiles.size() == 0) {
      throw new UnsupportedColumnException(
          "%s: rows are written with at least one column, these have none".formatted(describe()));
    }
    for (Field field : inFiles.fields()) {
      DataType type = field.type();
      while (type instanceof ListType list) {
        type = list.item();
      }
      if (type instanceof VectorType vector && vector.size() > MOST_ELEMENTS) {
        throw new UnsupportedColumnException(
            ("%s: column '%s' is %s, and a page has room for %s elements at most."
                    + " Leave the column out with select(...).")
                .formatted(describe(), field.name(), field.type(), MOST_ELEMENTS));
      }
    }
  }

  @Override
  public String notice() {
    return place.path().toLowerCase(Locale.ROOT).endsWith(".parquet")
        ? "%s is a folder of parts, though it is called like a file".formatted(place.path())
        : "";
  }

  @Override
  public CommitProtocol commitProtocol(Schema schema) {
    return place.protocol(out -> {});
  }

  @Override
  public PartWriter open(PartFile file, Schema schema) throws IOException {
    Libraries.check();
    return new ParquetPartWriter(file.stream(), file.name(), schema, codec, groups);
  }

  @Override
  public String extension() {
    return codec.extension() + ".parquet";
  }
}
