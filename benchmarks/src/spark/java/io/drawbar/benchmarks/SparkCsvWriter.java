package io.drawbar.benchmarks;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark's writer of CSV, from rows that it has cached. */
final class SparkCsvWriter extends WriteJob {
  private final Supplier<SparkSession> session;
  private Dataset<Row> rows;

  SparkCsvWriter(Supplier<SparkSession> session) {
    this.session = session;
  }

  @Override
  public void prepare(Input input) {
    rows = SparkReaders.csvRows(session.get(), input).cache();
    rows.count();
  }

  @Override
  void write(Path folder) {
    rows.write().option("header", "true").csv(folder.toString());
  }
}
