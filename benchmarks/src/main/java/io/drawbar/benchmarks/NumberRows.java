package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Generated rows of {@value #COLUMNS} numbers in a format of text. The answer is the sum of each
 * column, or, of LIBSVM's format, that of the labels and that of all features.
 */
enum NumberRows {
  /** With a header {@code x0,x1,...}. */
  CSV("numbers.csv"),
  /** An object in each line, <code>{"x0":1.5,"x1":...}</code>. */
  JSON("numbers.json"),
  /** A label of 0 or 1, and as many of {@link #FEATURES} features as there are columns. */
  LIBSVM("numbers.libsvm");

  static final int COLUMNS = 20;

  /** How many features there are in LIBSVM's format. */
  static final int FEATURES = 1_000;

  /** Numbers of 12 characters, {@code 1.2345678901} or {@code -1.234567890}. */
  static final String SHORT = "short";

  /** Numbers of 17 digits, as programs write doubles. */
  static final String FULL_17 = "full17";

  private static final int SHORT_DECIMALS = 10;
  private static final int FULL_DECIMALS = 16;

  /** Of a sum: rounding comes to less, and a number that is left out to more. */
  private static final double TOLERANCE = 1e-3;

  private final String file;

  NumberRows(String file) {
    this.file = file;
  }

  /** The file of an input. */
  Path file(Input input) {
    return input.file(file);
  }

  /** The name of a column. */
  static String column(int index) {
    return "x" + index;
  }

  /**
   * So many rows.
   *
   * @param cells {@link #SHORT} or {@link #FULL_17}
   */
  Input of(long rows, String cells) {
    return Input.named(file.replace('.', '-') + "-" + cells + "-" + rows, generator(rows, cells));
  }

  Input.Generator generator(long rows, String cells) {
    if (!cells.equals(SHORT) && !cells.equals(FULL_17)) {
      throw new IllegalArgumentException("no cells are '%s'".formatted(cells));
    }
    return folder -> new Writer(this, cells.equals(FULL_17)).write(folder, rows);
  }

  private static final class Writer {
    private final NumberRows format;
    private final int decimals;
    private final SplittableRandom random = new SplittableRandom(5);
    private final double[] sums = new double[COLUMNS];
    private double labels;

    Writer(NumberRows format, boolean isFull) {
      this.format = format;
      this.decimals = isFull ? FULL_DECIMALS : SHORT_DECIMALS;
    }

    double[][] write(Path folder, long rows) throws IOException {
      try (TextOutput out = new TextOutput(folder.resolve(format.file))) {
        if (format == CSV) {
          for (int c = 0; c < COLUMNS; c++) {
            out.text(c == 0 ? "" : ",").text(column(c));
          }
          out.character('\n');
        }
        for (long row = 0; row < rows; row++) {
          row(out);
        }
      }
      if (format != LIBSVM) {
        double[][] answer = new double[COLUMNS][];
        for (int c = 0; c < COLUMNS; c++) {
          answer[c] = new double[] {sums[c], TOLERANCE};
        }
        return answer;
      }
      double all = 0;
      for (double sum : sums) {
        all += sum;
      }
      return new double[][] {{labels, 0}, {all, TOLERANCE}};
    }

    private void row(TextOutput out) throws IOException {
      if (format == LIBSVM) {
        int label = random.nextInt(2);
        labels += label;
        out.number(label);
      }
      for (int c = 0; c < COLUMNS; c++) {
        switch (format) {
          case CSV -> out.text(c == 0 ? "" : ",");
          case JSON -> out.text(c == 0 ? "{\"" : ",\"").text(column(c)).text("\":");
          case LIBSVM -> {
            int apart = FEATURES / COLUMNS;
            out.character(' ').number(1 + c * apart + random.nextInt(apart)).character(':');
          }
        }
        number(out, c);
      }
      out.text(format == JSON ? "}\n" : "\n");
    }

    private void number(TextOutput out, int column) throws IOException {
      long one = 1;
      for (int i = 0; i < decimals; i++) {
        one *= 10;
      }
      long scaled = random.nextLong(one, 10 * one);
      int shown = decimals;
      if (random.nextBoolean()) {
        // The sign takes the place of a digit, where there is no room for more.
        boolean isShort = decimals == SHORT_DECIMALS;
        shown -= isShort ? 1 : 0;
        scaled = isShort ? scaled / 10 : scaled;
        one = isShort ? one / 10 : one;
        scaled = -scaled;
      }
      out.fixed(scaled, shown);
      sums[column] += (double) scaled / one;
    }
  }
}
