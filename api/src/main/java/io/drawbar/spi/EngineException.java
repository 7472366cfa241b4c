package io.drawbar.spi;

import io.drawbar.error.DrawbarException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An engine could not do its part: start, move frames, bring a task to its end in all its attempts.
 */
public final class EngineException extends DrawbarException {
  private static final long serialVersionUID = 1;

  public EngineException(String message) {
    super(message);
  }

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * A run that ended because tasks of a stage did, in all their attempts.
   *
   * @param engine the engine's name in configuration
   * @param stages those it may have been; empty if that is not known
   * @param run the name of the graph
   * @param why the cause in a few words, without a full stop
   * @param wayOut what to do about it: sentences
   * @param cause the engine's own exception
   */
  public static EngineException ofStages(
      String engine, List<Stage> stages, String run, String why, String wayOut, Throwable cause) {
    String names =
        stages.stream()
            .map(stage -> "stage %s '%s'".formatted(stage.id(), stage.name()))
            .distinct()
            .collect(Collectors.joining(" or "));
    return new EngineException(
        "engine '%s': %s'%s' failed: %s. %s"
            .formatted(engine, names.isEmpty() ? "" : names + " of ", run, why, wayOut),
        cause);
  }
}
