package io.drawbar.benchmarks;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Spark SQL with declared schemas. */
final class SparkSql {
  private SparkSql() {}

  private static Dataset<Row> csv(SparkSession session, Path file, String schema) {
    return session.read().option("header", "true").schema(schema).csv(file.toString());
  }

  static double[] wordCount(SparkSession session, Input input) {
    List<Row> counts =
        session
            .read()
            .text(input.file(Words.FILE).toString())
            .select(explode(split(lower(col("value")), "\\W+")).as("word"))
            .where(col("word").notEqual(""))
            .groupBy("word")
            .count()
            .collectAsList();
    double weighed = 0;
    for (Row row : counts) {
      weighed += Words.weighed(row.getString(0), row.getLong(1));
    }
    return new double[] {counts.size(), weighed};
  }

  static double[] keyedAverage(SparkSession session, Input input) {
    Row row =
        csv(session, input.file(Readings.FILE), "sensor LONG, hour LONG, temperature DOUBLE")
            .groupBy("sensor")
            .agg(avg("temperature").as("average"))
            .agg(count(lit(1)), sum("average"))
            .head();
    return new double[] {row.getLong(0), row.getDouble(1)};
  }

  static double[] sort(SparkSession session, Input input) throws IOException {
    try (SortedOutput output = new SortedOutput()) {
      csv(session, input.file(Readings.FILE), "sensor LONG, hour LONG, temperature DOUBLE")
          .orderBy(col("temperature").desc())
          .write()
          .csv(output.folder().toString());
      return output.answer(input.answer()[0]);
    }
  }

  /** Catalyst decides how to join. */
  static double[] join(SparkSession session, Input input) {
    Dataset<Row> orders =
        csv(session, input.file(Orders.ORDERS), "`order` LONG, customer LONG, amount DOUBLE");
    Dataset<Row> customers =
        csv(session, input.file(Orders.CUSTOMERS), "customer LONG, rate DOUBLE");
    Row row =
        orders
            .join(customers, "customer")
            .agg(count(lit(1)), sum(col("amount").multiply(col("rate"))))
            .head();
    return new double[] {row.getLong(0), row.getDouble(1)};
  }
}
