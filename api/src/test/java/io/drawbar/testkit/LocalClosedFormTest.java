package io.drawbar.testkit;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.io.Records;
import io.drawbar.io.TextFiles;
import io.drawbar.type.Row;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The embedded engine with one thread, by which all others are measured, against what a few lines
 * of plain Java, or a formula, say.
 */
final class LocalClosedFormTest {
  private static final int ROWS = 1_000;

  /** Readings in memory. */
  record Reading(long id, String parity, double value) {}

  @TempDir private Path folder;

  private static Session session(int leafRows, int blockRows) {
    return Session.open(
        Config.of("drawbar.engine", "local", "drawbar.parallelism", "1")
            .with("drawbar.leaf.bytes", "64")
            .with("drawbar.leaf.rows", Integer.toString(leafRows))
            .with("drawbar.block.rows", Integer.toString(blockRows)));
  }

  private static List<Reading> readings() {
    return LongStream.range(0, ROWS)
        .mapToObj(
            id ->
                new Reading(
                    id, id % 2 == 0 ? "even" : "odd", Math.scalb(1 + id, id % 60 == 7 ? 60 : 0)))
        .toList();
  }

  private static double exactSum(Stream<Reading> readings) {
    return readings
        .map(reading -> new BigDecimal(reading.value()))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .doubleValue();
  }

  @Test
  void rowsComeAsTheyAre() {
    try (Session session = session(7, 3)) {
      List<Reading> found =
          session
              .read(Records.of(readings(), Reading.class))
              .where(col("id").mod(3).eq(0))
              .collect(Reading.class);
      assertThat(found).isEqualTo(readings().stream().filter(r -> r.id() % 3 == 0).toList());
    }
  }

  @Test
  void sumsAreCorrectlyRounded() {
    try (Session session = session(7, 3)) {
      List<Row> rows =
          session
              .read(Records.of(readings(), Reading.class))
              .groupBy("parity")
              .agg(
                  sum("id").as("ids"),
                  sum("value").as("values"),
                  avg("value").as("average"),
                  count().as("n"))
              .collect();
      assertThat(rows).hasSize(2);
      for (Row row : rows) {
        String parity = row.stringValue("parity");
        long first = parity.equals("even") ? 0 : 1;
        double values = exactSum(readings().stream().filter(r -> r.parity().equals(parity)));
        assertThat(row.longValue("ids")).isEqualTo(ROWS / 2 * (first + (ROWS - 2 + first)) / 2);
        assertThat(row.doubleValue("values")).isEqualTo(values);
        assertThat(row.doubleValue("average")).isEqualTo(values / (ROWS / 2));
        assertThat(row.longValue("n")).isEqualTo(ROWS / 2);
      }
    }
  }

  @Test
  void wordsAreCounted() throws IOException {
    String text = "the horse\nthe cart the\n\nhorse\n";
    Path file = Files.writeString(folder.resolve("words.txt"), text);
    Map<String, Long> counted = new TreeMap<>();
    try (Session session = session(1, 1)) {
      session
          .read(TextFiles.at(file.toString()))
          .select(explode(split(col("line"), " ")).as("word"))
          .where(col("word").ne(""))
          .groupBy("word")
          .agg(count().as("n"))
          .collect()
          .forEach(row -> counted.put(row.stringValue("word"), row.longValue("n")));
    }
    assertThat(counted)
        .isEqualTo(
            Stream.of(text.split("\\s+"))
                .collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting())));
  }

  @Test
  void blocksOfRecordsAreCutByRows() {
    int leafRows = 100;
    int blockRows = 30;
    BlockFolds.Total expected = new BlockFolds.Total();
    for (int leaf = 0; leaf < ROWS; leaf += leafRows) {
      for (int block = leaf; block < leaf + leafRows; block += blockRows) {
        List<Reading> rows =
            readings().subList(block, Math.min(block + blockRows, leaf + leafRows));
        double fold = 1;
        for (Reading reading : rows) {
          fold = BlockFolds.fold(fold, reading.value());
        }
        expected.add(fold, rows.size());
      }
    }
    try (Session session = session(leafRows, blockRows)) {
      BlockFolds.Total found =
          session.read(Records.of(readings(), Reading.class)).reduce(new BlockFolds("value"));
      assertThat(found.canonical()).isEqualTo(expected.canonical());
      assertThat(found.blocks()).isEqualTo(ROWS / leafRows * 4);
    }
  }

  @Test
  void blocksOfAFileAreCutByTheBytesOfItsLeaves() throws IOException {
    StringBuilder text = new StringBuilder();
    BlockFolds.Total expected = new BlockFolds.Total();
    double fold = 1;
    int rows = 0;
    long leaf = 0;
    for (Reading reading : readings()) {
      if (text.length() / 64 != leaf || rows == 3) {
        expected.add(fold, rows);
        fold = 1;
        rows = 0;
        leaf = text.length() / 64;
      }
      fold = BlockFolds.fold(fold, reading.value());
      rows++;
      text.append(reading.id() + "," + reading.parity() + "," + reading.value() + "\n");
    }
    expected.add(fold, rows);
    Path file = Files.writeString(folder.resolve("readings.csv"), text);
    try (Session session = session(1, 3)) {
      BlockFolds.Total found =
          session.read(Csv.of(Reading.class).at(file.toString())).reduce(new BlockFolds("value"));
      assertThat(found.canonical()).isEqualTo(expected.canonical());
    }
  }

  @Test
  void writtenRowsAreReadAgainInOrder() {
    Path target = folder.resolve("written");
    try (Session session = session(10, 3)) {
      session.read(Records.of(readings(), Reading.class)).write(Csv.to(target.toString()));
      assertThat(session.read(Csv.of(Reading.class).at(target.toString())).collect(Reading.class))
          .isEqualTo(readings());
    }
    List<String> names = new ArrayList<>();
    Canonical.list(target).forEach(part -> names.add(part.getFileName().toString()));
    assertThat(names)
        .containsExactly(
            "_SUCCESS",
            "part-00000-00000000.csv",
            "part-00000-00000001.csv",
            "part-00000-00000002.csv",
            "part-00000-00000003.csv",
            "part-00000-00000004.csv",
            "part-00000-00000005.csv",
            "part-00000-00000006.csv");
  }

  @Test
  void filesAreOrderedByPathAsBytesWithoutTheSuffixOfTheirCompression() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (String name : List.of("b", "a/z", "a-", "B", "é", "~")) {
      Path file = many.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    List<String> found = new ArrayList<>();
    try (Session session = session(1, 1)) {
      session
          .read(TextFiles.at(many.toString()))
          .collect()
          .forEach(row -> found.add(row.stringValue("line")));
    }
    assertThat(found).containsExactly("B", "a-", "a/z", "b", "~", "é");
  }
}
