package io.drawbar.examples;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.max;

import io.drawbar.Dataset;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
import io.drawbar.type.Row;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * From raw sensor readings to a model of wear, in one pipeline. Which engine runs it is
 * configuration; nothing here knows.
 */
public final class Quickstart {
  /** A line of the CSV file: one column a component. */
  record Reading(
      String machine, long hour, double temperature, double vibration, double load, double wear) {}

  /** What is printed of each machine. */
  record Summary(String machine, long readings, double temperature, double hottest) {}

  private static final int ROWS = 200_000;

  private Quickstart() {}

  /** Runs the example in a folder, {@code target/quickstart} unless one is given. */
  public static void main(String[] arguments) throws IOException {
    run(Path.of(arguments.length > 0 ? arguments[0] : "target/quickstart"), ROWS);
  }

  /** Runs the example; returns the fingerprint of everything it found. */
  static String run(Path folder, int rows) throws IOException {
    // First of all: an engine that is not there is told before there is work to wait for.
    try (Session session = Session.open()) {
      say("1. Opened a session on engine '%s'", session.engine());

      deleteTree(folder);
      Files.createDirectories(folder);
      Path file = folder.resolve("readings.csv");
      SensorData.write(file, rows);
      say("2. Made %,d sensor readings: %s (%,d bytes)", rows, file, Files.size(file));

      Dataset readings = session.read(Csv.of(Reading.class).header().at(file.toString()));
      Dataset valid = readings.where(col("temperature").lt(150));
      say("3. Dropped readings of failed sensors: %,d of %,d are valid", valid.count(), rows);

      Dataset byMachine =
          valid
              .groupBy("machine")
              .agg(
                  count().as("readings"),
                  avg("temperature").as("temperature"),
                  max("temperature").as("hottest"));
      List<Summary> summaries = byMachine.collect(Summary.class);
      say("4. By machine:          readings   average   hottest");
      summaries.stream()
          .sorted(Comparator.comparing(Summary::machine))
          .forEach(
              s ->
                  say(
                      "     %-18s %9d %7.2f C %7.2f C",
                      s.machine(), s.readings(), s.temperature(), s.hottest()));

      Path output = folder.resolve("by-machine");
      RunReport report = byMachine.write(Csv.to(output.toString()).header());
      say("5. Wrote them to %s: %s", output, report);

      LinearRegressionModel model =
          LinearRegression.on("features")
              .predicting("wear")
              .fit(
                  valid.transform(
                      VectorAssembler.of("temperature", "vibration", "load").into("features")));
      say("6. Learnt how wear follows from the readings (R squared %.3f):", model.rSquared());
      List<Double> w = model.coefficients();
      say("     per degree         %9.5f   (made with %.2f)", w.get(0), SensorData.PER_DEGREE);
      say("     per mm/s vibration %9.5f   (made with %.2f)", w.get(1), SensorData.PER_VIBRATION);
      say("     per unit of load   %9.5f   (made with %.2f)", w.get(2), SensorData.PER_LOAD);
      say("     base               %9.5f   (made with %.2f)", model.intercept(), SensorData.BASE);

      String fingerprint = fingerprint(byMachine.collect(), model);
      say("7. SHA-256 of all results: %s", fingerprint);
      say("   It is the same on every engine: run again with -Ddrawbar.engine=flink, say.");
      return fingerprint;
    }
  }

  private static void say(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  /** The bits of the results, not their rounded print. */
  private static String fingerprint(List<Row> rows, LinearRegressionModel model) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      rows.forEach(row -> digest.update(row.toString().getBytes(StandardCharsets.UTF_8)));
      for (double weight : model.coefficients()) {
        digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, weight).array());
      }
      digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, model.intercept()).array());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
