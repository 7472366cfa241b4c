package io.drawbar.spi;

import java.io.Serializable;
import java.util.List;

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
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).id() != i) {
        throw new IllegalArgumentException("stage " + stages.get(i).id() + " at position " + i);
      }
    }
  }

  /** The stage whose frames are the result. */
  public Stage last() {
    return stages.get(stages.size() - 1);
  }

  /** The one stage that a stage's frames go to; empty for the last. */
  public java.util.Optional<Stage> consumerOf(Stage stage) {
    return stages.stream()
        .filter(
            s ->
                s.input() instanceof ExchangeInput exchange && exchange.from().contains(stage.id()))
        .findFirst();
  }
}
