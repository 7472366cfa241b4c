package io.drawbar.evaluate;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Of several trainers, most often one with several values of its hyper-parameters, the one that
 * does best in cross-validation.
 *
 * <pre>{@code
 * LinearRegression ridge = LinearRegression.on("features").predicting("quality").standardised();
 * GridSearched<LinearRegressionModel> found =
 *     GridSearch.over(List.of(ridge.withL2(.01), ridge.withL2(.1), ridge.withL2(1)))
 *         .with(CrossValidation.folds(5).withSeed(42))
 *         .least(
 *             wines,
 *             scored -> RegressionMetrics.of(scored, "quality", "prediction").rootMeanSquaredError());
 * System.out.println(found);           // a table of the trainers
 * found.model().save(Path.of("models/quality"));
 * }</pre>
 *
 * <p>All trainers see the same folds. The rows are read once and kept, as {@link
 * CrossValidation#splits} says; there are as many fits as trainers times folds, and one more.
 *
 * @param <M> what the trainers return
 * @param trainers at least one
 * @param validation how rows are divided
 */
public record GridSearch<M extends Model>(
    List<Trainer<? extends M>> trainers, CrossValidation validation) {
  /** Copies the list, and checks that there is a trainer. */
  public GridSearch {
    trainers = List.copyOf(trainers);
    if (trainers.isEmpty()) {
      throw new IllegalArgumentException("a search needs at least one trainer");
    }
  }

  /** A search over trainers, with five folds by ids of rows. */
  public static <M extends Model> GridSearch<M> over(
      List<? extends Trainer<? extends M>> trainers) {
    return new GridSearch<>(List.copyOf(trainers), CrossValidation.folds(5));
  }

  /** The same with other folds. */
  public GridSearch<M> with(CrossValidation validation) {
    return new GridSearch<>(trainers, validation);
  }

  /**
   * Finds the trainer with the least mean of a metric, such as an error or a loss, and fits it to
   * all rows. Of trainers that do as well the first is best.
   *
   * @throws UnusableDataException if the mean is NaN for all of them
   * @throws io.drawbar.error.DrawbarException as {@link CrossValidation#evaluate}
   */
  public GridSearched<M> least(Dataset rows, ToDoubleFunction<Dataset> metric) {
    return search(rows, metric, -1);
  }

  /** The same with the greatest mean, such as an accuracy or AUC. */
  public GridSearched<M> greatest(Dataset rows, ToDoubleFunction<Dataset> metric) {
    return search(rows, metric, 1);
  }

  private GridSearched<M> search(Dataset rows, ToDoubleFunction<Dataset> metric, int sign) {
    try (Folds folds = Folds.of(validation, rows)) {
      return search(folds, metric, sign);
    }
  }

  private GridSearched<M> search(Folds folds, ToDoubleFunction<Dataset> metric, int sign) {
    List<GridSearched.Trial<M>> trials = new ArrayList<>();
    int best = -1;
    for (Trainer<? extends M> trainer : trainers) {
      CrossValidated result = folds.evaluate(trainer, metric);
      trials.add(new GridSearched.Trial<>(trainer, result));
      double mean = result.mean();
      boolean isBetter = best < 0 || sign * mean > sign * trials.get(best).result().mean();
      if (!Double.isNaN(mean) && isBetter) {
        best = trials.size() - 1;
      }
    }
    if (best < 0) {
      throw new UnusableDataException(
          "GridSearch: the metric's mean over %s folds is NaN for each of %s trainers"
              .formatted(validation.folds(), trainers.size()));
    }
    return new GridSearched<>(trials, best, trials.get(best).trainer().fit(folds.all()));
  }
}
