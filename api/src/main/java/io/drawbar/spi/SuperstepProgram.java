package io.drawbar.spi;

import java.io.IOException;
import java.io.Serializable;

/**
 * The code of a superstep over {@link HeldBlocks}, shipped to where they are. Which worker folds
 * which block is the engine's business: each block is folded by exactly one of those whose frames
 * count, and the driver checks that.
 */
public interface SuperstepProgram extends Serializable {
  /** What is computed, for messages and an engine's own pages. */
  String describe();

  /**
   * A worker for one superstep.
   *
   * @param state what the driver sends to all of them
   * @throws IOException if the bytes are not such a state
   */
  Worker open(byte[] state) throws IOException;

  /** Merges two frames of workers. */
  FrameMerger merger();

  /** Folds some blocks, on one thread. */
  interface Worker {
    /**
     * Folds a block.
     *
     * @param index from 0 to less than {@link HeldBlocks#count}
     * @throws IOException if a block that is kept on disk cannot be read
     */
    void fold(HeldBlocks held, int index) throws IOException;

    /** The frame of what it has folded; it may be nothing. */
    byte[] end();
  }
}
