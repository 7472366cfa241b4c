package io.drawbar.benchmarks;

import io.drawbar.Session;

/** JSON lines, with an object for each row. */
public class JsonReadBenchmark extends ReadBenchmark {

  @Override
  Job job() {
    return Job.READ_JSON;
  }

  @Override
  Input input() {
    return NumberRows.JSON.of(rows, cells);
  }

  @Override
  Contender drawbar(Session session) {
    return json(session);
  }
}
