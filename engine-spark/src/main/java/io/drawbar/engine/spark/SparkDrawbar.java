package io.drawbar.engine.spark;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.spi.EngineException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Drawbar in a program that has a {@link SparkSession} of its own.
 *
 * <pre>{@code
 * try (Session session = SparkDrawbar.session(spark)) {
 *   Dataset visits = SparkDrawbar.dataset(session, spark.table("visits"));
 *   Dataset perPage = visits.groupBy("page").agg(count().as("n"));
 *   SparkDrawbar.toDataFrame(perPage).write().saveAsTable("pages");
 * }
 * }</pre>
 *
 * <p>Types: booleans; whole numbers of 8 to 64 bits as {@code LONG}; floats and doubles as {@code
 * DOUBLE}; strings; arrays of these as lists; vectors of Spark's ML, dense or sparse, as {@code
 * VECTOR(n)}, n being what the column's metadata or else its first row says. Back, whole numbers
 * are {@code bigint}, vectors and lists are arrays: {@code array_to_vector} makes them vectors.
 */
public final class SparkDrawbar {

  private SparkDrawbar() {}

  /** A session on a program's own Spark; {@link #session(SparkSession, Config)} says the rest. */
  public static Session session(SparkSession spark) {
    return session(spark, Config.load());
  }

  /**
   * A session on a program's own Spark, with its settings, jars and executors. Several may be
   * attached to one. Closing it ends the runs that go on, and leaves Spark alone.
   *
   * @param config {@code drawbar.parallelism} and what concerns data; how Spark is started is
   *     decided already
   * @throws EngineException if the SparkSession has been stopped, or is one of Spark Connect
   */
  public static Session session(SparkSession spark, Config config) {
    return Session.attach(SparkEngine.attach(spark, config), config);
  }

  /**
   * A dataset of the rows of a DataFrame, read where Spark has them. They have no order: where
   * order is observed, rows are sorted by content.
   *
   * @param session on Spark
   * @throws io.drawbar.spi.UnmappedTypeException if a column is of a type that has no counterpart;
   *     names the cast to make
   * @throws EngineException if the session is on another engine
   */
  public static Dataset dataset(Session session, org.apache.spark.sql.Dataset<Row> dataFrame) {
    if (!session.engine().equals(SparkEngineFactory.NAME)) {
      throw notOnSpark("SparkDrawbar.dataset", session.engine());
    }
    return session.read(new DataFrameSource(dataFrame));
  }

  /**
   * A DataFrame of the rows of a dataset. Nothing is read before it is used (but for caches and the
   * tables of lookups), and all of it each time, unless it is cached. An error in the data is the
   * cause of Spark's exception. Listeners of the session hear of Spark's jobs that use it, until
   * the session is closed; a job that needed all partitions has a report.
   *
   * @param dataset of a session on Spark
   * @throws EngineException if its session is on another engine
   */
  public static org.apache.spark.sql.Dataset<Row> toDataFrame(Dataset dataset) {
    return dataset.export(
        (engine, graph, frames, runs) -> {
          if (engine instanceof SparkEngine spark) {
            return spark.dataFrame(graph, frames, runs);
          }
          throw notOnSpark("SparkDrawbar.toDataFrame", engine.capabilities().engine());
        });
  }

  private static EngineException notOnSpark(String call, String engine) {
    return new EngineException(
        "%s needs a session on Spark, and this one is on engine '%s'; use SparkDrawbar.session(spark)"
            .formatted(call, engine));
  }
}
