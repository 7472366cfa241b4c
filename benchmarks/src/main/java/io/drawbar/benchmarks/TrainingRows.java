package io.drawbar.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Rows to learn from as plain Java has them: an array a row, the label last.
 *
 * @param rows at least one
 */
record TrainingRows(double[][] rows) {

  /** Adds what some rows amount to. */
  interface Share {
    void add(int from, int to, double[] into);
  }

  static TrainingRows read(Path csv) {
    try {
      return new TrainingRows(LocalStreams.rows(csv).toArray(double[][]::new));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + csv, e);
    }
  }

  int size() {
    return rows.length;
  }

  /** How many features a row has. */
  int features() {
    return rows[0].length - 1;
  }

  double label(int row) {
    return rows[row][rows[row].length - 1];
  }

  /** Some numbers summed over all rows, each core taking an equal share of them. */
  double[] sum(int numbers, Share share) {
    List<double[]> parts =
        LineChunks.parallel(
            thread -> {
              double[] part = new double[numbers];
              long size = rows.length;
              int from = (int) (size * thread / ByHand.CORES);
              int to = (int) (size * (thread + 1) / ByHand.CORES);
              share.add(from, to, part);
              return part;
            });
    double[] sum = new double[numbers];
    for (double[] part : parts) {
      for (int i = 0; i < numbers; i++) {
        sum[i] += part[i];
      }
    }
    return sum;
  }

  /** Sums of products of (1, features, label). */
  Gram gram() {
    List<Gram> parts =
        LineChunks.parallel(
            thread -> {
              Gram gram = new Gram(features());
              long size = rows.length;
              int to = (int) (size * (thread + 1) / ByHand.CORES);
              for (int i = (int) (size * thread / ByHand.CORES); i < to; i++) {
                gram.add(rows[i]);
              }
              return gram;
            });
    return parts.stream().reduce(Gram::merge).orElseThrow();
  }

  /** An intercept, then coefficients, times a row; begins at a place of the numbers. */
  static double margin(double[] numbers, int at, double[] row) {
    double even = numbers[at];
    double odd = 0;
    int last = row.length - 1;
    int j = 0;
    for (; j < last - 1; j += 2) {
      even += numbers[at + 1 + j] * row[j];
      odd += numbers[at + 2 + j] * row[j + 1];
    }
    return (j < last ? even + numbers[at + 1 + j] * row[j] : even) + odd;
  }

  /** Adds a row with a leading one, times a factor. */
  static void addTimes(double factor, double[] row, double[] into, int at) {
    into[at] += factor;
    for (int j = 0; j < row.length - 1; j++) {
      into[at + 1 + j] += factor * row[j];
    }
  }
}
