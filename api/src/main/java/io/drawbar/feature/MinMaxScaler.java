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
 * Brings each element of a vector column to the range 0 to 1, or another: what was its least value
 * in training becomes the lower end, the greatest the upper.
 *
 * <pre>{@code
 * MinMaxScalerModel scaler = MinMaxScaler.on("features").to(-1, 1).fit(customers);
 * Dataset scaled = customers.transform(scaler);
 * }</pre>
 *
 * <p>Values that training did not have may come out beyond the range. An element that is the same
 * in every row becomes the lower end (as in scikit-learn; Spark makes it the middle), and what
 * later differs from it keeps its distance: the width of such a range counts as 1.
 *
 * @param column a vector column without nulls, NaN or infinities
 * @param output the column of scaled vectors; the column itself unless {@link #into} says otherwise
 * @param from the lower end of the range
 * @param to the upper end
 */
public record MinMaxScaler(String column, String output, double from, double to)
    implements Trainer<MinMaxScalerModel> {
  /** Checks that the names are not blank, and the range is one. */
  public MinMaxScaler {
    if (column.isBlank() || output.isBlank()) {
      throw new IllegalArgumentException(
          "columns have names: MinMaxScaler.on(\"features\").into(\"scaled\"), say");
    }
    from += 0.0;
    to += 0.0;
    if (!(from < to) || !Double.isFinite(to - from)) {
      throw new IllegalArgumentException(
          "a range goes from a number to a greater one, to(0, 1), say, not from %s to %s"
              .formatted(from, to));
    }
  }

  /** A scaler of a vector column, in place, to the range 0 to 1. */
  public static MinMaxScaler on(String column) {
    return new MinMaxScaler(column, column, 0, 1);
  }

  /** The same with the scaled vectors in a column of their own. */
  public MinMaxScaler into(String output) {
    return new MinMaxScaler(column, output, from, to);
  }

  /** The same to another range. */
  public MinMaxScaler to(double from, double to) {
    return new MinMaxScaler(column, output, from, to);
  }

  /**
   * Fits in one pass.
   *
   * @throws io.drawbar.type.UnknownColumnException if the column is not there
   * @throws io.drawbar.expr.TypeMismatchException if it is no vector
   * @throws UnusableDataException if there are no rows, a value is null, NaN or infinite, or the
   *     distance of two values overflows
   */
  @Override
  public MinMaxScalerModel fit(Dataset training) {
    VectorInput input = new VectorInput(this, training, column);
    ExtentsKernel kernel = new ExtentsKernel(column, input.elements());
    Fingerprinted<Extents> found = training.reduce(new FingerprintedKernel<>(kernel));
    Extents extents = found.partial();
    input.check(extents.nulls(), extents.rows(), extents::isFinite);
    List<Double> least = new ArrayList<>();
    List<Double> greatest = new ArrayList<>();
    for (int i = 0; i < input.elements(); i++) {
      least.add(extents.least(i));
      greatest.add(extents.greatest(i));
      if (Double.isInfinite(extents.greatest(i) - extents.least(i))) {
        throw new UnusableDataException(
            "%s: '%s' goes from %s to %s, whose distance is no number; multiply it by a constant"
                    .formatted(this, input.name(i), extents.least(i), extents.greatest(i))
                + " before");
      }
    }
    Provenance provenance = Provenance.of(this, training, kernel.columns(), found.data());
    return new MinMaxScalerModel(column, output, from, to, least, greatest, provenance);
  }

  /** As it is written in a program. */
  @Override
  public String toString() {
    String range = from == 0 && to == 1 ? "" : ".to(" + from + ", " + to + ")";
    String into = output.equals(column) ? "" : ".into(\"" + output + "\")";
    return "MinMaxScaler.on(\"" + column + "\")" + range + into;
  }
}
