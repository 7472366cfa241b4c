package io.drawbar.benchmarks;

import java.util.function.Supplier;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** A batch job for each superstep, which takes the state along in its function. */
final class FlinkSupersteps {
  private FlinkSupersteps() {}

  static double[] run(Supplier<StreamExecutionEnvironment> environment, Input input)
      throws Exception {
    return Numbers.run(input, state -> sum(environment.get(), input, state));
  }

  private static long sum(StreamExecutionEnvironment environment, Input input, long[] state)
      throws Exception {
    MapPartitionFunction<String, Long> sums =
        (lines, out) -> {
          long[] value = new long[1];
          long sum = 0;
          for (String line : lines) {
            value[0] = Long.parseLong(line);
            sum += Numbers.sum(value, state);
          }
          out.collect(sum);
        };
    long total = 0;
    try (CloseableIterator<Long> all =
        FlinkTables.lines(environment, input.file(Numbers.FILE))
            .filter(line -> !line.startsWith("v"))
            .fullWindowPartition()
            .mapPartition(sums)
            .returns(Types.LONG)
            .executeAndCollect()) {
      while (all.hasNext()) {
        total += all.next();
      }
    }
    return total;
  }
}
