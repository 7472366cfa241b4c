package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.Functions;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.io.TargetExistsException;
import io.drawbar.io.TextFiles;
import io.drawbar.io.UriFileSystem;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.FileSystem;
import io.drawbar.type.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an engine does with files of another file system: what it does with those of the machine.
 */
public abstract class FilesByUriTest {
  record Visit(String customer, long pages, double seconds) {}

  private static final int ROWS = 3_000;

  @TempDir Path folder;

  /** The name of the engine. */
  protected abstract String engine();

  /** The URI of an empty folder of a file system that is not that of the machine. */
  protected abstract String root() throws IOException;

  /** What its settings are. */
  protected abstract Map<String, String> settings() throws IOException;

  private Config config(String engine) throws IOException {
    Config config =
        Config.of(
            "drawbar.engine", engine, "drawbar.leaf.bytes", "4096", "drawbar.block.rows", "64");
    for (Map.Entry<String, String> setting : settings().entrySet()) {
      config = config.with(setting.getKey(), setting.getValue());
    }
    return config;
  }

  private static String lines(int count, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("customer ").append(random.nextInt(50)).append(',').append(random.nextInt(9));
      text.append(',').append(random.nextInt(1_000_000) / 1000.0).append('\n');
    }
    return text.toString();
  }

  private static void write(FileSystem system, String path, String text) throws IOException {
    OutputStream out = system.create(path);
    try (OutputStream into = path.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      into.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<Row> summary(Dataset visits) {
    return visits
        .groupBy("customer")
        .agg(Functions.sum("seconds").as("seconds"), Functions.count().as("visits"))
        .collect();
  }

  @Test
  void rowsAndSumsAreThoseOfTheMachinesFiles() throws IOException {
    Config config = config(engine());
    String root = root();
    FileSystem system = new UriFileSystem().configured(config, List.of(root));
    Files.createDirectories(folder.resolve("in"));
    for (String name : List.of("a.csv", "b.csv.gz", "deep/c.csv", "_hidden/d.csv")) {
      String text = name.startsWith("_") ? "no row" : lines(ROWS, name.length());
      write(system, root + "/in/" + name, text);
      Files.createDirectories(folder.resolve("in/" + name).getParent());
      write(system, folder.resolve("in/" + name).toUri().toString(), text);
    }
    List<Row> rows;
    List<Row> sums;
    try (Session local = Session.open(config("local"))) {
      Dataset plain = local.read(Csv.of(Visit.class).at(folder + "/in"));
      rows = plain.collect();
      sums = summary(plain);
    }
    assertThat(rows).hasSize(3 * ROWS);
    try (Session session = Session.open(config)) {
      Dataset visits = session.read(Csv.of(Visit.class).at(root + "/in"));
      assertThat(visits.collect()).isEqualTo(rows);
      assertThat(summary(visits)).isEqualTo(sums);
      visits.write(Json.to(root + "/out"));
      assertThat(system.exists(root + "/out/_SUCCESS")).isTrue();
      assertThat(session.read(Json.of(Visit.class).at(root + "/out")).collect()).isEqualTo(rows);
      assertThatThrownBy(() -> visits.write(Json.to(root + "/out")))
          .isInstanceOf(TargetExistsException.class)
          .hasMessageContaining(root + "/out");
      visits.write(Csv.to(root + "/one.csv").singleFile());
      assertThat(session.read(Csv.of(Visit.class).at(root + "/o*.csv")).collect()).isEqualTo(rows);
    }
    assertThat(system.list(root).stream().map(FileSystem.Status::relativePath))
        .as("nothing is left behind")
        .allMatch(
            name -> name.startsWith("in/") || name.startsWith("out/") || name.equals("one.csv"));
    try (Session local = Session.open(config("local"))) {
      assertThat(local.read(Csv.of(Visit.class).at(root + "/out/../in")).collect()).isEqualTo(rows);
    }
  }

  @Test
  void whatIsWrongIsSaidWithTheUri() throws IOException {
    Config config = config(engine());
    String root = root();
    FileSystem system = new UriFileSystem().configured(config, List.of(root));
    write(system, root + "/wrong/a.csv", lines(10, 1) + "x,y,z\n");
    try (Session session = Session.open(config)) {
      Dataset wrong = session.read(Csv.of(Visit.class).at(root + "/wrong"));
      assertThatThrownBy(wrong::collect)
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining(root + "/wrong/a.csv, line 11");
      Dataset missing = session.read(TextFiles.at(root + "/gone"));
      assertThatThrownBy(missing::count).hasMessageContaining("nothing is at " + root + "/gone");
    }
  }
}
