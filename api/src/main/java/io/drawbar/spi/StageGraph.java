package io.drawbar.spi;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What an engine runs: stages, each after the stages that feed it, the last one giving the result.
 * It is immutable, and an engine sees no more of a pipeline than this.
 *
 * @param name what the job is called on the engine's own pages
 * @param stages in an order in which they can run; a stage's id is its position
 * @param terminal what becomes of the frames that the last stage emits
 */
public record StageGraph(String name, List<Stage> stages, Terminal terminal)
    implements Serializable {
  public StageGraph {
    stages = List.copyOf(stages);
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("a graph without stages");
    }
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).id() != i) {
        throw new IllegalArgumentException("stage " + stages.get(i).id() + " at position " + i);
      }
      checkConsumers(stages, i);
    }
  }

  /** Frames have one address: a stage feeds exactly one later stage, the last one feeds none. */
  private static void checkConsumers(List<Stage> stages, int id) {
    List<Integer> consumers = stages.stream().filter(s -> feeds(id, s)).map(Stage::id).toList();
    boolean isLast = id == stages.size() - 1;
    if (isLast ? !consumers.isEmpty() : consumers.size() != 1 || consumers.get(0) <= id) {
      throw new IllegalArgumentException(
          "stage %s of %s feeds the stages %s; each but the last feeds exactly one after it"
              .formatted(id, stages.size(), consumers));
    }
  }

  private static boolean feeds(int id, Stage stage) {
    return stage.input() instanceof ExchangeInput exchange && exchange.from().contains(id);
  }

  /** The stage whose frames are the result. */
  public Stage last() {
    return stages.get(stages.size() - 1);
  }

  /** The one stage that a stage's frames go to; empty for the last. */
  public Optional<Stage> consumerOf(Stage stage) {
    return stages.stream().filter(s -> feeds(stage.id(), s)).findFirst();
  }
}
