package io.drawbar.spi;

import java.util.List;
import java.util.SortedMap;

/**
 * What a run gave.
 *
 * @param frames those of the stages of the result, in any order; for {@link Terminal.Reduce} merged
 * @param counters what the engine itself measured, by its own names; for each exchange at least
 *     {@code exchange.<id of the receiving stage>.bytes}, taken from the engine's own counters
 */
public record RunResult(List<byte[]> frames, SortedMap<String, Long> counters) {}
