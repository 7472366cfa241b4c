package io.drawbar.engine.flink;

import io.drawbar.spi.StageProgram;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * What the readers of rows that are held do. Each has one task of each stage, as far as there are
 * so many, and what it has to read lies in the files of {@link Feed.Splits}.
 *
 * @param folder what driver and readers share
 * @param stages all of them
 * @param readers how many there are; all run at the same time
 * @param slots by how many a task manager's memory is divided; 0 if by those that it has
 * @param attempts how often a reader is tried for the same superstep
 * @param patience how long a reader that holds its rows may say nothing
 */
record HoldPlan(
    RunFolder folder,
    List<HeldStage> stages,
    int readers,
    int slots,
    int attempts,
    Duration patience)
    implements Serializable {

  /**
   * A stage.
   *
   * @param tasks how many tasks it has
   */
  record HeldStage(int id, StageProgram program, int tasks) implements Serializable {}

  /** What may go by a message from each reader. */
  long messageBytes() {
    return Parcel.MOST_BYTES / readers;
  }
}
