package io.drawbar.spi;

/**
 * Which task this is.
 *
 * @param task its number in its stage, from 0
 * @param tasks how many tasks the stage has
 * @param receivers how many tasks its frames are divided among; 1 in the last stage
 * @param attempt a name for this attempt that no other attempt of the run has, fit for a file name
 */
public record TaskContext(int task, int tasks, int receivers, String attempt) {
  public TaskContext {
    if (task < 0 || task >= tasks || receivers < 1) {
      throw new IllegalArgumentException(
          "task %s of %s for %s receivers".formatted(task, tasks, receivers));
    }
    if (!attempt.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("'" + attempt + "' is not fit for a file name");
    }
  }
}
