package io.drawbar.benchmarks;

import io.drawbar.Session;
import io.drawbar.examples.KeyedAverage;
import io.drawbar.type.Row;
import org.openjdk.jmh.annotations.Param;

/**
 * The average temperature by sensor, from CSV. What comes to the driver is one row, the number of
 * sensors and the sum of their averages, and not millions that no program would look at there.
 */
public class KeyedAverageBenchmark extends JobBenchmark {

  /** The number of readings. */
  @Param("10000000")
  public long rows;

  /** The number of sensors; of the larger one, about 4.3 million occur in 10 million rows. */
  @Param({"100000", "5000000"})
  public int keys;

  @Override
  Job job() {
    return Job.KEYED_AVERAGE;
  }

  @Override
  Input input() {
    return Readings.of(rows, keys);
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session);
  }

  static Contender portable(Session session) {
    return input -> {
      String path = input.file(Readings.FILE).toString();
      Row row = KeyedAverage.summary(KeyedAverage.of(session, path)).collect().get(0);
      return new double[] {row.longValue("sensors"), row.doubleValue("total")};
    };
  }
}
