package io.drawbar.spi;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What an engine runs: stages, each after the stages that feed it. Those that feed no other give
 * the result; there is more than one where branches of a union come to the driver side by side. A
 * graph is immutable, and an engine sees no more of a pipeline than this.
 *
 * @param name what the job is called on the engine's own pages
 * @param stages in an order in which they can run; a stage's id is its position
 * @param terminal what becomes of the frames that the stages of the result emit
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

  /** Frames have one address: a stage feeds one later stage at most. */
  private static void checkConsumers(List<Stage> stages, int id) {
    List<Integer> consumers = stages.stream().filter(s -> feeds(id, s)).map(Stage::id).toList();
    if (consumers.size() > 1 || consumers.stream().anyMatch(consumer -> consumer <= id)) {
      throw new IllegalArgumentException(
          "stage %s of %s feeds the stages %s; a stage feeds one at most, after it"
              .formatted(id, stages.size(), consumers));
    }
  }

  private static boolean feeds(int id, Stage stage) {
    return stage.input() instanceof ExchangeInput exchange && exchange.from().contains(id);
  }

  /** The stages whose frames are the result: those that feed no other; at least one. */
  public List<Stage> results() {
    return stages.stream().filter(stage -> consumerOf(stage).isEmpty()).toList();
  }

  /** The one stage that a stage's frames go to; empty for those of the result. */
  public Optional<Stage> consumerOf(Stage stage) {
    return stages.stream().filter(s -> feeds(stage.id(), s)).findFirst();
  }

  /**
   * How many tasks a stage's frames are divided among: those of its consumer, or the driver alone.
   *
   * @param parallelism how many tasks can run at a time
   */
  public int receivers(Stage stage, int parallelism) {
    return consumerOf(stage)
        .map(consumer -> ((ExchangeInput) consumer.input()).receivers(parallelism))
        .orElse(1);
  }
}
