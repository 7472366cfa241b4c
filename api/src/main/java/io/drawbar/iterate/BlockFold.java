package io.drawbar.iterate;

import io.drawbar.column.Batch;

/**
 * Folds the rows of one block after another, in one task.
 *
 * @param <P> the partial that blocks are added to
 */
public interface BlockFold<P extends Partial<P>> {
  /**
   * Begins a block.
   *
   * @param memory what earlier supersteps have left with it
   */
  default void beginBlock(BlockMemory memory) {}

  /**
   * Folds more rows of the current block. A block may come in several batches, and the result must
   * not depend on how many: lanes and counters are carried across. Its arrays are read and never
   * written: others read them, too.
   */
  void batch(Batch batch);

  /**
   * Ends the block: adds what it amounts to, exactly, to a partial, and starts afresh. A block of
   * which no row is left is not ended.
   */
  void endBlock(P into);
}
