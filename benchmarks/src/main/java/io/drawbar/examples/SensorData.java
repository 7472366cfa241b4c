package io.drawbar.examples;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Made-up readings of machines in a workshop: the same rows each time.
 *
 * <p>Wear follows from the readings: {@code wear = 0.02 temperature + 1.5 vibration + 0.3 load -
 * 0.5}, plus noise; a sensor that has failed reads 999 degrees.
 */
final class SensorData {
  static final double PER_DEGREE = 0.02;
  static final double PER_VIBRATION = 1.5;
  static final double PER_LOAD = 0.3;
  static final double BASE = -0.5;

  private static final int MACHINES = 12;

  private SensorData() {}

  /**
   * Writes a CSV file with a header: machine, hour, temperature (degrees Celsius), vibration
   * (mm/s), load (0 to 1), wear (micrometres).
   */
  static void write(Path file, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("machine,hour,temperature,vibration,load,wear\n");
      for (int i = 0; i < rows; i++) {
        int machine = random.nextInt(MACHINES);
        double temperature = 45 + 2 * machine + 5 * bell(random);
        double vibration = 1 + 0.1 * machine + 0.3 * bell(random);
        double load = random.nextDouble();
        double wear =
            PER_DEGREE * temperature
                + PER_VIBRATION * vibration
                + PER_LOAD * load
                + BASE
                + 0.1 * bell(random);
        boolean failed = random.nextInt(200) == 0;
        out.write(
            String.format(
                Locale.ROOT,
                "press-%02d,%d,%.2f,%.3f,%.3f,%.4f%n",
                machine + 1,
                i / MACHINES,
                failed ? 999 : temperature,
                vibration,
                load,
                wear));
      }
    }
  }

  /** A value around 0 with standard deviation 1. */
  private static double bell(SplittableRandom random) {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }
}
