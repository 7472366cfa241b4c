package io.drawbar.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up the numbers of a file, which are in memory before the clock starts, on all cores. */
final class MemoryScan implements Contender {
  private static final Pattern NUMBER = Pattern.compile("(?<=[:,{ ]|^)-?[0-9.]+(?=[,} ]|$)");

  private final List<double[]> rows = Collections.synchronizedList(new java.util.ArrayList<>());
  private double[][] columns;

  @Override
  public void prepare(Input input) throws IOException {
    for (NumberRows format : NumberRows.values()) {
      Path file = format.file(input);
      if (Files.exists(file)) {
        read(file);
      }
    }
  }

  /** The numbers of each line; of LIBSVM's format, the label and what is behind colons. */
  private void read(Path file) throws IOException {
    int width = file.toString().endsWith(".libsvm") ? 1 + NumberRows.COLUMNS : NumberRows.COLUMNS;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line; (line = in.readLine()) != null; ) {
        if (!line.startsWith("x")) {
          double[] row = new double[width];
          Matcher matcher = NUMBER.matcher(line);
          for (int c = 0; c < width; c++) {
            if (!matcher.find()) {
              throw new IllegalStateException("not so many numbers: " + line);
            }
            row[c] = Double.parseDouble(matcher.group());
          }
          rows.add(row);
        }
      }
    }
    columns = new double[width][rows.size()];
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < width; c++) {
        columns[c][r] = rows.get(r)[c];
      }
    }
    rows.clear();
  }

  @Override
  public double[] run(Input input) {
    List<double[]> parts =
        LineChunks.parallel(
            thread -> {
              int from = (int) ((long) thread * columns[0].length / ByHand.CORES);
              int to = (int) ((thread + 1L) * columns[0].length / ByHand.CORES);
              return Arrays.stream(columns).mapToDouble(column -> sum(column, from, to)).toArray();
            });
    double[] sums = new double[columns.length];
    for (double[] part : parts) {
      for (int c = 0; c < sums.length; c++) {
        sums[c] += part[c];
      }
    }
    return sums.length == NumberRows.COLUMNS
        ? sums
        : new double[] {sums[0], Arrays.stream(sums, 1, sums.length).sum()};
  }

  private static double sum(double[] column, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += column[i];
    }
    return sum;
  }
}
