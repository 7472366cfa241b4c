package io.drawbar.examples;

import io.drawbar.Session;
import io.drawbar.io.LibSvm;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;

/** A linear model of the labels of LibSVM files. */
public final class LinearRegressionFromLibSvm {
  private LinearRegressionFromLibSvm() {}

  /** Fits the files at a path, whose largest index is the number of features. */
  public static LinearRegressionModel fit(Session session, String path, int features) {
    return LinearRegression.on("features")
        .predicting("label")
        .fit(session.read(LibSvm.at(path).features(features)));
  }

  /** Fits the files at a path with a number of features; prints coefficients and intercept. */
  public static void main(String[] arguments) {
    Arguments given =
        Arguments.of(
            arguments,
            LinearRegressionFromLibSvm.class,
            "path of LibSVM files",
            "number of features");
    try (Session session = Session.open()) {
      System.out.println(fit(session, given.text(0), given.whole(1)));
    }
  }
}
