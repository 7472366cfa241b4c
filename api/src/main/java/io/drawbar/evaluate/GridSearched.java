package io.drawbar.evaluate;

import io.drawbar.Model;
import io.drawbar.Trainer;
import java.util.List;

/**
 * What a {@link GridSearch} has found.
 *
 * @param <M> what the trainers return
 * @param trials one for each trainer, in their order
 * @param bestTrial which of them is best, from 0
 * @param model that of the best trainer, fitted to all rows
 */
public record GridSearched<M extends Model>(List<Trial<M>> trials, int bestTrial, M model) {
  /**
   * One trainer.
   *
   * @param <M> what it returns
   * @param trainer the trainer
   * @param result how it did
   */
  public record Trial<M extends Model>(Trainer<? extends M> trainer, CrossValidated result) {}

  /** Copies the list. */
  public GridSearched {
    trials = List.copyOf(trials);
  }

  /** The best trainer. */
  public Trainer<? extends M> best() {
    return trials.get(bestTrial).trainer();
  }

  /** A line, and a table of the trainers, in which a star is at the best. */
  @Override
  public String toString() {
    TextTable table = new TextTable("trainer", "mean", "spread", "");
    for (int trial = 0; trial < trials.size(); trial++) {
      CrossValidated result = trials.get(trial).result();
      table.add(
          trials.get(trial).trainer().toString(),
          result.mean(),
          result.spread(),
          trial == bestTrial ? "*" : "");
    }
    return "GridSearch of %s trainers, %s\n%s"
        .formatted(trials.size(), trials.get(0).result().validation(), table);
  }
}
