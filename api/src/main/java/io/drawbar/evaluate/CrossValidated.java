package io.drawbar.evaluate;

import io.drawbar.math.ExactSum;
import java.util.List;

/**
 * How a trainer did in each fold.
 *
 * @param validation how rows were divided
 * @param folds one after the other
 */
public record CrossValidated(CrossValidation validation, List<Fold> folds) {
  /**
   * One fold.
   *
   * @param trained how many rows the model was fitted to
   * @param tested how many rows it was measured on
   * @param value what the metric said
   */
  public record Fold(long trained, long tested, double value) {}

  /** Copies the list. */
  public CrossValidated {
    folds = List.copyOf(folds);
  }

  /** The mean of the folds' values, each counting the same. */
  public double mean() {
    ExactSum sum = new ExactSum();
    folds.forEach(fold -> sum.add(fold.value()));
    return sum.round() / folds.size();
  }

  /**
   * The standard deviation of the folds' values, over their number less one. It is the spread of
   * the folds and not the error of the mean: folds share most of their training rows.
   */
  public double spread() {
    double mean = mean();
    ExactSum squares = new ExactSum();
    folds.forEach(fold -> squares.addProduct(fold.value() - mean, fold.value() - mean));
    return Math.sqrt(squares.round() / (folds.size() - 1));
  }

  /** A line, and a table of the folds. */
  @Override
  public String toString() {
    TextTable table = new TextTable("fold", "trained on", "tested on", "value");
    for (int fold = 0; fold < folds.size(); fold++) {
      Fold one = folds.get(fold);
      table.add(Integer.toString(fold + 1), one.trained(), one.tested(), one.value());
    }
    return "%s: mean %s, spread %s\n%s"
        .formatted(validation, TextTable.text(mean()), TextTable.text(spread()), table);
  }
}
