package io.drawbar.iterate;

/**
 * What a {@link Superstep}'s folds may leave with a block for the next superstep: bounds that
 * prune, margins. It may be gone at any time: after a failure, on another worker, where memory is
 * short, on engines that keep none. So a fold that finds nothing computes afresh what it would have
 * found, to the same bits; and because an attempt that did not count may have left something, what
 * is left says of which state it is.
 */
public interface BlockMemory {
  /** A memory of nothing, for a fold that runs once. */
  BlockMemory NONE =
      new BlockMemory() {
        @Override
        public Object take() {
          return null;
        }

        @Override
        public void leave(Object value, long bytes) {
          // Forgotten.
        }
      };

  /** What was left with this block by the same iteration, which is then the caller's; or null. */
  Object take();

  /**
   * Leaves something with this block, or forgets it, if there is no room.
   *
   * @param bytes about what it takes on the heap
   */
  void leave(Object value, long bytes);
}
