package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.Csv;
import io.drawbar.learn.GaussianMixture;
import io.drawbar.learn.KMeans;
import io.drawbar.learn.LogisticRegression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Trainings that go over the same rows again and again, and what came of them, to the bit. */
public enum HeldTraining {
  /** A trainer of a user's. */
  LINE {
    @Override
    public String on(Dataset rows) {
      double[] values = rows.iterate(HUBER, HuberRegression.Weights.zero(2)).values();
      return Arrays.toString(
          Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray());
    }
  },
  LOGISTIC {
    @Override
    public String on(Dataset rows) {
      return LogisticRegression.on("x")
          .predicting("above")
          .withElasticNet(.001, .5)
          .fit(rows)
          .fingerprint();
    }
  },
  CLUSTERS {
    @Override
    public String on(Dataset rows) {
      return KMeans.on("x")
          .withClusters(4)
          .withMostSteps(6)
          .withTolerance(0)
          .fit(rows)
          .fingerprint();
    }
  },
  MIXTURE {
    @Override
    public String on(Dataset rows) {
      return GaussianMixture.on("x").withComponents(2).withMostSteps(6).fit(rows).fingerprint();
    }
  };

  static final HuberRegression HUBER = new HuberRegression("x", "y", 2, 0.5, 9);

  /** A row. */
  public record Point(double a, double b, double y) {}

  /** Trains on {@link #columns}: the SHA-256 of a model, or the bits of weights. */
  public abstract String on(Dataset rows);

  static List<Point> points() {
    return IntStream.range(0, 500)
        .mapToObj(i -> new Point(i % 17 / 7.0, i % 23 / 9.0, i % 29 / 11.0))
        .toList();
  }

  /** What is trained on, of points. */
  static Dataset columns(Dataset points) {
    return points.select(
        vector(col("a"), col("b")).as("x"),
        col("y"),
        col("a").plus(col("b")).plus(col("y")).gt(3.5).as("above"));
  }

  /** Trains on a file of points, which is made if it is not there. */
  public final String on(Session session, Path file) throws IOException {
    if (!Files.exists(file)) {
      List<String> lines = points().stream().map(p -> p.a() + "," + p.b() + "," + p.y()).toList();
      Files.write(file, lines);
    }
    return on(columns(session.read(Csv.of(Point.class).at(file.toString()))));
  }
}
