package io.drawbar.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for what a program writes in order, which is looked at line by line: whether none is
 * missing, and whether each is where it belongs.
 */
final class SortedOutput implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final double HUNDREDTHS = 100;

  private final Path parent;
  private long lines;
  private double weighed;

  SortedOutput() throws IOException {
    parent = Files.createTempDirectory("drawbar-sorted-");
  }

  /** A folder that is not there yet. */
  Path folder() {
    return parent.resolve("output");
  }

  /**
   * The number of lines in all files, in the order of their names, and the sum over them of place
   * times last number, a place being from 0 to before 1.
   *
   * @param count how many lines there should be
   */
  double[] answer(double count) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder())) {
      files = all.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    for (Path file : files) {
      read(file, count);
    }
    return new double[] {lines, weighed};
  }

  /** Numbers have at most two decimals. */
  private void read(Path file, double count) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long number = 0;
    int decimals = -1;
    boolean isNegative = false;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        for (int i = 0; i < read; i++) {
          byte letter = buffer[i];
          if (letter == ',') {
            number = 0;
            decimals = -1;
            isNegative = false;
          } else if (letter == '-') {
            isNegative = true;
          } else if (letter == '.') {
            decimals = 0;
          } else if (letter != '\n') {
            number = 10 * number + letter - '0';
            decimals += decimals < 0 ? 0 : 1;
          } else {
            double scale = decimals == 2 ? 1 : decimals == 1 ? 10 : HUNDREDTHS;
            weighed += lines / count * (isNegative ? -number : number) * scale / HUNDREDTHS;
            lines++;
          }
        }
      }
    }
  }

  /** Removes it. */
  @Override
  public void close() throws IOException {
    Input.delete(parent);
  }
}
