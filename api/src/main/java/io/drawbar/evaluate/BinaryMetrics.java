package io.drawbar.evaluate;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.min;
import static io.drawbar.expr.Functions.not;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.UnusableDataException;
import io.drawbar.expr.Expr;
import io.drawbar.math.ExactSum;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How well scores tell rows of label 1 from rows of label 0.
 *
 * <p>Rows are counted by distinct score, on the engine; the driver holds 24 bytes for each. All
 * metrics are functions of those counts.
 */
public final class BinaryMetrics {
  /** Probabilities nearer to 0 or 1 than this count as this near in {@link #logLoss}. */
  public static final double LOG_LOSS_CLIP = 1e-15;

  private static final MathContext DIGITS = new MathContext(40, RoundingMode.HALF_EVEN);

  private final String score;
  private final ScoreCounts counts;
  private final long positives;
  private final long negatives;

  private BinaryMetrics(String score, ScoreCounts counts) {
    this.score = score;
    this.counts = counts;
    long ones = 0;
    long zeros = 0;
    for (int i = 0; i < counts.size(); i++) {
      ones += counts.positives(i);
      zeros += counts.negatives(i);
    }
    positives = ones;
    negatives = zeros;
  }

  /**
   * Runs, and counts.
   *
   * @param label a BOOLEAN column, or a LONG or DOUBLE column of 0 and 1
   * @param score a LONG, DOUBLE or BOOLEAN column: the greater, the likelier is label 1; a
   *     probability, if {@link #logLoss} is wanted
   * @throws io.drawbar.type.UnknownColumnException if one of the columns is not there
   * @throws io.drawbar.expr.TypeMismatchException if one is no number
   * @throws UnusableDataException if a label is not 0 or 1, a score is null or NaN, or all labels
   *     are the same
   */
  public static BinaryMetrics of(Dataset scored, String label, String score) {
    RegressionMetrics.checkNumber(scored, "BinaryMetrics", label);
    RegressionMetrics.checkNumber(scored, "BinaryMetrics", score);
    Dataset numbers =
        scored.select(
            col(label).cast(DataType.DOUBLE).as("label"),
            col(score).cast(DataType.DOUBLE).as("score"));
    ScoreCounts counts =
        numbers
            .groupBy("score")
            .agg(
                count().as("rows"),
                sum(col("label").eq(1).cast(DataType.LONG)).as("positives"),
                sum(col("label").eq(0).cast(DataType.LONG)).as("negatives"))
            .reduce(new ScoreKernel());
    if (counts.unusable() > 0) {
      throw unusable(numbers, label, score);
    }
    BinaryMetrics metrics = new BinaryMetrics(score, counts.sorted());
    if (metrics.positives == 0 || metrics.negatives == 0) {
      throw new UnusableDataException(
          String.format(
              Locale.ROOT,
              "BinaryMetrics of '%s': %,d rows have label 1 and %,d have label 0; without rows of both"
                  + " there is nothing to tell apart",
              label,
              metrics.positives,
              metrics.negatives));
    }
    return metrics;
  }

  /** The metrics of counts, for tests. */
  static BinaryMetrics of(ScoreCounts counts) {
    return new BinaryMetrics("score", counts.sorted());
  }

  /** Looks again, to say what is wrong. */
  private static UnusableDataException unusable(Dataset numbers, String label, String score) {
    Expr odd = not(col("label").eq(0).or(col("label").eq(1)));
    Row labels =
        numbers
            .where(odd)
            .agg(count().as("n"), min("label").as("least"), max("label").as("greatest"))
            .collect()
            .get(0);
    long nulls = numbers.where(col("label").isNull()).count();
    long scores = numbers.where(col("score").isNull().or(col("score").eq(Double.NaN))).count();
    String range =
        labels.longValue("n") == 0
            ? ""
            : " (from %s to %s)".formatted(labels.value("least"), labels.value("greatest"));
    return new UnusableDataException(
        String.format(
            Locale.ROOT,
            "BinaryMetrics of '%s' and '%s': %s; filter such rows out before",
            label,
            score,
            Stream.of(
                    counted(labels.longValue("n"), "label", "neither 0 nor 1" + range),
                    counted(nulls, "label", "null"),
                    counted(scores, "score", "null or NaN"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "))));
  }

  /** So many of something are so; empty if none is. */
  private static String counted(long count, String what, String how) {
    return count == 0
        ? ""
        : String.format(
            Locale.ROOT, "%,d %s %s", count, what + (count == 1 ? " is" : "s are"), how);
  }

  /** The number of rows. */
  public long rows() {
    return positives + negatives;
  }

  /** The number of rows of label 1. */
  public long positives() {
    return positives;
  }

  /**
   * The area under the ROC curve: the probability that a row of label 1 has a greater score than
   * one of label 0, where equal scores count half (H. B. Mann, D. R. Whitney, 1947). Counted in
   * whole numbers, and rounded once.
   */
  public double auc() {
    long high = 0;
    long low = 0;
    long below = 0;
    for (int i = 0; i < counts.size(); i++) {
      // Twice the pairs won: a tie is one.
      long twice = 2 * below + counts.negatives(i);
      long product = twice * counts.positives(i);
      low += product;
      high += Math.multiplyHigh(twice, counts.positives(i));
      high += Long.compareUnsigned(low, product) < 0 ? 1 : 0;
      below += counts.negatives(i);
    }
    BigInteger lowWord = new BigInteger(Long.toUnsignedString(low));
    BigInteger won = BigInteger.valueOf(high).shiftLeft(64).add(lowWord);
    BigInteger pairs = BigInteger.valueOf(positives).multiply(BigInteger.valueOf(negatives));
    return new BigDecimal(won).divide(new BigDecimal(pairs.shiftLeft(1)), DIGITS).doubleValue();
  }

  /**
   * The mean over rows of {@code -log(p)} for label 1 and {@code -log(1 - p)} for label 0, in nats.
   * A probability below {@value #LOG_LOSS_CLIP} counts as that, one nearer to 1 likewise, so that a
   * row costs 34.5 at most.
   *
   * @throws UnusableDataException if a score is no probability
   */
  public double logLoss() {
    ExactSum sum = new ExactSum();
    for (int i = 0; i < counts.size(); i++) {
      double given = counts.score(i);
      if (!(given >= 0 && given <= 1)) {
        throw new UnusableDataException(
            "log-loss of '%s': %s is not a probability, from 0 to 1".formatted(score, given));
      }
      double p = Math.max(LOG_LOSS_CLIP, Math.min(1 - LOG_LOSS_CLIP, given));
      sum.addProduct(counts.positives(i), -StrictMath.log(p));
      sum.addProduct(counts.negatives(i), -StrictMath.log1p(-p));
    }
    return sum.round() / rows();
  }

  /** The counts on both sides of a threshold; a score of the threshold itself is above. */
  public Confusion at(double threshold) {
    long truePositives = 0;
    long falsePositives = 0;
    for (int i = 0; i < counts.size(); i++) {
      if (counts.score(i) >= threshold) {
        truePositives += counts.positives(i);
        falsePositives += counts.negatives(i);
      }
    }
    return new Confusion(
        truePositives, falsePositives, negatives - falsePositives, positives - truePositives);
  }

  /**
   * A line with AUC, and, if the scores are probabilities, log-loss and the counts at a threshold
   * of one half.
   */
  @Override
  public String toString() {
    String head =
        String.format(
            Locale.ROOT,
            "BinaryMetrics: %,d rows, %,d of label 1, AUC %.6f",
            rows(),
            positives,
            auc());
    boolean areProbabilities = counts.size() > 0;
    for (int i = 0; i < counts.size(); i++) {
      areProbabilities &= counts.score(i) >= 0 && counts.score(i) <= 1;
    }
    return areProbabilities
        ? String.format(
            Locale.ROOT, "%s, log-loss %.6f\nat threshold 0.5, %s", head, logLoss(), at(0.5))
        : head + "\n";
  }
}
