package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a task holds, against its share. Who can put down what it holds looks whether it {@link
 * #isFull is full}, and does; for what has to be held there is a named error past the share, where
 * the heap would end the program. What is counted are arrays of rows and groups, as long as they
 * are kept.
 */
final class TaskMemory {
  private static final double MEBIBYTE = 1 << 20;

  private final TaskContext context;
  private final int stage;
  private final long most;
  private long held;

  /**
   * Nothing held.
   *
   * @param most what is held before it is put down; no more than the task's share
   */
  TaskMemory(TaskContext context, int stage, long most) {
    this.context = context;
    this.stage = stage;
    this.most = most;
  }

  /** Counts, and never minds. */
  static TaskMemory unlimited() {
    return new TaskMemory(TaskContext.of(0, 1, 1, "driver"), 0, Long.MAX_VALUE);
  }

  /** What may be held before it is put down. */
  long most() {
    return most;
  }

  /** Whether there is room for so many more: who can do with less asks first. */
  boolean hasRoomFor(long bytes) {
    return held + bytes <= most;
  }

  /**
   * Whether it is time to put down what can be: the last quarter is for what is done with the rows
   * afterwards.
   */
  boolean isFull() {
    return held > most - most / 4;
  }

  /** Counts more, or, if negative, less, of what will be put down when it is time. */
  void keep(long bytes) {
    held += bytes;
  }

  /**
   * Counts more, or, if negative, less, of what cannot be put down.
   *
   * @param holder what it is held for
   * @throws MemoryLimitException if it is more than the task's share
   */
  void hold(long bytes, String holder) {
    held += bytes;
    if (held <= context.memoryBytes()) {
      return;
    }
    throw new MemoryLimitException(
        String.format(
            Locale.ROOT,
            "task %s of %s of stage %s holds %.1f MiB for %s, and its share of memory is %.1f MiB;"
                + " raise drawbar.memory, with -Xmx, or run fewer tasks at a time"
                + " (drawbar.parallelism)",
            context.task(),
            context.tasks(),
            stage,
            held / MEBIBYTE,
            holder,
            context.memoryBytes() / MEBIBYTE));
  }

  /**
   * A batch in pieces, none of which is much of what may be held.
   *
   * @param bytes what its rows take, about
   * @throws MemoryLimitException if a row is more than the share
   */
  List<Batch> pieces(Batch batch, long bytes) {
    int count = batch.selected();
    if (bytes <= most / 8 || count == 0) {
      return List.of(batch);
    }
    if (bytes / count > context.memoryBytes()) {
      hold(bytes / count, "one row");
    }
    int pieceRows = (int) Math.max(1, (double) most / 8 / bytes * count);
    List<Batch> pieces = new ArrayList<>();
    for (int from = 0; from < count; from += pieceRows) {
      int[] rows = new int[Math.min(pieceRows, count - from)];
      for (int n = 0; n < rows.length; n++) {
        rows[n] = batch.row(from + n);
      }
      pieces.add(batch.select(rows, rows.length));
    }
    return pieces;
  }

  void release(long bytes) {
    held -= bytes;
  }
}
