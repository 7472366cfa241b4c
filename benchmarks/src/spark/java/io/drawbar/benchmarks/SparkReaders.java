package io.drawbar.benchmarks;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The readers of Spark and its MLlib, with declared schemas. */
final class SparkReaders {
  private SparkReaders() {}

  private static StructType schema() {
    StructType schema = new StructType();
    for (int c = 0; c < NumberRows.COLUMNS; c++) {
      schema = schema.add(NumberRows.column(c), DataTypes.DoubleType);
    }
    return schema;
  }

  static double[] csv(SparkSession session, Input input) {
    return sums(csvRows(session, input));
  }

  static Dataset<Row> csvRows(SparkSession session, Input input) {
    return session
        .read()
        .option("header", "true")
        .schema(schema())
        .csv(NumberRows.CSV.file(input).toString());
  }

  static double[] json(SparkSession session, Input input) {
    return sums(session.read().schema(schema()).json(NumberRows.JSON.file(input).toString()));
  }

  static double[] parquet(SparkSession session, Input input) {
    return sums(session.read().schema(schema()).parquet(ParquetRows.file(input).toString()));
  }

  private static double[] sums(Dataset<Row> rows) {
    Column[] sums =
        IntStream.range(0, NumberRows.COLUMNS)
            .mapToObj(c -> sum(NumberRows.column(c)))
            .toArray(Column[]::new);
    return doubles(rows.agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length)).head());
  }

  static double[] libsvm(SparkSession session, Input input) {
    UserDefinedFunction total =
        udf(
            (UDF1<SparseVector, Double>)
                vector -> {
                  double features = 0;
                  for (double value : vector.values()) {
                    features += value;
                  }
                  return features;
                },
            DataTypes.DoubleType);
    return doubles(
        session
            .read()
            .format("libsvm")
            .option("numFeatures", NumberRows.FEATURES)
            .load(NumberRows.LIBSVM.file(input).toString())
            .agg(sum("label"), sum(total.apply(col("features"))))
            .head());
  }

  private static double[] doubles(Row row) {
    return IntStream.range(0, row.size()).mapToDouble(row::getDouble).toArray();
  }
}
