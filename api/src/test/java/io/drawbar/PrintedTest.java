package io.drawbar;

import static io.drawbar.expr.Functions.count;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.config.Config;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.learn.LinearRegression;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see when they print things. */
class PrintedTest {
  record Point(long x, double y) {}

  private static final Schema CITIES =
      Schema.empty()
          .with("city", DataType.STRING)
          .with("share", DataType.DOUBLE)
          .with("size", DataType.vector(2));

  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.engine", "local", "drawbar.parallelism", "1"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Dataset points(int rows) {
    List<Point> points =
        LongStream.range(0, rows).mapToObj(x -> new Point(x, 2 * x + x * x % 3)).toList();
    return session.read(Records.of(points, Point.class));
  }

  private static Row city(String name, Double share) {
    return Row.of(CITIES, name, share, new double[] {1 / 3.0, 2});
  }

  private static String printed(Runnable printing) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      printing.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8);
  }

  @Test
  void aNullIsNoTextAndWideCharactersTakeTwoCells() {
    List<Row> rows =
        List.of(
            city("null", 0.1 + 0.2),
            city(null, null),
            city("\u6771\u4EAC", 123456.789),
            city("e\u0301t\u00E9", Double.NaN),
            city("-", 1.0E-7 / 3));
    assertThat(new Table(UTF_8).of(CITIES, rows, false))
        .isEqualTo(
            """
            city        share  size
            ----  -----------  ----------------
            null          0.3  [0.3333333, 2.0]
            \u2205               \u2205  [0.3333333, 2.0]
            \u6771\u4EAC     123456.8  [0.3333333, 2.0]
            e\u0301t\u00E9           NaN  [0.3333333, 2.0]
            -     3.333333E-8  [0.3333333, 2.0]
            """);
  }

  @Test
  void whereTheCharsetHasNoSuchSignsTableArePlain() {
    String text = new Table(US_ASCII).of(CITIES, List.of(city(null, 1.0)), true);
    assertThat(text).contains("\n-       1.0  [").endsWith("(the first row; there are more)\n");
    String cut = new Table(US_ASCII).of(CITIES, List.of(city("y".repeat(50), 1.0)), false);
    assertThat(cut).contains("\n" + "y".repeat(37) + "...  ").matches("\\p{ASCII}+");
  }

  @Test
  void longTextsAreCutWhereTheyFit() {
    String wide = "\u6771".repeat(30);
    String text = new Table(UTF_8).of(CITIES, List.of(city(wide, 1.0), city("a\tb", 1.0)), false);
    assertThat(text).contains("\n" + "\u6771".repeat(19) + "\u2026 ").contains("\na\uFFFDb ");
    String fits = "\u6771".repeat(20);
    assertThat(new Table(UTF_8).of(CITIES, List.of(city(fits, 1.0)), false)).contains(fits + " ");
  }

  @Test
  void showSaysThatThereIsMore() {
    assertThat(printed(() -> points(21).show()))
        .startsWith(" x     y\n--  ----\n 0   0.0\n")
        .endsWith("19  39.0\n(the first 20 rows; there are more)\n");
    assertThat(printed(() -> points(20).show())).endsWith("19  39.0\n");
    assertThat(printed(() -> points(2).show(0))).endsWith("(no rows shown; there are more)\n");
  }

  @Test
  void rowsAreShownAndCounted() {
    Rows<Point> rows = points(9).as(Point.class).filter(point -> point.x() > 5);
    assertThat(rows.count()).isEqualTo(3);
    assertThat(printed(rows::show)).isEqualTo("x     y\n-  ----\n6  12.0\n7  15.0\n8  17.0\n");
    assertThat(printed(() -> rows.show(1))).endsWith("(the first row; there are more)\n");
    assertThat(rows).hasToString("Rows of Point(" + rows.dataset().schema() + ")");
    assertThat(rows.dataset().groupBy("x").agg(count().as("n")).count()).isEqualTo(3);
  }

  @Test
  void nothingPrintsAsAnAddress() {
    Dataset points = points(9);
    assertThat(session).hasToString("Session(engine 'local')");
    assertThat(points.groupBy("x")).hasToString("GroupedDataset(" + points.schema() + " by [x])");
    assertThat(points.split(0.5, 1)).hasToString("Split into train and test of " + points);
    List<String> runs = new ArrayList<>();
    session.listen(
        new RunListener() {
          @Override
          public void started(RunControl run) {
            runs.add(run.toString());
          }

          @Override
          public void finished(RunReport report) {
            runs.add(report.name());
          }
        });
    points.collect();
    assertThat(runs).hasSize(2);
    assertThat(runs.get(0)).matches("run \\d+: \\S.*").endsWith(": " + runs.get(1));
    try (HeldDataset held = points.hold(List.of("y"))) {
      assertThat(held).hasToString("HeldDataset(" + points.select("y").schema() + ")");
    }
  }

  @Test
  void provenanceIsALineEach() {
    Model model =
        LinearRegression.on("features")
            .predicting("y")
            .withL2(0.5)
            .fit(points(9).transform(VectorAssembler.of("x").into("features")));
    Provenance provenance = model.provenance();
    assertThat(provenance.toString())
        .startsWith("Provenance: LinearRegression of 9 rows, Drawbar " + provenance.version())
        .contains("\n  data ", provenance.data() + "\n")
        .containsPattern("\n  inputs +features, y\n")
        .containsPattern("\n  l2 +0\\.5\n");
    assertThat(Provenance.none().toString()).startsWith("Provenance: put together by hand");
  }
}
