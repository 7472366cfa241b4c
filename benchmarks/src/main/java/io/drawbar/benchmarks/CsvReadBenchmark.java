package io.drawbar.benchmarks;

import io.drawbar.Session;

/** CSV with a header. */
public class CsvReadBenchmark extends ReadBenchmark {

  @Override
  Job job() {
    return Job.READ_CSV;
  }

  @Override
  Input input() {
    return NumberRows.CSV.of(rows, cells);
  }

  @Override
  Contender drawbar(Session session) {
    return csv(session);
  }
}
