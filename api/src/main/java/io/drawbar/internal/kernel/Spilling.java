package io.drawbar.internal.kernel;

import io.drawbar.spi.SpillFolder;
import io.drawbar.spi.TaskContext;
import java.io.Serializable;

/**
 * When and where tasks put down groups and rows, by the configuration of a session; what it leaves
 * open the engine says.
 *
 * @param bytes what a task holds before it puts it down, if the engine grants it so much; 0 for
 *     what it grants
 * @param folder where it puts it down; empty for the engine's folder
 */
public record Spilling(long bytes, String folder) implements Serializable {
  /** As the engine says. */
  static final Spilling BY_ENGINE = new Spilling(0, "");

  /** What a task holds before it puts it down. */
  long bytes(TaskContext context) {
    return bytes == 0 ? context.memoryBytes() : Math.min(bytes, context.memoryBytes());
  }

  /** The folder, given an engine's. */
  SpillFolder folder(SpillFolder ofEngine) {
    return folder.isEmpty() ? ofEngine : SpillFolder.at(folder);
  }
}
