package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Generated rows of two classes, as CSV: {@code x0,x1,...,y}. Features share three factors, so that
 * they are correlated and spread along some directions more than along others; the label is drawn
 * with the probability that a logistic model gives it.
 */
final class Logits {
  static final String FILE = "logits.csv";
  static final int FEATURES = 100;

  private static final int FACTORS = 3;

  static final TrainingSet ROWS = new TrainingSet(FILE, FEATURES, Logits::of, Logits::generator);

  private Logits() {}

  private static Input of(int rows) {
    return Input.named("logits-" + rows, generator(rows));
  }

  private static Input.Generator generator(int rows) {
    return folder -> write(folder, rows);
  }

  private static double[][] write(Path folder, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    double[] factors = new double[FACTORS];
    try (TextOutput out = new TextOutput(folder.resolve(FILE))) {
      header(out, FEATURES);
      for (int row = 0; row < rows; row++) {
        for (int f = 0; f < FACTORS; f++) {
          factors[f] = 2 * random.nextDouble() - 1;
        }
        double margin = 0.5;
        for (int j = 0; j < FEATURES; j++) {
          double x = (2 * random.nextDouble() - 1) * (0.5 + 0.05 * (j % 10));
          for (int f = 0; f < FACTORS; f++) {
            x += (j * (f + 3) % 7 - 3) * 0.1 * factors[f];
          }
          long scaled = Math.round(x * 10_000);
          margin += (j % 7 - 3) * 0.15 * scaled / 10_000;
          out.fixed(scaled, 4).character(',');
        }
        boolean isOne = random.nextDouble() < 1 / (1 + StrictMath.exp(-margin));
        out.number(isOne ? 1 : 0).character('\n');
      }
    }
    return new double[0][];
  }

  /** The names of the columns. */
  static void header(TextOutput out, int features) throws IOException {
    for (int j = 0; j < features; j++) {
      out.character('x').number(j).character(',');
    }
    out.text("y\n");
  }
}
