package io.drawbar.benchmarks;

import org.apache.spark.sql.SparkSession;

/**
 * Spark's RDDs, SQL and MLlib in one session: as many shuffle partitions as cores instead of 200,
 * adaptive execution on, Kryo for what RDDs shuffle, no web interface.
 */
final class SparkByHand extends ByHand {
  private SparkSession session;

  SparkByHand() {
    offer(Job.WORD_COUNT, "handWritten", input -> SparkRdd.wordCount(session, input));
    offer(Job.WORD_COUNT, "sparkSql", input -> SparkSql.wordCount(session, input));
    offer(Job.KEYED_AVERAGE, "handWritten", input -> SparkRdd.keyedAverage(session, input));
    offer(Job.KEYED_AVERAGE, "sparkSql", input -> SparkSql.keyedAverage(session, input));
    offer(Job.JOIN, "handWritten", input -> SparkSql.join(session, input));
    offer(Job.SORT, "handWritten", input -> SparkSql.sort(session, input));
    offer(Job.REGRESSION_FROM_CSV, "mllib", input -> SparkMllib.fromCsv(session, input));
    offer(Job.REGRESSION_FROM_CACHE, "mllib", new SparkMllib.FromCache(() -> session));
    offer(Job.READ_CSV, "sparkSql", input -> SparkReaders.csv(session, input));
    offer(Job.READ_JSON, "sparkSql", input -> SparkReaders.json(session, input));
    offer(Job.READ_PARQUET, "sparkSql", input -> SparkReaders.parquet(session, input));
    offer(Job.READ_LIBSVM, "sparkSql", input -> SparkReaders.libsvm(session, input));
    offer(Job.WRITE_CSV, "sparkSql", new SparkCsvWriter(() -> session));
    offer(Job.SUPERSTEPS, "handWritten", new SparkSupersteps(() -> session));
    MllibTrainings.offer(this, () -> session);
  }

  @Override
  void start() {
    session =
        SparkSession.builder()
            .master("local[" + CORES + "]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.default.parallelism", Integer.toString(CORES))
            .config("spark.sql.shuffle.partitions", Integer.toString(CORES))
            .config("spark.sql.adaptive.enabled", "true")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .getOrCreate();
  }

  @Override
  public void close() {
    session.stop();
  }
}
