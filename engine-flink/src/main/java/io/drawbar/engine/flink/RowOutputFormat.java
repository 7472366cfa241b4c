package io.drawbar.engine.flink;

import io.drawbar.column.BatchCodec;
import io.drawbar.spi.FrameStream;
import io.drawbar.spi.NativeRows;
import java.io.IOException;
import java.io.Serializable;
import java.util.UUID;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.io.RichOutputFormat;
import org.apache.flink.configuration.Configuration;

/**
 * Writes elements of a DataSet as batches of rows, a file an attempt, and leaves its name with
 * Flink.
 *
 * @param <T> the elements
 */
final class RowOutputFormat<T> extends RichOutputFormat<T> {
  private static final long serialVersionUID = 1;

  /** The accumulator that has the files. */
  static final String FILES = "drawbar.rows";

  private final RunFolder folder;
  private final RowForm form;

  private transient String name;
  private transient FrameStream.Writer file;
  private transient NativeRows rows;

  /**
   * A file.
   *
   * @param name in the folder
   * @param bytes how long it is
   */
  record Written(String name, long bytes) implements Serializable {}

  RowOutputFormat(RunFolder folder, RowForm form) {
    this.folder = folder;
    this.form = form;
  }

  @Override
  public void configure(Configuration parameters) {}

  @Override
  public void open(InitializationContext context) throws IOException {
    name = "rows-" + context.getTaskNumber() + "-" + UUID.randomUUID();
    file = folder.writer(name);
    rows = new NativeRows(form.schema(), row -> "a row of the DataSet");
  }

  @Override
  public void writeRecord(T element) throws IOException {
    form.append(element, rows);
    if (rows.isFull()) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (rows.rows() > 0) {
      file.emit(0, BatchCodec.encode(rows.build(), 0));
    }
  }

  /** Flink closes a format once more after a failure; accumulators of that attempt do not count. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      flush();
      file.close();
      ListAccumulator<Written> files = new ListAccumulator<>();
      files.add(new Written(name, file.bytes()));
      file = null;
      getRuntimeContext().addAccumulator(FILES, files);
    }
  }
}
