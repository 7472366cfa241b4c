package io.drawbar.evaluate;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Exact sums over rows of labels y and predictions p. All metrics follow from them without another
 * rounding: {@code sum (y - p)^2 = sum y^2 - 2 sum y p + sum p^2}, say, cancels nothing that is not
 * there.
 */
final class Residuals implements Partial<Residuals> {
  private static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);

  private static final int LABEL = 0;
  private static final int PREDICTION = 1;
  private static final int ABSOLUTE = 2;
  private static final int LABEL_SQUARED = 3;
  private static final int PREDICTION_SQUARED = 4;
  private static final int PRODUCT = 5;
  private static final int SUMS = 6;

  private final ExactSums sums;
  private long rows;
  private long unusable;

  Residuals() {
    this(new ExactSums(SUMS));
  }

  private Residuals(ExactSums sums) {
    this.sums = sums;
  }

  long rows() {
    return rows;
  }

  long unusable() {
    return unusable;
  }

  void addUnusable() {
    unusable++;
  }

  void add(double label, double prediction) {
    if (!(Math.abs(label) <= Double.MAX_VALUE && Math.abs(prediction) <= Double.MAX_VALUE)) {
      unusable++;
      return;
    }
    rows++;
    sums.add(LABEL, label);
    sums.add(PREDICTION, prediction);
    sums.add(ABSOLUTE, Math.max(label, prediction));
    sums.add(ABSOLUTE, -Math.min(label, prediction));
    sums.addProduct(LABEL_SQUARED, label, label);
    sums.addProduct(PREDICTION_SQUARED, prediction, prediction);
    sums.addProduct(PRODUCT, label, prediction);
  }

  /** The metrics of at least one row. */
  RegressionMetrics metrics() {
    BigDecimal n = BigDecimal.valueOf(rows);
    BigDecimal label = sums.exact(LABEL);
    BigDecimal squares = sums.exact(LABEL_SQUARED);
    BigDecimal error = label.subtract(sums.exact(PREDICTION));
    BigDecimal errors =
        squares
            .subtract(sums.exact(PRODUCT).multiply(BigDecimal.valueOf(2)))
            .add(sums.exact(PREDICTION_SQUARED));
    // Each n times the sum of squares about the mean.
    BigDecimal total = n.multiply(squares).subtract(label.multiply(label));
    BigDecimal spread = n.multiply(errors).subtract(error.multiply(error));
    BigDecimal mean = errors.divide(n, DIGITS);
    return new RegressionMetrics(
        rows,
        mean.doubleValue(),
        mean.sqrt(DIGITS).doubleValue(),
        sums.exact(ABSOLUTE).divide(n, DIGITS).doubleValue(),
        share(n.multiply(errors), total),
        share(spread, total));
  }

  /** {@code 1 - part / total}. */
  private static double share(BigDecimal part, BigDecimal total) {
    return total.signum() == 0
        ? Double.NaN
        : total.subtract(part).divide(total, DIGITS).doubleValue();
  }

  @Override
  public void merge(Residuals other) {
    rows += other.rows;
    unusable += other.unusable;
    sums.merge(other.sums);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(unusable);
    sums.encode(out);
  }

  static Residuals decode(DataInput in) throws IOException {
    long rows = in.readLong();
    long unusable = in.readLong();
    if (rows < 0 || unusable < 0) {
      throw new IOException("residuals of %s and %s rows".formatted(rows, unusable));
    }
    Residuals residuals = new Residuals(ExactSums.decode(in, SUMS));
    residuals.rows = rows;
    residuals.unusable = unusable;
    return residuals;
  }
}
