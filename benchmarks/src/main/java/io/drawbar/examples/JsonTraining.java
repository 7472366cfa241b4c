package io.drawbar.examples;

import static io.drawbar.expr.Functions.col;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Json;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;

/** Events from JSON lines: those of a value above a threshold train a model of their result. */
public final class JsonTraining {
  /** The fields of an event that are looked at. */
  record Event(double value, double load, double result) {}

  private JsonTraining() {}

  /** Fits {@code result} by {@code value} and {@code load}, where the value is large enough. */
  public static LinearRegressionModel fit(Session session, String path, double threshold) {
    Dataset events =
        session
            .read(Json.of(Event.class).at(path))
            .where(col("value").gt(threshold))
            .transform(VectorAssembler.of("value", "load").into("features"));
    return LinearRegression.on("features").predicting("result").fit(events);
  }

  /** Fits the files at a path above a threshold; prints the model. */
  public static void main(String[] arguments) {
    Arguments given =
        Arguments.of(arguments, JsonTraining.class, "path of JSON lines", "least value");
    try (Session session = Session.open()) {
      System.out.println(fit(session, given.text(0), given.number(1)));
    }
  }
}
