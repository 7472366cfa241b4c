package io.drawbar.engine.spark;

import io.drawbar.testkit.UserProjectTest;

/** A user's project with {@code drawbar-engine-spark}. */
final class SparkUserProjectTest extends UserProjectTest {
  @Override
  protected String engine() {
    return "spark";
  }

  @Override
  protected String attached() {
    return """
        package com.example;

        import static io.drawbar.expr.Functions.*;

        import io.drawbar.*;
        import io.drawbar.engine.spark.*;
        import org.apache.spark.sql.SparkSession;

        public final class Attached {
          public static void main(String[] arguments) {
            SparkSession spark =
                SparkSession.builder()
                    .master("local[2]")
                    .config("spark.ui.enabled", false)
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.driver.host", "127.0.0.1")
                    .getOrCreate();
            spark
                .sql("select * from values ('home', 3), ('about', 1), ('home', 4) as t(page, visits)")
                .createOrReplaceTempView("visits");
            // sample
            System.out.println(spark.read().parquet("pages").collectAsList());
            spark.stop();
          }
        }
        """;
  }
}
