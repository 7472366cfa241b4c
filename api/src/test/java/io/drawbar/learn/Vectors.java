package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.oneHot;
import static io.drawbar.expr.Functions.vector;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.testkit.SharedData;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Rows of a vector column {@code x}, and ways to run them that must not make a difference. */
final class Vectors {
  private Vectors() {}

  static Dataset dataset(Session session, List<double[]> rows) {
    Schema schema = Schema.empty().with("x", DataType.vector(rows.get(0).length));
    return session.read(Records.of(schema, rows.stream().map(x -> Row.of(schema, x)).toList()));
  }

  static Dataset dataset(Session session, double[]... rows) {
    return dataset(session, List.of(rows));
  }

  /** The four columns of the UCI copy, and the species' numbers; empty if it is not there. */
  static Optional<List<double[]>> iris() throws IOException {
    Optional<Path> file = SharedData.file("iris.csv");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    List<double[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file.get())) {
      if (!line.isBlank()) {
        String[] cells = line.split(",");
        rows.add(Arrays.stream(cells).limit(4).mapToDouble(Double::parseDouble).toArray());
      }
    }
    return Optional.of(rows);
  }

  /** Fisher's own table, from which the UCI copy differs in the 35th and the 38th row. */
  static Optional<List<double[]>> fishersIris() throws IOException {
    Optional<List<double[]>> rows = iris();
    rows.ifPresent(
        list -> {
          list.get(34)[3] = .2;
          list.get(37)[1] = 3.6;
          list.get(37)[2] = 1.4;
        });
    return rows;
  }

  /** What a function makes of the same blocks in many settings. */
  static <T> Map<String, T> everywhere(Function<Session, T> function) {
    Map<String, T> results = new LinkedHashMap<>();
    for (String gather : new String[] {"0", "1000000000"}) {
      for (String parallelism : new String[] {"1", "2", "7"}) {
        Config config =
            Config.of(
                "drawbar.block.rows",
                "50",
                "drawbar.leaf.rows",
                "130",
                "drawbar.gather.bytes",
                gather,
                "drawbar.parallelism",
                parallelism);
        try (Session session = Session.open(config)) {
          results.put(parallelism + " tasks, gathered up to " + gather, function.apply(session));
        }
      }
    }
    return results;
  }

  /**
   * The same vectors in two forms: of three numbers and one of four categories.
   *
   * @return dense, then sparse
   */
  static List<Dataset> bothForms(Session session, int rows) {
    Schema schema =
        Schema.empty().with("numbers", DataType.vector(3)).with("category", DataType.LONG);
    Random random = new Random(rows);
    List<Row> list = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double[] numbers = random.doubles(3, -2, 2).toArray();
      numbers[random.nextInt(3)] = random.nextBoolean() ? 0.0 : -0.0;
      list.add(Row.of(schema, numbers, (long) random.nextInt(4)));
    }
    Dataset all = session.read(Records.of(schema, list)).where(col("category").ne(2));
    return List.of(
        all.select(
            vector(
                    col("numbers"),
                    col("category").eq(0),
                    col("category").eq(1),
                    col("category").eq(2),
                    col("category").eq(3))
                .as("x")),
        all.select(vector(col("numbers"), oneHot(col("category"), 4)).as("x")));
  }
}
