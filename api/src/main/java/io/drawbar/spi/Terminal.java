package io.drawbar.spi;

import java.io.Serializable;

/** What becomes of the frames that the stages of the result emit. */
public sealed interface Terminal extends Serializable {
  /** Does what a terminal asks for: an engine that has no answer to a new one does not compile. */
  <T> T accept(Visitor<T> visitor);

  /**
   * One answer for each terminal.
   *
   * @param <T> what it gives
   */
  interface Visitor<T> {
    T collect(Collect collect);

    T commit(Commit commit);

    T reduce(Reduce reduce);
  }

  /** They are handed to the driver, in any order, those of each task once. */
  record Collect() implements Terminal {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.collect(this);
    }
  }

  /**
   * The tasks have written output under temporary names; their frames are receipts. They are handed
   * to the driver as for {@link Collect}, and the driver commits what they name.
   *
   * @param target where the output goes, for messages
   */
  record Commit(String target) implements Terminal {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.commit(this);
    }
  }

  /**
   * Each task emits one frame; any two can be merged into one, in any order and tree, and one is
   * handed to the driver. An engine that has no use for it may hand over several.
   *
   * @param merger merges two frames
   */
  record Reduce(FrameMerger merger) implements Terminal {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.reduce(this);
    }
  }
}
