package io.drawbar.benchmarks;

import io.drawbar.Session;
import io.drawbar.io.parquet.Parquet;
import org.openjdk.jmh.annotations.Param;

/** The sum of each column of a Parquet file. */
public class ParquetReadBenchmark extends JobBenchmark {
  /** The number of rows. */
  @Param("5000000")
  public long rows;

  /** Whether numbers are {@code distinct}, or {@code repeated}, and then in dictionaries. */
  @Param({ParquetRows.DISTINCT, ParquetRows.REPEATED})
  public String cells;

  @Override
  Job job() {
    return Job.READ_PARQUET;
  }

  @Override
  Input input() {
    return ParquetRows.of(rows, cells);
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session);
  }

  static Contender portable(Session session) {
    return input ->
        ReadBenchmark.sums(
            session.read(Parquet.of(ReadBenchmark.SCHEMA).at(ParquetRows.file(input).toString())));
  }
}
