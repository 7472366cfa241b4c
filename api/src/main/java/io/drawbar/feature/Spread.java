package io.drawbar.feature;

import io.drawbar.iterate.Partial;
import io.drawbar.math.ExactSums;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The number, sums and sums of squares of vectors, exact: the variance is {@code (n q - s s) / (n
 * (n - 1))} without a rounding before the last.
 */
final class Spread implements Partial<Spread> {
  /** Enough that the one rounding to a double is all that is seen. */
  private static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);

  /** Squares of what is in between, and their rounding errors, neither overflow nor underflow. */
  private static final double LEAST = 0x1p-400;

  private static final double MOST = 0x1p400;
  private static final double SPLITTER = 0x1p27 + 1;

  private final ExactSums sums;
  private final ExactSums squares;
  private final double[] square;
  private final double[] error;
  private long rows;
  private long nulls;

  Spread(int elements) {
    this(new ExactSums(elements), new ExactSums(elements));
  }

  private Spread(ExactSums sums, ExactSums squares) {
    this.sums = sums;
    this.squares = squares;
    square = new double[sums.size()];
    error = new double[sums.size()];
  }

  int elements() {
    return sums.size();
  }

  long rows() {
    return rows;
  }

  long nulls() {
    return nulls;
  }

  void addNull() {
    nulls++;
  }

  void add(double[] row) {
    rows++;
    sums.add(row);
    if (!squared(row)) {
      for (int j = 0; j < row.length; j++) {
        squares.addProduct(j, row[j], row[j]);
      }
      return;
    }
    squares.add(square);
    squares.add(error);
  }

  /** Each square as a product and its rounding error (T. J. Dekker, 1971), if all are tame. */
  private boolean squared(double[] row) {
    boolean tame = true;
    for (int j = 0; j < row.length; j++) {
      double x = row[j];
      double magnitude = Math.abs(x);
      tame &= magnitude == 0 || magnitude >= LEAST && magnitude <= MOST;
      double scaled = SPLITTER * x;
      double high = scaled - (scaled - x);
      double low = x - high;
      double product = x * x;
      square[j] = product;
      error[j] = low * low - ((product - high * high) - 2 * (high * low));
    }
    return tame;
  }

  /** Whether all values of an element were finite. */
  boolean isFinite(int element) {
    try {
      sums.exact(element);
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  double mean(int element) {
    return sums.exact(element).divide(BigDecimal.valueOf(rows), DIGITS).doubleValue() + 0.0;
  }

  /** The standard deviation over n - 1; 0 if all values are the same, or there is one. */
  double deviation(int element) {
    if (rows < 2) {
      return 0;
    }
    BigDecimal n = BigDecimal.valueOf(rows);
    BigDecimal sum = sums.exact(element);
    BigDecimal spread = n.multiply(squares.exact(element)).subtract(sum.multiply(sum));
    BigDecimal pairs = n.multiply(BigDecimal.valueOf(rows - 1));
    return spread.signum() <= 0 ? 0 : spread.divide(pairs, DIGITS).sqrt(DIGITS).doubleValue();
  }

  @Override
  public void merge(Spread other) {
    rows += other.rows;
    nulls += other.nulls;
    sums.merge(other.sums);
    squares.merge(other.squares);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeLong(nulls);
    sums.encode(out);
    squares.encode(out);
  }

  static Spread decode(DataInput in, int elements) throws IOException {
    long rows = in.readLong();
    long nulls = in.readLong();
    if (rows < 0 || nulls < 0) {
      throw new IOException("spread of %s rows and %s nulls".formatted(rows, nulls));
    }
    Spread spread = new Spread(ExactSums.decode(in, elements), ExactSums.decode(in, elements));
    spread.rows = rows;
    spread.nulls = nulls;
    return spread;
  }
}
