package io.drawbar.internal.kernel;

import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.TaskContext;
import java.util.Locale;

/**
 * What a task holds, against its share: past it the task ends with a named error, where the heap
 * would end the program. What is counted are arrays of rows and groups, as long as they are kept.
 */
final class TaskMemory {
  private static final double MEBIBYTE = 1 << 20;

  private final TaskContext context;
  private final int stage;
  private long held;

  TaskMemory(TaskContext context, int stage) {
    this.context = context;
    this.stage = stage;
  }

  /** Counts, and never minds. */
  static TaskMemory unlimited() {
    return new TaskMemory(TaskContext.of(0, 1, 1, "driver"), 0);
  }

  /** Whether so many more are within the task's share: who can do with less asks first. */
  boolean hasRoomFor(long bytes) {
    return held + bytes <= context.memoryBytes();
  }

  /**
   * Counts more, or, if negative, less.
   *
   * @param holder what it is held for
   * @throws MemoryLimitException if it is more than the task's share
   */
  void hold(long bytes, String holder) {
    held += bytes;
    if (held > context.memoryBytes()) {
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
  }

  void release(long bytes) {
    held -= bytes;
  }
}
