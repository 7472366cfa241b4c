package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings each element of a vector column to median 0 and an interquartile range of 1: what a few
 * outliers do not move.
 *
 * <pre>{@code
 * RobustScalerModel scaler = RobustScaler.on("features").fit(customers);
 * Dataset scaled = customers.transform(scaler);
 * }</pre>
 *
 * <p>Median and quartiles are exact, by nearest rank: values that are there. An element whose
 * quartiles are the same is centred and left at that.
 *
 * @param column a vector column without nulls, NaN or infinities
 * @param output the column of scaled vectors; the column itself unless {@link #into} says otherwise
 */
public record RobustScaler(String column, String output) implements Trainer<RobustScalerModel> {
  /** The most elements that the vectors may have. */
  public static final int MOST_ELEMENTS = ExactQuantiles.MOST / 3;

  /** Checks that the names are not blank. */
  public RobustScaler {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: RobustScaler.on(\"features\").into(\"scaled\"), say");
    }
  }

  /** A scaler of a vector column, in place. */
  public static RobustScaler on(String column) {
    return new RobustScaler(column, column);
  }

  /** The same with the scaled vectors in a column of their own. */
  public RobustScaler into(String output) {
    return new RobustScaler(column, output);
  }

  /**
   * Fits: reads the rows once, and goes over what is held of them a few times.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector
   * @throws UnusableDataException if there are no rows, a value is null, NaN or infinite, the
   *     interquartile range overflows or is less than {@link Double#MIN_NORMAL} and not 0, or there
   *     are more than {@link #MOST_ELEMENTS} elements
   */
  @Override
  public RobustScalerModel fit(Dataset training) {
    VectorInput input = new VectorInput(this, training, column);
    if (input.elements() > MOST_ELEMENTS) {
      throw new UnusableDataException(
          "%s: '%s' has %s elements; %s at most. Hashed terms are better left as they are"
              .formatted(this, column, input.elements(), MOST_ELEMENTS));
    }
    List<String> columns = List.of(column);
    try (HeldDataset rows = training.hold(columns)) {
      ExactQuantiles found =
          ExactQuantiles.of(rows, columns, input.elements(), new long[] {1, 2, 3}, 4);
      input.check(found.nulls(0), rows.data().rows(), found::isFinite);
      List<Double> medians = new ArrayList<>();
      List<Double> ranges = new ArrayList<>();
      for (int i = 0; i < input.elements(); i++) {
        double range = found.toDouble(i, 2) - found.toDouble(i, 0);
        input.checkWidth(i, "interquartile range", range);
        medians.add(found.toDouble(i, 1));
        ranges.add(range);
      }
      Provenance provenance = Provenance.of(this, training, columns, rows.data());
      return new RobustScalerModel(column, output, medians, ranges, provenance);
    }
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : ".into(\"" + output + "\")";
    return "RobustScaler.on(\"" + column + "\")" + into;
  }
}
