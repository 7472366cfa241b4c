package io.drawbar.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.Session;
import io.drawbar.Trainer;
import io.drawbar.Transform;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A session with small blocks, and rows of one column. */
abstract class FeatureFixture {
  @TempDir private Path scratch;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "7"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  static Dataset column(Session session, String name, DataType type, Object... values) {
    Schema schema = Schema.empty().with(name, type);
    List<Row> rows = Arrays.stream(values).map(value -> Row.of(schema, value)).toList();
    return session.read(Records.of(schema, rows));
  }

  Dataset column(String name, DataType type, Object... values) {
    return column(session, name, type, values);
  }

  Dataset vectors(double[]... rows) {
    return column("x", DataType.vector(rows[0].length), (Object[]) rows);
  }

  static List<Object> values(Dataset rows, String column) {
    return rows.collect().stream().map(row -> row.value(column)).toList();
  }

  /** What a column of vectors holds. */
  static double[][] vectorsOf(Dataset rows, String column) {
    return values(rows, column).toArray(double[][]::new);
  }

  /** Equal to the bit, -0.0 and NaN too; null where the other is. */
  static void areTheSame(double[][] found, double[][] expected) {
    assertThat(Arrays.deepEquals(found, expected))
        .as("%s and %s", Arrays.deepToString(found), Arrays.deepToString(expected))
        .isTrue();
  }

  /** The model, through a file. */
  Model saved(Model model) {
    Path path = scratch.resolve(model.fingerprint() + ".zip");
    model.save(path);
    Model loaded = Model.load(path);
    assertThat(loaded).isEqualTo(model);
    return loaded;
  }

  /** A transform that learns nothing, through a file. */
  Transform saved(Transform transform, Dataset rows) {
    return saved(Pipeline.of(transform).fit(rows));
  }

  /** The model has one fingerprint at each parallelism, with rows here and with rows held. */
  static void isTheSameEverywhere(Trainer<?> trainer, Function<Session, Dataset> rows) {
    String expected = null;
    for (String parallelism : List.of("1", "2", "7")) {
      for (String gather : List.of("1000000", "0")) {
        Config config =
            Config.of(
                "drawbar.block.rows",
                "50",
                "drawbar.parallelism",
                parallelism,
                "drawbar.gather.bytes",
                gather);
        try (Session session = Session.open(config)) {
          String found = trainer.fit(rows.apply(session)).fingerprint();
          expected = expected == null ? found : expected;
          assertThat(found)
              .as("%s, %s tasks, gather %s", trainer, parallelism, gather)
              .isEqualTo(expected);
        }
      }
    }
  }
}
