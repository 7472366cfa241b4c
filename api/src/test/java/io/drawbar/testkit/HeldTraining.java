package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.expr.Functions.when;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.expr.Expr;
import io.drawbar.io.Csv;
import io.drawbar.learn.GaussianMixture;
import io.drawbar.learn.KMeans;
import io.drawbar.learn.LogisticRegression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

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
  CLASSES {
    @Override
    public String on(Dataset rows) {
      return LogisticRegression.on("x")
          .predicting("level")
          .withClasses(3)
          .withTolerance(1e-12)
          .fit(rows)
          .fingerprint();
    }
  },
  CLUSTERS {
    @Override
    public String on(Dataset rows) {
      return KMeans.on("x")
          .withClusters(7)
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

  /** More than a start of clusters looks at, so that rounds are left to be broken off. */
  static List<Point> points() {
    Random random = new Random(3);
    return Stream.generate(
            () ->
                new Point(
                    random.nextDouble() * 2.4,
                    random.nextDouble() * 2.5,
                    random.nextDouble() * 2.6))
        .limit(12_000)
        .toList();
  }

  /** What is trained on, of points. */
  static Dataset columns(Dataset points) {
    Expr sum = col("a").plus(col("b")).plus(col("y"));
    return points.select(
        vector(col("a"), col("b")).as("x"),
        col("y"),
        sum.gt(3.5).as("above"),
        when(sum.lt(3), 0).when(sum.lt(4.5), 1).otherwise(2).as("level"));
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
