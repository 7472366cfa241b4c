package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Generated rows on a plane with noise, as CSV: {@code x0,x1,...,y}, each x uniform in -1 to 1 with
 * four decimals.
 */
final class Plane {
  static final String FILE = "plane.csv";

  /** Of the noise: uniform in -1/4 to 1/4. */
  private static final double DEVIATION = 0.5 / Math.sqrt(12);

  private static final double DEVIATION_OF_X = 2 / Math.sqrt(12);

  /** No honest program is ever further from the plane than by so many standard errors. */
  private static final double STANDARD_ERRORS = 7;

  private Plane() {}

  /** Rows of so many features. */
  static TrainingSet rows(int features) {
    return new TrainingSet(
        FILE, features, rows -> of(rows, features), rows -> generator(rows, features));
  }

  static Input of(long rows, int features) {
    return Input.named("plane-" + rows + "-" + features, generator(rows, features));
  }

  static Input.Generator generator(long rows, int features) {
    return folder -> write(folder, rows, features);
  }

  private static double[][] write(Path folder, long rows, int features) throws IOException {
    double error = STANDARD_ERRORS * DEVIATION / Math.sqrt(Math.max(1, rows - features - 1));
    double[][] answer = new double[features + 1][];
    answer[0] = new double[] {2.5, error};
    for (int i = 0; i < features; i++) {
      answer[i + 1] = new double[] {(i % 7 - 3) * 0.5 + 0.25, error / DEVIATION_OF_X};
    }
    SplittableRandom random = new SplittableRandom(3);
    try (TextOutput out = new TextOutput(folder.resolve(FILE))) {
      for (int i = 0; i < features; i++) {
        out.character('x').number(i).character(',');
      }
      out.text("y\n");
      for (long row = 0; row < rows; row++) {
        double y = answer[0][0] + (random.nextDouble() - 0.5) / 2;
        for (int i = 0; i < features; i++) {
          int x = random.nextInt(20_000) - 10_000;
          y += answer[i + 1][0] * x / 10_000;
          out.fixed(x, 4).character(',');
        }
        out.fixed(Math.round(y * 1e6), 6).character('\n');
      }
    }
    return answer;
  }
}
