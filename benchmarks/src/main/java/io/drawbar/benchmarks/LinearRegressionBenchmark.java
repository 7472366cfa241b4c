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
    return portable(session, features);
  }

  static Contender portable(Session session, int features) {
    return input -> {
      Dataset rows =
          LinearRegressionFromCsv.read(session, input.file(Plane.FILE).toString(), features);
      LinearRegressionModel model = LinearRegressionFromCsv.fit(rows);
      return DoubleStream.concat(
              DoubleStream.of(model.intercept()),
              model.coefficients().stream().mapToDouble(Double::doubleValue))
          .toArray();
    };
  }
}
