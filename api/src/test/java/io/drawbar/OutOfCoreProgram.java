package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.config.Config;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSource;
import io.drawbar.learn.LogisticRegression;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.type.Row;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program with a heap that is much smaller than its file: sorts it, joins it with itself, groups
 * it by a key that is unique, keeps it, trains on it, and tries to collect it. It holds what comes
 * out against what is known of the file, and ends with an error if that is not it.
 */
public final class OutOfCoreProgram {
  /** A line of the file: ids from 0, each once, in an order that looks random. */
  record Line(long id, String name, double x, double y, boolean high) {}

  /** A number without a factor in common with any number of lines. */
  private static final long STEP = 2_147_483_647L;

  private static final int LINE_BYTES = 40;

  private final Session session;
  private final Path folder;
  private final String file;
  private final long lines;

  private OutOfCoreProgram(Session session, Path folder, long lines) {
    this.session = session;
    this.folder = folder;
    this.lines = lines;
    file = folder.resolve("lines.csv").toString();
  }

  /** Takes a folder, and how many mebibytes of lines to write into it. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    long lines = write(folder.resolve("lines.csv"), Long.parseLong(args[1]) << 20);
    Config config =
        Config.of("drawbar.parallelism", "2")
            .with("drawbar.spill.folder", folder.resolve("spilled").toString())
            .with("drawbar.scratch.folder", folder.resolve("scratch").toString());
    try (Session session = Session.open(config)) {
      session.listen(report -> System.out.println("  " + report));
      OutOfCoreProgram program = new OutOfCoreProgram(session, folder, lines);
      program.sorts();
      program.joins();
      program.groups();
      program.caches();
      program.trains();
      program.failsToCollect();
    }
    try (Stream<Path> left = Files.list(folder.resolve("spilled"))) {
      check("files left", left.count(), 0);
    }
    System.out.println("done");
  }

  private static long write(Path file, long bytes) throws IOException {
    long lines = bytes / LINE_BYTES;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      StringBuilder line = new StringBuilder();
      for (long i = 0; i < lines; i++) {
        long id = i * STEP % lines;
        long x = id * 31 % 1009;
        line.setLength(0);
        line.append(id).append(',').append(name(id)).append(',');
        line.append(x).append('.').append(id % 100).append(',').append(id % 17).append(',');
        line.append(x > 500).append('\n');
        out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
      }
    }
    return lines;
  }

  /** Sixteen digits, of each id others. */
  private static String name(long id) {
    String digits = Long.toHexString(id * 0x9E37_79B9_7F4A_7C15L);
    return "0".repeat(16 - digits.length()) + digits;
  }

  private Dataset lines() {
    CsvSource source = Csv.of(Line.class).at(file);
    return session.read(source);
  }

  private static void check(String what, long found, long expected) {
    if (found != expected) {
      throw new IllegalStateException(what + ": " + found + " instead of " + expected);
    }
  }

  private long sumOfIds() {
    return lines * (lines - 1) / 2;
  }

  private void sorts() throws IOException {
    Path target = folder.resolve("sorted");
    RunReport report = lines().sortBy(col("name").desc()).write(Csv.to(target.toString()));
    check("lines sorted", report.rowsOut(), lines);
    check("spilled", Long.signum(report.bytesSpilled()), 1);
    long ids = 0;
    String last = null;
    List<Path> parts;
    try (Stream<Path> files = Files.list(target)) {
      parts = files.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
    }
    for (Path part : parts) {
      for (String line : (Iterable<String>) Files.lines(part)::iterator) {
        String[] cells = line.split(",");
        if (last != null && last.compareTo(cells[1]) < 0) {
          throw new IllegalStateException(cells[1] + " after " + last);
        }
        last = cells[1];
        ids += Long.parseLong(cells[0]);
      }
    }
    check("ids sorted", ids, sumOfIds());
  }

  private void joins() {
    Row row =
        lines()
            .join(lines().select(col("id"), col("name").as("other")), "id")
            .agg(count().as("n"), sum("id").as("ids"), max("other").as("last"))
            .collect()
            .get(0);
    check("pairs", row.longValue("n"), lines);
    check("ids joined", row.longValue("ids"), sumOfIds());
  }

  private void groups() {
    Row row =
        lines()
            .groupBy("name")
            .agg(count().as("n"), sum("id").as("ids"))
            .agg(count().as("groups"), sum("n").as("n"), sum("ids").as("ids"))
            .collect()
            .get(0);
    check("groups", row.longValue("groups"), lines);
    check("lines grouped", row.longValue("n"), lines);
    check("ids grouped", row.longValue("ids"), sumOfIds());
  }

  /** Kept on disk, and as much of it in memory as there is room for. */
  private void caches() {
    Dataset kept = lines().where(col("y").ge(0)).cache();
    for (int time = 0; time < 2; time++) {
      Row row =
          kept.select("id", "name")
              .distinct()
              .agg(count().as("n"), sum("id").as("ids"))
              .collect()
              .get(0);
      check("lines kept", row.longValue("n"), lines);
      check("ids kept", row.longValue("ids"), sumOfIds());
    }
  }

  private void trains() {
    Model model =
        Pipeline.of(
                VectorAssembler.of("x", "y").into("features"),
                LogisticRegression.on("features").predicting("high").withL2(0.01))
            .fit(lines());
    System.out.println("model " + model.fingerprint());
  }

  private void failsToCollect() {
    try {
      check("rows collected", lines().collect().size(), -1);
    } catch (MemoryLimitException e) {
      System.out.println("  " + e.getMessage());
    }
    long few = Runtime.getRuntime().maxMemory() / 4 / 9;
    try {
      check("rows collected", lines().select("id").limit((int) few).collect().size(), -1);
    } catch (MemoryLimitException e) {
      System.out.println("  " + e.getMessage());
    }
  }
}
