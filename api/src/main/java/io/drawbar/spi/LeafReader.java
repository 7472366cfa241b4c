package io.drawbar.spi;

import io.drawbar.column.Batch;
import java.io.Closeable;
import java.io.IOException;

/**
 * Reads the leaves of a split in order, block by block.
 *
 * <pre>{@code
 * while (reader.nextLeaf()) {
 *   for (Batch block = reader.nextBlock(); block != null; block = reader.nextBlock()) ...
 * }
 * }</pre>
 */
public interface LeafReader extends Closeable {
  /** Moves to the next leaf that holds the first byte of a row; false at the end of the split. */
  boolean nextLeaf() throws IOException;

  /** The current leaf: see {@link Unit#leaf}. */
  long unit();

  /**
   * The next rows of the current leaf, one whole block, valid until the next call; null at its end.
   *
   * @throws BadRowException if a row does not fit the declared schema
   */
  Batch nextBlock() throws IOException;

  /** The bytes read so far, before decompression where there is any. */
  long bytesRead();
}
