package io.drawbar.engine.spark;

import static io.drawbar.expr.Functions.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.Session;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A program that has its own Spark, and a session attached to it. */
abstract class AttachedSpark {
  static SparkSession spark;
  static Session session;

  /** Drawbar may not need what a program's Kryo does not know. */
  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .getOrCreate();
    session = SparkDrawbar.session(spark);
  }

  @AfterAll
  static void stop() {
    session.close();
    assertThat(spark.range(3).count()).as("Spark after the session was closed").isEqualTo(3);
    spark.stop();
  }

  static org.apache.spark.sql.Dataset<Row> numbers(long count) {
    return spark.range(0, count, 1, 5).selectExpr("id % 7 AS key", "id AS n", "id / 4 AS x");
  }

  static Dataset dataset(org.apache.spark.sql.Dataset<Row> frame) {
    return SparkDrawbar.dataset(session, frame);
  }
}
