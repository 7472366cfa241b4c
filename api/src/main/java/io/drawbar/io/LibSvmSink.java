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
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.io.IOException;
import java.util.List;

/**
 * A folder of files in LIBSVM's format, or one file; made by {@link LibSvm#to}. Rows have a number,
 * the label, and a vector, dense or sparse; {@link LibSvm} reads what it writes back equal, value
 * by value.
 */
public final class LibSvmSink implements Sink {
  private static final long serialVersionUID = 1;

  private final OutputPlace place;

  LibSvmSink(OutputPlace place) {
    this.place = place;
  }

  /** The files are compressed. */
  public LibSvmSink gzip() {
    return compressed(Compression.GZIP);
  }

  /** How the files are compressed; {@link Compression#NONE} if nothing is said. */
  public LibSvmSink compressed(Compression compression) {
    return new LibSvmSink(place.compressed(compression));
  }

  /** The output is one file of the path given, as {@link CsvSink#singleFile} has it. */
  public LibSvmSink singleFile() {
    return new LibSvmSink(place.singleFile());
  }

  /** What is at the path is replaced as a whole: see {@link CsvSink#overwrite}. */
  public LibSvmSink overwrite() {
    return new LibSvmSink(place.mode(OutputMode.OVERWRITE));
  }

  /** Parts come to those that are in the folder: see {@link CsvSink#append}. */
  public LibSvmSink append() {
    return new LibSvmSink(place.mode(OutputMode.APPEND));
  }

  /**
   * Rows go into folders named after the values of some columns: see {@link CsvSink#partitionedBy}.
   */
  public LibSvmSink partitionedBy(String... columns) {
    return new LibSvmSink(place.partitionedBy(columns));
  }

  /** The same path on another file system. */
  public LibSvmSink on(FileSystem other) {
    return new LibSvmSink(place.on(other));
  }

  @Override
  public LibSvmSink configured(Config config) {
    return new LibSvmSink(place.configured(config));
  }

  @Override
  public List<String> partitionColumns() {
    return place.partitions();
  }

  @Override
  public String describe() {
    return "libsvm " + place.describe();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnsupportedColumnException if the columns are not one DOUBLE or LONG and one vector
   * @throws CommitException if the name of a single file does not say rightly whether it is
   *     compressed
   */
  @Override
  public void check(Schema schema) {
    Schema inFiles = place.check(describe(), schema);
    int vectors = 0;
    int labels = 0;
    for (Field field : inFiles.fields()) {
      vectors += field.type() instanceof VectorType ? 1 : 0;
      labels += field.type() == DataType.DOUBLE || field.type() == DataType.LONG ? 1 : 0;
    }
    if (vectors != 1 || labels != 1 || inFiles.size() != 2) {
      throw new UnsupportedColumnException(
          ("%s: rows are a label, DOUBLE or LONG, and a vector; these have %s. Take two columns with"
                  + " select(...), a vector is made of several with VectorAssembler.")
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
    return new LibSvmPartWriter(place.open(file), file.name(), schema);
  }

  @Override
  public String extension() {
    return place.extension(".libsvm");
  }
}
