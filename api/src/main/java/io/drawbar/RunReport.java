package io.drawbar;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a run has done. The counts come from the tasks that counted, each once, so they add up
 * whatever was retried.
 *
 * @param id of the run: its number in the session, from 1; {@link RunControl} and {@link
 *     RunProgress} have it, too
 * @param engine which engine ran it
 * @param name what was run
 * @param stages what each stage did
 * @param rowsOut rows that came out: collected, written or folded
 * @param counters what the engine measured, by its own names
 * @param duration from the start of the run to its end
 */
public record RunReport(
    long id,
    String engine,
    String name,
    List<StageCounts> stages,
    long rowsOut,
    SortedMap<String, Long> counters,
    Duration duration) {

  /** What a stage is fed with. */
  public enum Feed {
    /** Rows of a source, or of a cache. */
    SOURCE,
    /** What other stages send. */
    EXCHANGE
  }

  /**
   * What the tasks of one stage have done.
   *
   * @param stage its id
   * @param name what it does
   * @param feed what it is fed with
   * @param tasks how many it had
   * @param units leaves that held a row, or units of the hash space
   * @param blocks blocks of rows
   * @param largestUnit the rows of the largest unit after an exchange: a unit is one task's, so
   *     this is what a hot key costs
   * @param rowsIn rows read from a source, good and bad, or rows and partial results taken from an
   *     exchange
   * @param rowsBad rows read that were left out, because they do not fit their schema
   * @param rowsMended rows read, and good, of which fields were made null that do not fit
   * @param fieldsNulled how many fields these are
   * @param rowsOut rows, or partial results, sent on
   * @param bytesRead bytes read from a source, before decompression
   * @param framesOutOfOrder frames that overtook one of a task with a lower number
   * @param bytesSpilled bytes that tasks put down on disk because memory was full: those of rows
   *     that were put down again, in longer runs, count again
   * @param runsSpilled how often rows or groups were put down, or merged to be put down again
   */
  public record StageCounts(
      int stage,
      String name,
      Feed feed,
      long tasks,
      long units,
      long blocks,
      long largestUnit,
      long rowsIn,
      long rowsBad,
      long rowsMended,
      long fieldsNulled,
      long rowsOut,
      long bytesRead,
      long framesOutOfOrder,
      long bytesSpilled,
      long runsSpilled) {}

  /** Rows read from sources: those that are good and those that are bad. */
  public long rowsRead() {
    return sources().mapToLong(StageCounts::rowsIn).sum();
  }

  /** Rows read from sources that fit their schema, or were made to by nulls. */
  public long rowsGood() {
    return rowsRead() - rowsBad();
  }

  /** Rows read from sources that were left out, because they do not fit their schema. */
  public long rowsBad() {
    return sources().mapToLong(StageCounts::rowsBad).sum();
  }

  /** Fields of good rows that were made null, because they do not fit their columns. */
  public long fieldsNulled() {
    return sources().mapToLong(StageCounts::fieldsNulled).sum();
  }

  /** Bytes read from sources, before decompression. */
  public long bytesRead() {
    return sources().mapToLong(StageCounts::bytesRead).sum();
  }

  /** Bytes that tasks put down on disk because memory was full. */
  public long bytesSpilled() {
    return stages.stream().mapToLong(StageCounts::bytesSpilled).sum();
  }

  private Stream<StageCounts> sources() {
    return stages.stream().filter(stage -> stage.feed() == Feed.SOURCE);
  }

  private String unfit() {
    String bad =
        rowsBad() == 0
            ? ""
            : String.format(Locale.ROOT, ", %,d good and %,d bad", rowsGood(), rowsBad());
    return fieldsNulled() == 0
        ? bad
        : bad + ", " + counted(fieldsNulled(), "field", "fields") + " made null";
  }

  private static String counted(long count, String one, String more) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : more);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d rows (%,d bytes) in%s, %,d out; %s%s over %s in %s on engine '%s', %.2f s",
        rowsRead(),
        bytesRead(),
        unfit(),
        rowsOut,
        bytesSpilled() > 0
            ? String.format(Locale.ROOT, "%,d bytes put down on disk; ", bytesSpilled())
            : "",
        counted(stages.stream().mapToLong(StageCounts::tasks).sum(), "task", "tasks"),
        counted(sources().mapToLong(StageCounts::units).sum(), "leaf", "leaves"),
        counted(stages.size(), "stage", "stages"),
        engine,
        duration.toNanos() / 1e9);
  }
}
