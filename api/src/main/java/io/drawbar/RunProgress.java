package io.drawbar;

import io.drawbar.spi.Progress.StageProgress;
import java.time.Duration;
import java.util.List;

/**
 * How far a run has come.
 *
 * @param id of the run: its number in the session, from 1
 * @param name what is run
 * @param stages how many stages it has
 * @param begun those that have begun, by id
 * @param elapsed since its start
 */
public record RunProgress(
    long id, String name, int stages, List<StageProgress> begun, Duration elapsed) {
  /**
   * The share of the work that is done, from 0 to 1, if stages were of the same length: each counts
   * by its tasks that have ended.
   */
  public double share() {
    double done = 0;
    for (StageProgress stage : begun) {
      done += stage.tasks() == 0 ? 1 : (double) stage.ended() / stage.tasks();
    }
    return stages == 0 ? 1 : Math.min(1, done / stages);
  }
}
