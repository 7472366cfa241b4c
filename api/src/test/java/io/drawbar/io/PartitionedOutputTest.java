package io.drawbar.io;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.type.DataType;
import io.drawbar.type.DuplicateColumnException;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import io.drawbar.type.UnknownColumnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns in the names of folders. */
class PartitionedOutputTest {
  private static final Schema SALES =
      Schema.empty()
          .with("year", DataType.LONG)
          .with("amount", DataType.DOUBLE)
          .with("country", DataType.STRING)
          .with("online", DataType.BOOLEAN);

  private final Session session = Session.open(Config.of("drawbar.parallelism", "2"));

  @TempDir Path folder;

  @AfterEach
  void close() {
    session.close();
  }

  private static Row sale(Object... values) {
    return Row.of(SALES, values);
  }

  private Dataset rows(Row... rows) {
    return session.read(Records.of(SALES, List.of(rows)));
  }

  private String target() {
    return folder + "/sales";
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder.resolve("sales"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(folder.resolve("sales").relativize(file).toString(), Files.readString(file));
      }
    }
    return files;
  }

  @Test
  void foldersAreNamedAfterValuesAsHiveHasThem() throws IOException {
    Row[] all = {
      sale(2024L, 1.5, "DE", true),
      sale(2024L, 2.5, "a/b:c%=d {", true),
      sale(null, 3.5, null, null),
      sale(-7L, 4.5, "", false),
      sale(2024L, null, "DE", true)
    };
    CsvSink sink = Csv.to(target()).partitionedBy("year", "country", "online");
    assertThat(sink.describe())
        .isEqualTo("csv " + target() + " (partitioned by year, country, online)");
    rows(all).write(sink);
    assertThat(files())
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "_SUCCESS",
                    "",
                    "year=2024/country=DE/online=true/part-00000-00000000.csv",
                    "1.5\n\n",
                    "year=2024/country=a%2Fb%3Ac%25%3Dd %7B/online=true/part-00000-00000000.csv",
                    "2.5\n",
                    "year=__HIVE_DEFAULT_PARTITION__/country=__HIVE_DEFAULT_PARTITION__/online=__HIVE_DEFAULT_PARTITION__/part-00000-00000000.csv",
                    "3.5\n",
                    "year=-7/country=/online=false/part-00000-00000000.csv",
                    "4.5\n")));
    PartitionedFiles source = Csv.of(SALES).at(target()).partitionedBy("year", "country", "online");
    Dataset back = session.read(source);
    assertThat(back.collect()).containsExactly(all[3], all[0], all[4], all[1], all[2]);
    assertThat(back.where(col("year").gt(0)).select("country").collect()).hasSize(3);
    Schema some = Schema.empty().with("online", DataType.BOOLEAN).with("amount", DataType.DOUBLE);
    assertThat(back.select("online", "amount").limit(1).collect())
        .containsExactly(Row.of(some, false, 4.5));
    assertThat(back.count()).isEqualTo(5);
    assertThat(source.describe())
        .isEqualTo("csv " + target() + " (partitioned by year, country, online)");
  }

  @Test
  void allFormatsAndModesHaveThem() throws IOException {
    Row one = sale(1L, 1.5, "DE", true);
    Row two = sale(2L, 2.5, "FR", null);
    rows(one, two).write(Json.to(target()).gzip().partitionedBy("country"));
    rows(one).write(Json.to(target()).partitionedBy("country").append());
    Dataset back = session.read(Json.of(SALES).at(target()).partitionedBy("country"));
    assertThat(back.collect()).containsExactly(one, one, two);
    back.limit(1).write(Json.to(target()).partitionedBy("online", "year").overwrite());
    assertThat(files())
        .containsOnlyKeys("_SUCCESS", "online=true/year=1/part-00000.json")
        .containsEntry(
            "online=true/year=1/part-00000.json", "{\"amount\":1.5,\"country\":\"DE\"}\n");
    rows(one, two)
        .select("year", "country")
        .write(TextFiles.to(folder + "/t").partitionedBy("year"));
    assertThat(folder.resolve("t/year=2/part-00000-00000000.txt")).hasContent("FR\n");
  }

  @Test
  void whatAFolderCannotBeNamedAfterIsRefused() {
    Dataset rows = rows(sale(1L, 1.5, "__HIVE_DEFAULT_PARTITION__", true));
    CsvSink sink = Csv.to(target());
    assertThatThrownBy(() -> rows.write(sink.partitionedBy("amount")))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("column 'amount' is DOUBLE; folders are named after");
    assertThatThrownBy(() -> rows.write(sink.partitionedBy("yaer")))
        .isInstanceOf(UnknownColumnException.class);
    assertThatThrownBy(() -> rows.write(sink.partitionedBy("year", "year")))
        .isInstanceOf(DuplicateColumnException.class);
    assertThatThrownBy(() -> rows.select("year").write(sink.partitionedBy("year")))
        .hasMessageContaining("none is left for the files");
    assertThatThrownBy(() -> rows.write(sink.partitionedBy("year").singleFile()))
        .isInstanceOf(CommitException.class)
        .hasMessageContaining("leave singleFile() or partitionedBy(...) out");
    assertThatThrownBy(() -> rows.withColumn("_y", col("year")).write(sink.partitionedBy("_y")))
        .hasMessageContaining("names with _ or . at the start are hidden");
    assertThatThrownBy(() -> rows.write(sink.partitionedBy("country")))
        .isInstanceOf(UnwritableValueException.class)
        .hasMessageContaining("stands for null");
    Dataset longText = rows(sale(1L, 1.5, "x".repeat(300), true));
    assertThatThrownBy(() -> longText.write(sink.partitionedBy("country")))
        .isInstanceOf(UnwritableValueException.class)
        .hasMessageContaining("longer than 255 bytes");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void pathsThatAreNotAsDeclaredAreNamed() throws IOException {
    Reading.write(folder.resolve("sales/year=2024/x.csv"), "1.5\n");
    Reading.write(folder.resolve("sales/year=last%20year/x.csv"), "1.5\n");
    Schema schema = Schema.empty().with("amount", DataType.DOUBLE).with("year", DataType.LONG);
    assertThatThrownBy(
            () -> session.read(Csv.of(schema).at(target()).partitionedBy("year")).count())
        .hasMessageContaining(
            "/sales/year=last%20year/x.csv: 'last year' is no LONG, as which column 'year' is"
                + " declared");
    Schema text = Schema.empty().with("amount", DataType.DOUBLE).with("year", DataType.STRING);
    assertThat(session.read(Csv.of(text).at(target()).partitionedBy("year")).collect())
        .containsExactly(Row.of(text, 1.5, "2024"), Row.of(text, 1.5, "last year"));
    Schema other = schema.with("month", DataType.LONG);
    assertThatThrownBy(
            () ->
                session
                    .read(Csv.of(other).at(target() + "/year=2024").partitionedBy("year", "month"))
                    .count())
        .hasMessageContaining("is in no folder 'month=...'");
    Reading.write(folder.resolve("null/year=__HIVE_DEFAULT_PARTITION__/x.csv"), "1.5\n");
    record Amount(double amount, long year) {}
    assertThatThrownBy(
            () ->
                session
                    .read(Csv.of(Amount.class).at(folder + "/null").partitionedBy("year"))
                    .count())
        .hasMessageContaining("column 'year' is required, and null in the path");
  }

  /** More partitions than there are open files, and more rows than are kept. */
  @Test
  void manyPartitionsTakeFewFilesAtATime() throws IOException {
    Schema schema = Schema.empty().with("key", DataType.LONG).with("text", DataType.STRING);
    List<Row> rows = new ArrayList<>();
    String text = "t".repeat(300);
    for (long i = 0; i < 60_000; i++) {
      rows.add(Row.of(schema, i * i % 1_009, text + i));
    }
    session.read(Records.of(schema, rows)).write(Csv.to(target()).partitionedBy("key").overwrite());
    List<Row> back = session.read(Csv.of(schema).at(target()).partitionedBy("key")).collect();
    // Within a partition rows are in order; partitions are in that of their names.
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(row -> row.longValue("key") + "/"));
    assertThat(back).isEqualTo(sorted);
    Map<String, String> files = files();
    assertThat(files).containsKey("key=0/part-00000-00000000.csv");
    assertThat(files.keySet()).anyMatch(name -> name.endsWith("part-00000-00000000_000001.csv"));
    assertThat(files.keySet().stream().filter(name -> name.startsWith("key=0/"))).hasSize(1);
  }
}
