package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.expr.EvaluationException;
import io.drawbar.io.BadRows;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSource;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Source;
import io.drawbar.spi.TooManyBadRowsException;
import io.drawbar.testkit.ChaosEngine;
import io.drawbar.type.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does about rows that do not fit, wherever its work is done. */
class BadRowRunsTest {
  private static final int ROWS = 1000;

  @TempDir Path folder;

  record Reading(int id, Double heat) {}

  /**
   * Every tenth row is bad as a whole, of the others every seventh in a column that may be null.
   */
  private CsvSource readings(String bad, String unfit) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      String id = i % 10 == 3 ? bad : "%04d".formatted(i);
      text.append(id).append(',').append(i % 7 == 1 ? unfit : "1.5").append('\n');
    }
    Path file = folder.resolve("readings.csv");
    Files.writeString(file, text);
    return Csv.of(Reading.class).at(file.toString());
  }

  private CsvSource readings() throws IOException {
    return readings("ten!", "hot");
  }

  private static boolean isBad(int i) {
    return i % 10 == 3;
  }

  private static Config config(int parallelism) {
    return Config.of(
        "drawbar.leaf.bytes", "97",
        "drawbar.block.rows", "3",
        "drawbar.parallelism", Integer.toString(parallelism));
  }

  /** Does it on engines that divide the work in many ways. */
  private static void everywhere(Consumer<Session> work) {
    for (int parallelism : new int[] {1, 2, 7}) {
      try (Session session = Session.open(config(parallelism))) {
        work.accept(session);
      }
    }
    for (int seed = 1; seed <= 10; seed++) {
      Config config = Config.of("drawbar.leaf.bytes", "97", "drawbar.block.rows", "3");
      try (Session session = Session.attach(new ChaosEngine(seed, 5), config)) {
        work.accept(session);
      }
    }
  }

  private static List<RunReport> reports(Session session) {
    List<RunReport> reports = new ArrayList<>();
    session.listen(
        new RunListener() {
          @Override
          public void finished(RunReport report) {
            reports.add(report);
          }
        });
    return reports;
  }

  private static RunReport last(List<RunReport> reports) {
    return reports.get(reports.size() - 1);
  }

  @Test
  void rowsAreLeftOutAndCounted() throws IOException {
    CsvSource source = readings();
    long unfit = 0;
    for (int i = 0; i < ROWS; i++) {
      unfit += isBad(i) || i % 7 == 1 ? 1 : 0;
    }
    long bad = unfit;
    everywhere(
        session -> {
          List<RunReport> reports = reports(session);
          Dataset rows = session.read(source.badRows(BadRows.skip()));
          assertThat(rows.count()).isEqualTo(ROWS - bad);
          assertThat(rows.select("id").collect()).hasSize((int) (ROWS - bad));
          assertThat(rows.groupBy("heat").agg(count().as("n")).collect())
              .extracting(row -> row.longValue("n"))
              .containsExactly(ROWS - bad);
          assertThat(reports)
              .allSatisfy(
                  report -> {
                    assertThat(report.rowsRead()).isEqualTo(ROWS);
                    assertThat(report.rowsBad()).isEqualTo(bad);
                    assertThat(report.rowsGood()).isEqualTo(ROWS - bad);
                    assertThat(report.fieldsNulled()).isZero();
                    assertThat(report.toString())
                        .contains(
                            "1,000 rows (%,d bytes) in, %s good and %s bad, "
                                .formatted(report.bytesRead(), ROWS - bad, bad));
                  });
        });
  }

  @Test
  void fieldsBecomeNullAndAreCounted() throws IOException {
    CsvSource source = readings();
    long nulls = 0;
    for (int i = 0; i < ROWS; i++) {
      nulls += !isBad(i) && i % 7 == 1 ? 1 : 0;
    }
    long mended = nulls;
    everywhere(
        session -> {
          List<RunReport> reports = reports(session);
          Dataset rows = session.read(source.badRows(BadRows.nullField()));
          assertThat(rows.where(col("heat").isNull()).count()).isEqualTo(mended);
          assertThat(rows.count()).isEqualTo(900);
          assertThat(last(reports).rowsBad()).isEqualTo(100);
          assertThat(last(reports).fieldsNulled()).isEqualTo(mended);
          assertThat(last(reports).toString())
              .contains(" in, 900 good and 100 bad, %s fields made null, ".formatted(mended));
        });
  }

  /** The rows that are good are in the blocks, and have the ids, that they have among good ones. */
  @Test
  void rowsThatAreLeftOutMoveNoOthers() throws IOException {
    List<Row> expected;
    CsvSource good = readings("9999", "1.5");
    try (Session session = Session.open(config(1))) {
      expected = session.read(good).sample(0.3, 5).where(col("id").ne(9999)).collect();
    }
    assertThat(expected).hasSizeBetween(150, 400);
    CsvSource source = readings("ten!", "1.5").badRows(BadRows.skip());
    everywhere(
        session -> assertThat(session.read(source).sample(0.3, 5).collect()).isEqualTo(expected));
  }

  /** That the test above would notice, and that rows do not get lost without a word. */
  @Test
  void plantedLossesAreNoticed() throws IOException {
    CsvSource source = readings("ten!", "1.5").badRows(BadRows.skip());
    everywhere(
        session -> {
          List<Row> right = session.read(source).sample(0.3, 5).collect();
          Source moving = new LosingSource(source, LosingSource.Loss.MOVES_UP);
          assertThat(session.read(moving).sample(0.3, 5).collect()).isNotEqualTo(right);
          Source silent = new LosingSource(source, LosingSource.Loss.SILENT);
          assertThatThrownBy(() -> session.read(silent).count())
              .isInstanceOf(EngineException.class)
              .hasStackTraceContaining("were said to be bad: there is no result");
        });
  }

  @Test
  void tooManyAreAnErrorThatShowsTheFirst() throws IOException {
    CsvSource source = readings();
    String path = folder.resolve("readings.csv").toString();
    everywhere(
        session -> {
          Dataset rows = session.read(source.badRows(BadRows.skip().atMost(228)));
          assertThatThrownBy(rows::count)
              .isInstanceOf(TooManyBadRowsException.class)
              .hasMessage(
                  "csv %s: 229 of 1,000 rows are bad, and at most 228 may be. The first one is %s, line 2 (byte 9): column 'heat': 'hot' is not a DOUBLE, a number like 12, -0.5 or 1e-3. Correct it, declare the column as STRING, or name the texts that stand for no value with nullText(...). Correct the data or the schema, or raise atMost(...)."
                      .formatted(path, path));
          assertThat(session.read(source.badRows(BadRows.skip().atMost(229))).count())
              .isEqualTo(771);
          Dataset mended = session.read(source.badRows(BadRows.nullField().atMostShare(0.2289)));
          assertThatThrownBy(() -> mended.write(Csv.to(folder + "/never")))
              .isInstanceOf(TooManyBadRowsException.class)
              .hasMessageContaining(
                  "229 of 1,000 rows are bad, or have fields that were made null, and at most a share of 0.2289 may be.");
          assertThat(folder.resolve("never")).doesNotExist();
          assertThat(session.read(source.badRows(BadRows.skip().atMostShare(0.229))).count())
              .isEqualTo(771);
          assertThatThrownBy(() -> session.read(source).count())
              .isInstanceOf(BadRowException.class)
              .hasMessageContaining("line 2 (byte 9), column 'heat'");
        });
  }

  /** What else is wrong with the data comes first: then not all rows have been read. */
  @Test
  void anotherErrorComesBeforeTooMany() throws IOException {
    CsvSource source = readings().badRows(BadRows.skip().atMost(1));
    everywhere(
        session ->
            assertThatThrownBy(
                    () ->
                        session
                            .read(source)
                            .withColumn("id", col("id").plus(Long.MAX_VALUE - 500))
                            .collect())
                .isInstanceOf(EvaluationException.class));
  }

  /** A look at the first rows says nothing of a share of all. */
  @Test
  void aLookAtSomeRowsCountsThose() throws IOException {
    CsvSource source = readings();
    everywhere(
        session -> {
          Dataset rows = session.read(source.badRows(BadRows.skip().atMostShare(0.01)));
          assertThat(rows.limit(2).collect())
              .extracting(row -> row.longValue("id"))
              .containsExactly(0L, 2L);
          assertThatThrownBy(() -> rows.limit(990).collect())
              .isInstanceOf(TooManyBadRowsException.class);
          assertThatThrownBy(
                  () -> session.read(source.badRows(BadRows.skip().atMost(0))).limit(2).collect())
              .isInstanceOf(TooManyBadRowsException.class)
              .hasMessageContaining("The first one is");
        });
  }
}
