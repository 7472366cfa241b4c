package io.drawbar.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.split;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark SQL, with as many shuffle partitions as there are cores. */
final class SparkHandWritten implements HandWritten {
  private final SparkSession session;

  SparkHandWritten() {
    int cores = Runtime.getRuntime().availableProcessors();
    session =
        SparkSession.builder()
            .master("local[" + cores + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", Integer.toString(cores))
            .getOrCreate();
  }

  @Override
  public long wordCount(Path file) {
    return session
        .read()
        .text(file.toString())
        .select(explode(split(lower(col("value")), "\\W+")).as("word"))
        .where(col("word").notEqual(""))
        .groupBy("word")
        .count()
        .collectAsList()
        .size();
  }

  @Override
  public void close() {
    session.stop();
  }
}
