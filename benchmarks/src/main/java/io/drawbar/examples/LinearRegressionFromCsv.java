package io.drawbar.examples;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A linear model of column {@code y} by columns {@code x0, x1, ...} of CSV files with a header. */
public final class LinearRegressionFromCsv {
  private LinearRegressionFromCsv() {}

  /** The rows of files with so many columns to learn from: {@code features} and {@code y}. */
  public static Dataset read(Session session, String path, int features) {
    String[] names = IntStream.range(0, features).mapToObj(i -> "x" + i).toArray(String[]::new);
    List<Field> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(Field.required(name, DataType.DOUBLE));
    }
    columns.add(Field.required("y", DataType.DOUBLE));
    return session
        .read(Csv.of(new Schema(columns)).header().at(path))
        .transform(VectorAssembler.of(names).into("features"))
        .select("features", "y");
  }

  /** Fits the model. */
  public static LinearRegressionModel fit(Dataset rows) {
    return LinearRegression.on("features").predicting("y").fit(rows);
  }

  /** Fits the files at a path with a number of features; prints coefficients and intercept. */
  public static void main(String[] arguments) {
    Arguments given =
        Arguments.of(
            arguments, LinearRegressionFromCsv.class, "path of CSV files", "number of features");
    try (Session session = Session.open()) {
      System.out.println(fit(read(session, given.text(0), given.whole(1))));
    }
  }
}
