package io.drawbar.evaluate;

import io.drawbar.Model;
import io.drawbar.Trainer;
import java.util.ArrayList;
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

  /**
   * A line, and a table of the trainers, named by what tells them apart, in which a star is at the
   * best. If that takes long names, they are numbered and named below.
   */
  @Override
  public String toString() {
    List<String> names = names();
    boolean fit = names.stream().allMatch(name -> TextTable.cut(name).equals(name));
    boolean areNumbered = !fit || names.stream().distinct().count() < names.size();
    TextTable table = new TextTable("trainer", "mean", "spread", "");
    StringBuilder below = new StringBuilder();
    for (int trial = 0; trial < trials.size(); trial++) {
      CrossValidated result = trials.get(trial).result();
      String name = names.get(trial);
      table.add(
          areNumbered ? Integer.toString(trial + 1) : name,
          result.mean(),
          result.spread(),
          trial == bestTrial ? "*" : "");
      below.append(areNumbered ? "%s: %s\n".formatted(trial + 1, name) : "");
    }
    return "GridSearch of %s trainers, %s\n%s%s"
        .formatted(trials.size(), trials.get(0).result().validation(), table, below);
  }

  private List<String> names() {
    List<Trainer<? extends M>> trainers = new ArrayList<>();
    trials.forEach(trial -> trainers.add(trial.trainer()));
    List<String> differences = Differences.of(trainers);
    // One trainer, or several that are the same.
    return differences.stream().allMatch(String::isEmpty)
        ? trainers.stream().map(trainer -> TextTable.cut(trainer.toString())).toList()
        : differences;
  }
}
