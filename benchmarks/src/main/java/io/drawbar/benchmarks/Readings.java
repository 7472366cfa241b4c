package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Generated readings of sensors as CSV: {@code sensor,hour,temperature}, sensors at random. */
final class Readings {
  static final String FILE = "readings.csv";

  private static final int ROWS_AN_HOUR = 100_000;

  /** In hundredths, of readings to be sorted. */
  private static final int TEMPERATURES = 10_000_000;

  private Readings() {}

  /** So many rows of about so many sensors. */
  static Input of(long rows, int sensors) {
    return Input.named("readings-" + rows + "-" + sensors, generator(rows, sensors));
  }

  static Input.Generator generator(long rows, int sensors) {
    return folder -> write(folder, rows, sensors);
  }

  /** So many rows, and the answer of who has sorted them by temperature, the hottest first. */
  static Input.Generator sorted(long rows) {
    return folder -> writeToSort(folder, rows);
  }

  private static double[][] writeToSort(Path folder, long rows) throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    long[] counts = new long[TEMPERATURES];
    try (TextOutput out = new TextOutput(folder.resolve(FILE))) {
      out.text("sensor,hour,temperature\n");
      for (long row = 0; row < rows; row++) {
        int temperature = random.nextInt(TEMPERATURES);
        out.number(sensor(random.nextInt(ROWS_AN_HOUR))).character(',');
        out.number(row / ROWS_AN_HOUR).character(',').fixed(temperature, 2).character('\n');
        counts[temperature]++;
      }
    }
    double sum = 0;
    double place = 0;
    for (int temperature = TEMPERATURES - 1; temperature >= 0; temperature--) {
      double count = counts[temperature];
      sum += temperature / 100.0 * (count * place + count * (count - 1) / 2) / rows;
      place += count;
    }
    return new double[][] {{rows, 0}, {sum, 1e-9 * sum}};
  }

  /** Numbers that differ, but do not follow each other. */
  static long sensor(int index) {
    return index * 2_654_435_761L & 0xFFFF_FFFFL;
  }

  private static double[][] write(Path folder, long rows, int sensors) throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    long[] hundredths = new long[sensors];
    int[] counts = new int[sensors];
    try (TextOutput out = new TextOutput(folder.resolve(FILE))) {
      out.text("sensor,hour,temperature\n");
      for (long row = 0; row < rows; row++) {
        int index = random.nextInt(sensors);
        int temperature = random.nextInt(12_000) - 2_000;
        out.number(sensor(index)).character(',').number(row / ROWS_AN_HOUR).character(',');
        out.fixed(temperature, 2).character('\n');
        hundredths[index] += temperature;
        counts[index]++;
      }
    }
    long keys = 0;
    double sum = 0;
    for (int i = 0; i < sensors; i++) {
      if (counts[i] > 0) {
        keys++;
        sum += hundredths[i] / 100.0 / counts[i];
      }
    }
    return new double[][] {{keys, 0}, {sum, 1e-9 * Math.abs(sum) + 1e-6}};
  }
}
