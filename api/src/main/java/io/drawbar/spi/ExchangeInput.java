package io.drawbar.spi;

import java.util.List;

/**
 * Frames emitted by other stages, each handed to the task it is addressed to. They may come in any
 * order, from all producers mixed.
 *
 * @param from the ids of the stages that emit them
 * @param maximumReceivers the most tasks the stage can use; the engine chooses how many, at least 1
 */
public record ExchangeInput(List<Integer> from, int maximumReceivers) implements StageInput {
  public ExchangeInput {
    from = List.copyOf(from);
    if (from.isEmpty() || maximumReceivers < 1) {
      throw new IllegalArgumentException("an exchange needs a producer and a receiver");
    }
  }

  /** How many tasks to use where that many can run at a time. */
  public int receivers(int parallelism) {
    return Math.max(1, Math.min(parallelism, maximumReceivers));
  }
}
