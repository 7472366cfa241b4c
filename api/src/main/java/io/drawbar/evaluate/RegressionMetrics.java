package io.drawbar.evaluate;

import static io.drawbar.expr.Functions.col;

import io.drawbar.Dataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.type.DataType;
import java.util.Locale;

/**
 * How near predictions are to labels y, over n rows, where e is the label less the prediction.
 *
 * @param rows n
 * @param meanSquaredError the mean of e^2
 * @param rootMeanSquaredError its root, in the label's unit
 * @param meanAbsoluteError the mean of |e|
 * @param rSquared {@code 1 - sum e^2 / sum (y - mean(y))^2}: 1 is perfect, 0 as good as the mean,
 *     negative is worse; NaN if all labels are the same
 * @param explainedVariance {@code 1 - var(e) / var(y)}: as R squared, but a constant error does not
 *     count; NaN if all labels are the same
 */
public record RegressionMetrics(
    long rows,
    double meanSquaredError,
    double rootMeanSquaredError,
    double meanAbsoluteError,
    double rSquared,
    double explainedVariance) {
  /**
   * Runs, and measures. Each metric is that of exact arithmetic, rounded once.
   *
   * @param label a LONG, DOUBLE or BOOLEAN (0 and 1) column
   * @param prediction a LONG, DOUBLE or BOOLEAN column
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws TypeMismatchException if one is no number
   * @throws UnusableDataException if there are no rows, or a value is null, NaN or infinite
   */
  public static RegressionMetrics of(Dataset scored, String label, String prediction) {
    checkNumber(scored, "RegressionMetrics", label);
    checkNumber(scored, "RegressionMetrics", prediction);
    Residuals found =
        scored
            .select(
                col(label).cast(DataType.DOUBLE).as("label"),
                col(prediction).cast(DataType.DOUBLE).as("prediction"))
            .reduce(new ResidualKernel());
    if (found.unusable() > 0) {
      throw new UnusableDataException(
          String.format(
              Locale.ROOT,
              "RegressionMetrics of '%s' and '%s': in %,d of %,d rows one of them is null, NaN or"
                  + " infinite; filter such rows out before",
              label,
              prediction,
              found.unusable(),
              found.unusable() + found.rows()));
    }
    if (found.rows() == 0) {
      throw new UnusableDataException(
          "RegressionMetrics of '%s' and '%s': there are no rows".formatted(label, prediction));
    }
    return found.metrics();
  }

  /** Fails unless a column can be a number. */
  static void checkNumber(Dataset scored, String what, String column) {
    DataType type = scored.schema().field(column).type();
    if (!type.isNumeric() && type != DataType.BOOLEAN) {
      throw new TypeMismatchException(
          "%s: column '%s' is %s, but LONG, DOUBLE or BOOLEAN is wanted"
              .formatted(what, column, type));
    }
  }

  /** A line, and a table of the metrics. */
  @Override
  public String toString() {
    TextTable table = new TextTable();
    table.add("R squared", rSquared);
    table.add("explained variance", explainedVariance);
    table.add("root mean squared error", rootMeanSquaredError);
    table.add("mean squared error", meanSquaredError);
    table.add("mean absolute error", meanAbsoluteError);
    return String.format(Locale.ROOT, "RegressionMetrics: %,d rows\n%s", rows, table);
  }
}
