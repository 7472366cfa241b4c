package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import java.io.IOException;

/**
 * A step of a stage at work: rows are pushed through it, unit by unit and block by block, and it
 * pushes what comes of them to the next. The calls come as {@code ((beginUnit (batch* endBlock)*
 * endUnit)* endSplit)* endInput close}; into {@code FinalAggregateStep}, which is fed with frames,
 * as {@code batch* endInput close}.
 */
interface Operator {
  /** A leaf, or hash unit, begins; units come in ascending order within a split. */
  void beginUnit(long unit) throws IOException;

  /** Rows of the current block; valid until the call returns. */
  void batch(Batch batch) throws IOException;

  /** The current block is complete; it may have had no batch, or several. */
  void endBlock() throws IOException;

  /** The current unit is complete. */
  void endUnit() throws IOException;

  /** A split is complete: what follows may be far away in the data. */
  void endSplit() throws IOException;

  /** Everything is complete: emit what was held back. */
  void endInput() throws IOException;

  /** Releases files; called once, also after a failure. */
  void close() throws IOException;
}
