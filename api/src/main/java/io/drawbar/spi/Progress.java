package io.drawbar.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a run has come: written by its engine, read by whoever waits. What it says may lag, and a
 * task that is tried again may count as ended only once. Safe for several threads.
 */
public final class Progress {
  private final SortedMap<Integer, StageProgress> stages = new TreeMap<>();

  /**
   * How far a stage has come.
   *
   * @param stage its id
   * @param tasks how many tasks it has; or pieces of work, where tasks take one after the other
   * @param ended how many of them have ended well
   */
  public record StageProgress(int stage, int tasks, int ended) {}

  /** A stage has begun, with so many tasks. */
  public synchronized void begun(int stage, int tasks) {
    stages.putIfAbsent(stage, new StageProgress(stage, tasks, 0));
  }

  /** One more task of a stage has ended. */
  public synchronized void ended(int stage) {
    stages.computeIfPresent(
        stage, (id, s) -> new StageProgress(id, s.tasks(), Math.min(s.tasks(), s.ended() + 1)));
  }

  /** So many tasks of a stage have ended; for engines that can only be asked. */
  public synchronized void ended(int stage, int tasks, int ended) {
    stages.put(stage, new StageProgress(stage, tasks, ended));
  }

  /** The stages that have begun, by id. */
  public synchronized List<StageProgress> stages() {
    return new ArrayList<>(stages.values());
  }
}
