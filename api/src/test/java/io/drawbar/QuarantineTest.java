package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.BadRows;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSource;
import io.drawbar.io.Json;
import io.drawbar.io.LocalFileSystem;
import io.drawbar.io.TargetExistsException;
import io.drawbar.learn.LinearRegression;
import io.drawbar.spi.BadRow;
import io.drawbar.spi.TooManyBadRowsException;
import io.drawbar.testkit.Canonical;
import io.drawbar.testkit.ChaosEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs write the bad rows of a source, what they write, and when it is there. */
class QuarantineTest {
  private static final int ROWS = 600;
  private static final Trainer<?> TRAINER =
      Pipeline.of(
          VectorAssembler.of("id").into("features"),
          LinearRegression.on("features").predicting("heat"));

  @TempDir Path folder;

  record Reading(int id, String place, double heat) {}

  /** Two files, one compressed, of rows every eleventh of which is bad, in one way or another. */
  private List<BadRow> files() throws IOException {
    List<BadRow> bad = new ArrayList<>();
    for (String name : List.of("a.csv", "b.csv")) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < ROWS; i++) {
        String row = "%d,\"here \"\"%d\"\"\",%d.5".formatted(i, i, i % 9);
        String column = null;
        String reason = "";
        if (i % 11 == 3) {
          column = i % 2 == 0 ? "heat" : null;
          row = i % 2 == 0 ? row + "\u00b0" : row + ",\"x";
          reason =
              i % 2 == 0
                  ? "column 'heat': '%d.5\u00b0' is not a DOUBLE".formatted(i % 9)
                  : "field 4: the quote before 'x";
          long offset = text.toString().getBytes(StandardCharsets.UTF_8).length;
          bad.add(new BadRow(folder + "/in/" + name, offset, 1L + i, column, reason, row));
        }
        text.append(row).append(i % 5 == 0 ? "\r\n" : "\n");
      }
      Files.createDirectories(folder.resolve("in"));
      Files.writeString(folder.resolve("in/" + name), text);
    }
    return bad;
  }

  private CsvSource source() {
    return Csv.of(Reading.class).at(folder + "/in").badRows(BadRows.quarantine(folder + "/bad"));
  }

  private static Config config(int parallelism) {
    return Config.of(
        "drawbar.leaf.bytes",
        "200",
        "drawbar.block.rows",
        "3",
        "drawbar.parallelism",
        Integer.toString(parallelism));
  }

  private static void everywhere(Consumer<Session> work) {
    for (int parallelism : new int[] {1, 3}) {
      try (Session session = Session.open(config(parallelism))) {
        work.accept(session);
      }
    }
    for (int seed = 1; seed <= 4; seed++) {
      try (Session session = Session.attach(new ChaosEngine(seed, 5), config(1))) {
        work.accept(session);
      }
    }
  }

  private Canonical quarantine() {
    return Canonical.ofFolder(folder.resolve("bad"));
  }

  private void forget() {
    delete(folder.resolve("bad"));
    delete(folder.resolve("out"));
  }

  private static void delete(Path path) {
    try {
      new LocalFileSystem().delete(path.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void badRowsAreReadBack() throws IOException {
    List<BadRow> expected = files();
    everywhere(
        session -> {
          assertThat(session.read(source()).count()).isEqualTo(2 * ROWS - expected.size());
          List<BadRow> read =
              session.read(Json.of(BadRow.class).at(folder + "/bad")).as(BadRow.class).collect();
          assertThat(read).hasSameSizeAs(expected);
          for (int i = 0; i < read.size(); i++) {
            BadRow row = read.get(i);
            BadRow like = expected.get(i);
            assertThat(row.reason()).startsWith(like.reason());
            assertThat(row)
                .isEqualTo(
                    new BadRow(
                        like.file(),
                        like.offset(),
                        like.line(),
                        like.column(),
                        row.reason(),
                        like.text()));
          }
        });
  }

  /** Each of these reads the source, by way of this end of a run or that. */
  @Test
  void everyRunThatReadsAllWritesTheSame() throws IOException {
    files();
    Canonical[] first = new Canonical[1];
    everywhere(
        session -> {
          Dataset rows = session.read(source());
          List<Runnable> runs =
              List.of(
                  rows::count,
                  () -> rows.select("id").collect(),
                  () -> rows.write(Csv.to(folder + "/out")),
                  () -> rows.sortBy(col("heat")).write(Json.to(folder + "/out")),
                  () -> rows.groupBy("heat").agg().collect(),
                  () -> rows.join(rows.select("id"), "id").count(),
                  () -> rows.union(rows).collect(),
                  () -> rows.cache().count(),
                  () -> TRAINER.fit(rows),
                  () -> rows.sample(0.1, 1).limit(1 << 17).collect());
          for (Runnable run : runs) {
            forget();
            run.run();
            first[0] = first[0] == null ? quarantine() : first[0];
            quarantine().mustEqual(first[0], session.toString());
            // Again, in its own place.
            delete(folder.resolve("out"));
            run.run();
            quarantine().mustEqual(first[0], session.toString());
          }
          assertThat(folder.toFile().list()).as("no litter").containsOnly("in", "bad");
        });
    assertThat(first[0].lines()).anyMatch(line -> line.startsWith("file part-00001-"));
  }

  @Test
  void rowsThatAreHeldAreReadOnce() throws IOException {
    files();
    Config config = Config.of("drawbar.leaf.bytes", "200", "drawbar.gather.bytes", "0");
    try (Session session = Session.open(config(1))) {
      session.read(source()).count();
    }
    Canonical expected = quarantine();
    forget();
    try (Session session = Session.open(config)) {
      TRAINER.fit(session.read(source()));
    }
    quarantine().mustEqual(expected, "rows that are held");
  }

  @Test
  void aLookAtTheFirstRowsWritesNone() throws IOException {
    files();
    everywhere(
        session -> {
          assertThat(session.read(source()).limit(5).collect()).hasSize(5);
          assertThat(folder.resolve("bad")).doesNotExist();
        });
  }

  @Test
  void aCacheIsReadWithoutTheSource() throws IOException {
    files();
    everywhere(
        session -> {
          Dataset cached = session.read(source()).cache();
          cached.count();
          forget();
          cached.count();
          cached.write(Csv.to(folder + "/out"));
          assertThat(folder.resolve("bad")).doesNotExist();
          forget();
        });
  }

  @Test
  void whatFailsLeavesTheOldOne() throws IOException {
    files();
    try (Session session = Session.open(config(2))) {
      session.read(source()).count();
    }
    Canonical before = quarantine();
    Files.writeString(folder.resolve("in/c.csv"), "1,x\n");
    everywhere(
        session -> {
          CsvSource few =
              Csv.of(Reading.class)
                  .at(folder + "/in")
                  .badRows(BadRows.quarantine(folder + "/bad").atMost(5));
          assertThatThrownBy(() -> session.read(few).count())
              .isInstanceOf(TooManyBadRowsException.class)
              .hasMessageContaining("The first one is " + folder + "/in/a.csv, line 4 (byte ");
          Dataset failing =
              session.read(source()).withColumn("id", col("id").plus(Long.MAX_VALUE - 9));
          assertThatThrownBy(failing::collect).isInstanceOf(DrawbarException.class);
          assertThatThrownBy(() -> session.read(source()).write(Csv.to(folder + "/in")))
              .isInstanceOf(TargetExistsException.class);
          quarantine().mustEqual(before, session.toString());
          assertThat(folder.toFile().list()).containsOnly("in", "bad");
        });
  }

  /** Who has killed the run between the two has the bad rows, and no output yet. */
  @Test
  void badRowsAreThereBeforeTheOutputIs() throws IOException {
    files();
    Path out = folder.resolve("out");
    everywhere(
        session -> {
          Dataset rows = session.read(source());
          assertThatThrownBy(
                  () ->
                      rows.write(
                          new LateTarget(
                              Csv.to(out.toString()),
                              () -> assertThat(folder.resolve("bad/_QUARANTINE")).exists())))
              .hasMessage("killed");
          assertThat(out).doesNotExist();
          assertThat(folder.resolve("bad/_SUCCESS")).exists();
          forget();
        });
  }

  @Test
  void twoSourcesNeedTwoPlaces() throws IOException {
    files();
    everywhere(
        session -> {
          Dataset both = session.read(source()).union(session.read(source()));
          assertThatThrownBy(both::count)
              .isInstanceOf(DrawbarException.class)
              .hasMessageContaining("would replace each other: give each a folder of its own");
          assertThat(folder.toFile().list()).containsOnly("in");
        });
  }
}
