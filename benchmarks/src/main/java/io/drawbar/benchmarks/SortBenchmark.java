package io.drawbar.benchmarks;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.examples.SortedReadings;
import org.openjdk.jmh.annotations.Param;

/**
 * Readings in order of temperature, from CSV to CSV, in memory or through the disk. What is written
 * is read again and looked at in the time that counts, by the same code for all.
 */
public class SortBenchmark extends JobBenchmark {

  /** The number of readings. */
  @Param({"1000000", "10000000"})
  public long rows;

  /** What Drawbar's tasks may hold together, by {@code drawbar.memory}; 0 is half of the heap. */
  @Param({"0", "128MiB"})
  public String memory;

  @Override
  Job job() {
    return Job.SORT;
  }

  @Override
  Input input() {
    return input(rows);
  }

  /** The same readings in another form of answer. */
  static Input input(long rows) {
    return Input.named("sorted-readings-" + rows, Readings.sorted(rows));
  }

  @Override
  Config config(Config base) {
    return base.with("drawbar.memory", memory);
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session);
  }

  static Contender portable(Session session) {
    return input -> {
      try (SortedOutput output = new SortedOutput()) {
        String path = input.file(Readings.FILE).toString();
        SortedReadings.write(SortedReadings.of(session, path), output.folder().toString());
        return output.answer(input.answer()[0]);
      }
    };
  }
}
