package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.FingerprintKernel;
import io.drawbar.testkit.HuberRegression;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of a cache that are held: not copied again, nor looked at again for what they are. */
class CachedHoldTest {
  /** A row. */
  public record Point(double x, double z, double y) {}

  private static final List<String> COLUMNS = List.of("features", "y");

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local", "drawbar.gather.bytes", "0"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset points() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      points.add(new Point(i % 17, i % 5 - .5, 3 * (i % 17) - i % 5 + i % 3));
    }
    return session
        .read(Records.of(points, Point.class))
        .select(vector(col("x"), col("z")).as("features"), col("y"), col("x"));
  }

  private static String data(Dataset rows, List<String> columns) {
    try (HeldDataset held = rows.hold(columns)) {
      DataFingerprint found = held.reduce(new FingerprintKernel(columns));
      assertThat(held.data()).hasToString(found.toString());
      assertThat(held.data().rows()).isEqualTo(found.rows());
      return held.data().toString();
    }
  }

  private static HuberRegression.Weights line(HeldDataset rows) {
    return rows.iterate(
        new HuberRegression("features", "y", 2, 1.0, 30),
        new HuberRegression.Weights(new double[3], 0, Double.POSITIVE_INFINITY, false));
  }

  @Test
  void whatACacheIsIsRememberedByItsColumns() {
    Dataset cached = points().cache();
    for (List<String> columns : List.of(COLUMNS, List.of("y", "features"), List.of("x"))) {
      String wanted = data(points(), columns);
      for (int time = 0; time < 3; time++) {
        assertThat(data(cached, columns)).isEqualTo(wanted);
        assertThat(data(cached.select(col("x"), col("y"), col("features")), columns))
            .isEqualTo(wanted);
      }
    }
  }

  @Test
  void otherRowsOfItAreOthers() {
    Dataset cached = points().cache();
    String all = data(cached, COLUMNS);
    Dataset some = cached.where(col("y").gt(3));
    assertThat(data(some, COLUMNS))
        .isNotEqualTo(all)
        .isEqualTo(data(points().where(col("y").gt(3)), COLUMNS));
    Dataset changed = cached.withColumn("y", col("y").plus(1));
    assertThat(data(changed, COLUMNS))
        .isNotEqualTo(all)
        .isEqualTo(data(points().withColumn("y", col("y").plus(1)), COLUMNS));
    Dataset renamed = cached.select(col("features"), col("x").as("y"));
    assertThat(data(renamed, COLUMNS))
        .isNotEqualTo(all)
        .isEqualTo(data(points().select(col("features"), col("x").as("y")), COLUMNS));
    assertThat(data(cached.union(cached), COLUMNS))
        .isEqualTo(data(points().union(points()), COLUMNS));
    assertThat(data(cached, COLUMNS)).isEqualTo(all);
  }

  @Test
  void rowsStayWhereTheyAreHeldWhenTheCacheGoes() {
    Dataset cached = points().cache();
    double[] wanted;
    try (HeldDataset held = points().hold(COLUMNS)) {
      wanted = line(held).values();
    }
    cached.count();
    try (HeldDataset held = cached.hold(COLUMNS)) {
      assertThat(line(held).values()).containsExactly(wanted);
      cached.release();
      assertThat(line(held).values()).containsExactly(wanted);
    }
  }
}
