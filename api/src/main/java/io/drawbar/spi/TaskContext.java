package io.drawbar.spi;

/** Which task this is, and what it may use. Grows by {@code with} methods, so that engines last. */
public final class TaskContext {
  /** What an engine that says nothing grants a task. */
  private static final long UNLIMITED = Long.MAX_VALUE;

  private final int task;
  private final int tasks;
  private final int receivers;
  private final String attempt;
  private final long memoryBytes;
  private final SpillFolder spillFolder;

  private TaskContext(
      int task,
      int tasks,
      int receivers,
      String attempt,
      long memoryBytes,
      SpillFolder spillFolder) {
    if (task < 0 || task >= tasks || receivers < 1) {
      throw new IllegalArgumentException(
          "task %s of %s for %s receivers".formatted(task, tasks, receivers));
    }
    if (!attempt.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("'" + attempt + "' is not fit for a file name");
    }
    if (memoryBytes < 1) {
      throw new IllegalArgumentException("a task with " + memoryBytes + " bytes of memory");
    }
    this.task = task;
    this.tasks = tasks;
    this.receivers = receivers;
    this.attempt = attempt;
    this.memoryBytes = memoryBytes;
    this.spillFolder = spillFolder;
  }

  /**
   * A task.
   *
   * @param task its number in its stage, from 0
   * @param tasks how many tasks the stage has
   * @param receivers how many tasks its frames are divided among; 1 where they go to the driver
   * @param attempt a name for this attempt that no other attempt of the run has, fit for a file
   *     name
   */
  public static TaskContext of(int task, int tasks, int receivers, String attempt) {
    return new TaskContext(task, tasks, receivers, attempt, UNLIMITED, SpillFolder.ofSystem());
  }

  /** The same task with a share of memory. */
  public TaskContext withMemoryBytes(long bytes) {
    return new TaskContext(task, tasks, receivers, attempt, bytes, spillFolder);
  }

  /** The same task with another folder for what has no room in memory. */
  public TaskContext withSpillFolder(SpillFolder folder) {
    return new TaskContext(task, tasks, receivers, attempt, memoryBytes, folder);
  }

  /** Its number in its stage, from 0. */
  public int task() {
    return task;
  }

  /** How many tasks the stage has. */
  public int tasks() {
    return tasks;
  }

  /** How many tasks its frames are divided among; 1 where they go to the driver. */
  public int receivers() {
    return receivers;
  }

  /** A name for this attempt that no other attempt of the run has, fit for a file name. */
  public String attempt() {
    return attempt;
  }

  /**
   * Where it puts down what has no room: the folder of the system for temporary files, or its own.
   */
  public SpillFolder spillFolder() {
    return spillFolder;
  }

  /**
   * How many bytes of heap the task may hold in groups, joins and sorted rows: past it, it puts
   * them down in its {@link #spillFolder}, and what cannot be put down is a named error.
   */
  public long memoryBytes() {
    return memoryBytes;
  }
}
