package io.drawbar.benchmarks;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.dot;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Session;
import io.drawbar.io.LibSvm;
import io.drawbar.type.Row;
import java.util.Arrays;

/** Sparse vectors in LIBSVM's format: the sum of the labels, and that of all features. */
public class LibsvmReadBenchmark extends ReadBenchmark {

  @Override
  Job job() {
    return Job.READ_LIBSVM;
  }

  @Override
  Input input() {
    return NumberRows.LIBSVM.of(rows, cells);
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session);
  }

  static Contender portable(Session session) {
    double[] ones = new double[NumberRows.FEATURES];
    Arrays.fill(ones, 1);
    return input -> {
      String path = path(NumberRows.LIBSVM.file(input));
      Row row =
          session
              .read(LibSvm.at(path).features(NumberRows.FEATURES))
              .select(col("label"), dot(col("features"), ones).as("total"))
              .agg(sum("label").as("labels"), sum("total").as("totals"))
              .collect()
              .get(0);
      return new double[] {row.doubleValue("labels"), row.doubleValue("totals")};
    };
  }
}
