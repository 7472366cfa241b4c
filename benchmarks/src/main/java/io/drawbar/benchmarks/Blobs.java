package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Generated rows around centres, as CSV: {@code x0,x1,...,y}. The clouds overlap, so that it takes
 * rounds to tell them apart; two of them make a class, whose number is {@code y}.
 */
final class Blobs {
  static final String FILE = "blobs.csv";
  static final int FEATURES = 20;
  static final int CENTRES = 20;
  static final int CLASSES = 10;

  static final TrainingSet ROWS = new TrainingSet(FILE, FEATURES, Blobs::of, Blobs::generator);

  private Blobs() {}

  private static Input of(int rows) {
    return Input.named("blobs-" + rows, generator(rows));
  }

  private static Input.Generator generator(int rows) {
    return folder -> write(folder, rows);
  }

  /** The centres, each uniform in -1 to 1 along each feature. */
  static double[][] centres() {
    SplittableRandom random = new SplittableRandom(11);
    double[][] centres = new double[CENTRES][FEATURES];
    for (double[] centre : centres) {
      for (int j = 0; j < FEATURES; j++) {
        centre[j] = 2 * random.nextDouble() - 1;
      }
    }
    return centres;
  }

  private static double[][] write(Path folder, int rows) throws IOException {
    double[][] centres = centres();
    SplittableRandom random = new SplittableRandom(13);
    try (TextOutput out = new TextOutput(folder.resolve(FILE))) {
      Logits.header(out, FEATURES);
      for (int row = 0; row < rows; row++) {
        int centre = random.nextInt(CENTRES);
        for (int j = 0; j < FEATURES; j++) {
          double x = centres[centre][j] + noise(random);
          out.fixed(Math.round(x * 10_000), 4).character(',');
        }
        out.number(centre % CLASSES).character('\n');
      }
    }
    return new double[0][];
  }

  /** Nearly normal, of variance 1: four uniform numbers, each of variance 1/12. */
  private static double noise(SplittableRandom random) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += random.nextDouble() - 0.5;
    }
    return sum * Math.sqrt(3);
  }
}
