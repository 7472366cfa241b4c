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
  /**
   * Has somebody told of rows that do not fit, where they do not end the reading; called before
   * anything else. A source without such rows has nothing to tell.
   */
  default void tell(BadRowListener listener) {}

  /** Moves to the next leaf that holds the first byte of a row; false at the end of the split. */
  boolean nextLeaf() throws IOException;

  /** The current leaf: see {@link Unit#leaf}. */
  long unit();

  /**
   * The next rows of the current leaf, one whole block, valid until the next call; null at its end.
   * A bad row that does not end the reading has been told of, and is in the block all the same, but
   * not selected: so the rows after it are in the blocks, and have the ids, that they would have
   * had.
   *
   * @throws BadRowException if a row does not fit the declared schema, and that is not tolerated
   */
  Batch nextBlock() throws IOException;

  /** The bytes read so far, before decompression where there is any. */
  long bytesRead();
}
