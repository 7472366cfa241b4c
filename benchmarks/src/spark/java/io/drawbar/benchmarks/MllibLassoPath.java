package io.drawbar.benchmarks;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * MLlib's lasso at one penalty after the other, with the solver that it takes by itself: for no
 * more than 4,096 features the sums of products, in a pass for each penalty, and OWL-QN on these.
 *
 * <p>Its penalties are those of {@link LassoPathTraining} as they are. It puts features and label
 * in units of their standard deviations and divides the penalty by the label's, {@code 1/2
 * mean((y/d - sum_j u_j x_j/d_j)^2) + penalty/d sum_j |u_j|}; times {@code d^2}, with {@code b_j =
 * u_j d/d_j}, that is {@code 1/2 mean((y - sum_j b_j x_j)^2) + penalty sum_j d_j |b_j|}, which is
 * minimised there. On sums of products its deviations have n for a divisor, as they have there.
 *
 * <p>It cannot find the greatest penalty, so it is told, before the clock starts.
 */
final class MllibLassoPath implements Contender {
  private final Training training;
  private final Supplier<SparkSession> session;
  private final boolean isCached;
  private double[] penalties;
  private Dataset<Row> cached;

  private MllibLassoPath(Training training, Supplier<SparkSession> session, boolean isCached) {
    this.training = training;
    this.session = session;
    this.isCached = isCached;
  }

  static void offer(ByHand programs, Training training, Supplier<SparkSession> session) {
    for (String from : Training.FROM) {
      programs.offer(
          training.from(from),
          "mllib",
          new MllibLassoPath(training, session, from.equals("cached")));
    }
  }

  @Override
  public void prepare(Input input) throws Exception {
    penalties = LassoPathTraining.penalties(training.read(input));
    if (isCached) {
      cached = rows(input);
      cached.count();
    }
  }

  /** Kept in memory for all of its passes, from wherever they come. */
  private Dataset<Row> rows(Input input) throws Exception {
    return SparkMllib.rows(session.get(), input.file(training.data().file())).cache();
  }

  @Override
  public double[] run(Input input) throws Exception {
    if (isCached) {
      return fit(cached);
    }
    Dataset<Row> rows = rows(input);
    try {
      return fit(rows);
    } finally {
      rows.unpersist();
    }
  }

  private double[] fit(Dataset<Row> rows) {
    LinearRegression lasso = new LinearRegression().setLabelCol("y").setElasticNetParam(1);
    LinearRegressionModel[] path =
        Arrays.stream(penalties)
            .mapToObj(penalty -> lasso.setRegParam(penalty).fit(rows))
            .toArray(LinearRegressionModel[]::new);
    return IntStream.of(LassoPathTraining.lookedAt(path.length))
        .mapToObj(i -> path[i])
        .flatMapToDouble(
            model ->
                DoubleStream.concat(
                    DoubleStream.of(model.intercept()),
                    Arrays.stream(model.coefficients().toArray())))
        .toArray();
  }
}
