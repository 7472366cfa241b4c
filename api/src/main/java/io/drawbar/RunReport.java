package io.drawbar;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/**
 * What a run has done. The counts come from the tasks that counted, each once, so they add up
 * whatever was retried.
 *
 * @param engine which engine ran it
 * @param name what was run
 * @param stages what each stage did
 * @param counters what the engine measured, by its own names
 * @param duration from the call to its end
 */
public record RunReport(
    String engine,
    String name,
    List<StageCounts> stages,
    SortedMap<String, Long> counters,
    Duration duration) {

  /**
   * What the tasks of one stage have done.
   *
   * @param stage its id
   * @param tasks how many it had
   * @param units leaves that held a row, or units of the hash space
   * @param blocks blocks of rows
   * @param rowsIn rows read from a source, or partial results taken from an exchange
   * @param rowsOut rows, or partial results, sent on
   * @param bytesRead bytes read from a source, before decompression
   * @param framesOutOfOrder frames that overtook one of a task with a lower number
   */
  public record StageCounts(
      int stage,
      long tasks,
      long units,
      long blocks,
      long rowsIn,
      long rowsOut,
      long bytesRead,
      long framesOutOfOrder) {}

  /** Rows read from sources. */
  public long rowsRead() {
    return stages.isEmpty() ? 0 : stages.get(0).rowsIn();
  }

  /** Rows that came out: collected, written or folded. */
  public long rowsOut() {
    return stages.isEmpty() ? 0 : stages.get(stages.size() - 1).rowsOut();
  }

  @Override
  public String toString() {
    StageCounts first = stages.get(0);
    return String.format(
        Locale.ROOT,
        "%,d rows in, %,d out; %,d tasks over %,d leaves in %s stage%s on engine '%s', %.2f s",
        rowsRead(),
        rowsOut(),
        stages.stream().mapToLong(StageCounts::tasks).sum(),
        first.units(),
        stages.size(),
        stages.size() == 1 ? "" : "s",
        engine,
        duration.toNanos() / 1e9);
  }
}
