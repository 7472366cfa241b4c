package io.drawbar.spi;

import io.drawbar.column.Batch;
import java.io.Closeable;
import java.io.IOException;

/** Writes the rows of one part in order. */
public interface PartWriter extends Closeable {
  /** Writes the rows of a batch that count. */
  void write(Batch batch) throws IOException;

  /** Finishes the part. A part that was not closed is never committed. */
  @Override
  void close() throws IOException;
}
