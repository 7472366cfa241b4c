package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.Sink;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * A folder of files of text, or one file; made by {@link TextFiles#to}. Rows have one column of
 * text, and each is a line; {@link TextFiles} reads what it writes back equal.
 */
public final class TextSink implements Sink {
  private static final long serialVersionUID = 1;

  private final OutputPlace place;

  TextSink(OutputPlace place) {
    this.place = place;
  }

  /** The files are compressed. */
  public TextSink gzip() {
    return compressed(Compression.GZIP);
  }

  /** How the files are compressed; {@link Compression#NONE} if nothing is said. */
  public TextSink compressed(Compression compression) {
    return new TextSink(place.compressed(compression));
  }

  /** The output is one file of the path given, as {@link CsvSink#singleFile} has it. */
  public TextSink singleFile() {
    return new TextSink(place.singleFile());
  }

  /** What is at the path is replaced as a whole: see {@link CsvSink#overwrite}. */
  public TextSink overwrite() {
    return new TextSink(place.mode(OutputMode.OVERWRITE));
  }

  /** Parts come to those that are in the folder: see {@link CsvSink#append}. */
  public TextSink append() {
    return new TextSink(place.mode(OutputMode.APPEND));
  }

  /**
   * Rows go into folders named after the values of some columns: see {@link CsvSink#partitionedBy}.
   */
  public TextSink partitionedBy(String... columns) {
    return new TextSink(place.partitionedBy(columns));
  }

  /** The same path on another file system. */
  public TextSink on(FileSystem other) {
    return new TextSink(place.on(other));
  }

  @Override
  public TextSink configured(Config config) {
    return new TextSink(place.configured(config));
  }

  @Override
  public List<String> partitionColumns() {
    return place.partitions();
  }

  @Override
  public String describe() {
    return "text " + place.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if there is another column than one of text
   * @throws CommitException if the name of a single file does not say rightly whether it is
   *     compressed
   */
  @Override
  public void check(Schema schema) {
    Schema inFiles = place.check(describe(), schema);
    if (inFiles.size() != 1 || inFiles.field(0).type() != DataType.STRING) {
      throw new UnsupportedColumnException(
          "%s: lines are one column of STRING; the rows have %s. Take one with select(...)."
              .formatted(describe(), inFiles));
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
    return new LinePartWriter(place.open(file), file.name(), schema);
  }

  @Override
  public String extension() {
    return place.extension(".txt");
  }
}
