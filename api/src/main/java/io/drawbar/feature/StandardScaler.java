package io.drawbar.feature;

import io.drawbar.Dataset;
import io.drawbar.Provenance;
import io.drawbar.Trainer;
import io.drawbar.UnusableDataException;
import io.drawbar.iterate.Fingerprinted;
import io.drawbar.iterate.FingerprintedKernel;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings each element of a vector column to mean 0 and standard deviation 1.
 *
 * <pre>{@code
 * StandardScalerModel scaler = StandardScaler.on("features").fit(customers);
 * Dataset scaled = customers.transform(scaler);
 * }</pre>
 *
 * <p>Mean and standard deviation (of the sample, over n - 1) are those of exact arithmetic, rounded
 * once: they depend on the rows and not on their order, files or blocks. An element that is the
 * same in every row is centred and left at that.
 *
 * @param column a vector column without nulls, NaN or infinities
 * @param output the column of scaled vectors; the column itself unless {@link #into} says otherwise
 */
public record StandardScaler(String column, String output) implements Trainer<StandardScalerModel> {
  /** Checks that the names are not blank. */
  public StandardScaler {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: StandardScaler.on(\"features\").into(\"scaled\"), say");
    }
  }

  /** A scaler of a vector column, in place. */
  public static StandardScaler on(String column) {
    return new StandardScaler(column, column);
  }

  /** The same with the scaled vectors in a column of their own. */
  public StandardScaler into(String output) {
    return new StandardScaler(column, output);
  }

  /**
   * Fits in one pass.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector
   * @throws UnusableDataException if there are no rows, a value is null, NaN or infinite, or the
   *     standard deviation overflows or is less than {@link Double#MIN_NORMAL} and not 0
   */
  @Override
  public StandardScalerModel fit(Dataset training) {
    VectorInput input = new VectorInput(this, training, column);
    SpreadKernel kernel = new SpreadKernel(column, input.elements());
    Fingerprinted<Spread> found = training.reduce(new FingerprintedKernel<>(kernel));
    Spread spread = found.partial();
    input.check(spread.nulls(), spread.rows(), spread::isFinite);
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int i = 0; i < input.elements(); i++) {
      means.add(spread.mean(i));
      double deviation = spread.deviation(i);
      input.checkWidth(i, "standard deviation", deviation);
      deviations.add(deviation);
    }
    Provenance provenance = Provenance.of(this, training, kernel.columns(), found.data());
    return new StandardScalerModel(column, output, means, deviations, provenance);
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String into = output.equals(column) ? "" : ".into(\"" + output + "\")";
    return "StandardScaler.on(\"" + column + "\")" + into;
  }
}
