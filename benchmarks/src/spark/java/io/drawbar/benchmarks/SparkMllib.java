package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * MLlib by the normal equations, without a penalty: one pass, as Drawbar does it. With {@code
 * --add-modules jdk.incubator.vector}, which the benchmarks give, its BLAS uses vector
 * instructions.
 */
final class SparkMllib {
  private SparkMllib() {}

  /** The vectors and labels of the file. */
  static Dataset<Row> rows(SparkSession session, Path file) throws IOException {
    String[] names;
    try (Stream<String> lines = Files.lines(file)) {
      names = lines.findFirst().orElseThrow().split(",");
    }
    StructType schema = new StructType();
    for (String name : names) {
      schema = schema.add(name, DataTypes.DoubleType);
    }
    return new VectorAssembler()
        .setInputCols(Arrays.copyOf(names, names.length - 1))
        .setOutputCol("features")
        .transform(session.read().option("header", "true").schema(schema).csv(file.toString()))
        .select("features", "y");
  }

  static double[] fit(Dataset<Row> rows) {
    LinearRegressionModel model =
        new LinearRegression().setSolver("normal").setLabelCol("y").fit(rows);
    return DoubleStream.concat(
            DoubleStream.of(model.intercept()), Arrays.stream(model.coefficients().toArray()))
        .toArray();
  }

  static double[] fromCsv(SparkSession session, Input input) throws IOException {
    return fit(rows(session, input.file(Plane.FILE)));
  }

  /** The same from a DataFrame that is kept in memory. */
  static final class FromCache implements Contender {
    private final Supplier<SparkSession> session;
    private Dataset<Row> rows;

    FromCache(Supplier<SparkSession> session) {
      this.session = session;
    }

    @Override
    public void prepare(Input input) throws IOException {
      rows = rows(session.get(), input.file(Plane.FILE)).cache();
      rows.count();
    }

    @Override
    public double[] run(Input input) {
      return fit(rows);
    }
  }
}
