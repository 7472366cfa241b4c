package io.drawbar.spi;

import io.drawbar.column.Batch;
import java.io.Closeable;
import java.io.IOException;

/** Writes the rows of one part in order. */
public interface PartWriter extends Closeable {
  /** A unit begins; only formats that keep units listen. */
  default void beginUnit(long unit) throws IOException {}

  /** A block ends; only formats that keep blocks listen. */
  default void endBlock() throws IOException {}

  /** Writes the rows of a batch that count. */
  void write(Batch batch) throws IOException;

  /** Finishes the part. A part that was not closed is never committed. */
  @Override
  void close() throws IOException;
}
