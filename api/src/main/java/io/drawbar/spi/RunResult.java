package io.drawbar.spi;

import java.util.List;
import java.util.SortedMap;

/**
 * What a run gave.
 *
 * @param frames those of the stages of the result, in any order; for {@link Terminal.Reduce} merged
 * @param counters what the engine itself measured, by its own names; for each exchange at least
 *     {@link #exchangeBytes}, taken from the engine's own counters
 */
public record RunResult(List<byte[]> frames, SortedMap<String, Long> counters) {

  /**
   * The name of the counter of the bytes that an exchange has carried.
   *
   * @param receiver the id of the stage that receives them
   */
  public static String exchangeBytes(int receiver) {
    return "exchange." + receiver + ".bytes";
  }
}
