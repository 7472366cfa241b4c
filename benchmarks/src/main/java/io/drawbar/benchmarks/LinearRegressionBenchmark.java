package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.examples.LinearRegressionFromCsv;
import io.drawbar.learn.LinearRegressionModel;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.annotations.Param;

/** A plane fitted to rows of CSV, or to rows that the engine keeps in memory. */
public class LinearRegressionBenchmark extends JobBenchmark {

  /** The number of rows. */
  @Param("1000000")
  public long rows;

  /** The number of features. */
  @Param("100")
  public int features;

  /** Where the rows are when the clock starts: {@code cached} in memory or in a {@code csv}. */
  @Param("csv")
  public String from;

  @Override
  Job job() {
    return job(from);
  }

  static Job job(String from) {
    return from.equals("csv") ? Job.REGRESSION_FROM_CSV : Job.REGRESSION_FROM_CACHE;
  }

  @Override
  Input input() {
    return Plane.of(rows, features);
  }

  @Override
  Contender drawbar(Session session) {
    return job() == Job.REGRESSION_FROM_CACHE
        ? new FromCache(session, features)
        : portable(session, features);
  }

  static Contender portable(Session session, int features) {
    return input -> answer(LinearRegressionFromCsv.fit(read(session, input, features)));
  }

  private static Dataset read(Session session, Input input, int features) {
    return LinearRegressionFromCsv.read(session, input.file(Plane.FILE).toString(), features);
  }

  private static double[] answer(LinearRegressionModel model) {
    return DoubleStream.concat(
            DoubleStream.of(model.intercept()),
            model.coefficients().stream().mapToDouble(Double::doubleValue))
        .toArray();
  }

  /** The same from a dataset that the session keeps. */
  static final class FromCache implements Contender {
    private final Session session;
    private final int features;
    private Dataset rows;

    FromCache(Session session, int features) {
      this.session = session;
      this.features = features;
    }

    @Override
    public void prepare(Input input) {
      rows = read(session, input, features).cache();
      rows.count();
    }

    @Override
    public double[] run(Input input) {
      return answer(LinearRegressionFromCsv.fit(rows));
    }
  }
}
