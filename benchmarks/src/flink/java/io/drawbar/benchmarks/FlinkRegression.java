package io.drawbar.benchmarks;

import java.util.Arrays;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** The DataStream API: each task adds up its products and sends them once; the driver solves. */
final class FlinkRegression {
  private FlinkRegression() {}

  static double[] fromCsv(StreamExecutionEnvironment environment, Input input) throws Exception {
    MapPartitionFunction<String, double[]> products =
        (lines, out) -> {
          Gram gram = null;
          for (String line : lines) {
            double[] row =
                Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
            gram = gram == null ? new Gram(row.length - 1) : gram;
            gram.add(row);
          }
          if (gram != null) {
            out.collect(gram.numbers());
          }
        };
    Gram all = null;
    try (CloseableIterator<double[]> grams =
        FlinkTables.lines(environment, input.file(Plane.FILE))
            .filter(line -> !line.startsWith("x"))
            .fullWindowPartition()
            .mapPartition(products)
            .returns(TypeInformation.of(new TypeHint<double[]>() {}))
            .executeAndCollect()) {
      while (grams.hasNext()) {
        Gram next = Gram.of(grams.next());
        all = all == null ? next : all.merge(next);
      }
    }
    return all.solve();
  }
}
