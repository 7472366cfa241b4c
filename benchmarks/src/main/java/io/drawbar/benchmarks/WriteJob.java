package io.drawbar.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes rows that are in memory before the clock starts into a folder of CSV files with headers, a
 * new one each time. What is written is looked at when all is timed, every run of it.
 */
abstract class WriteJob implements Contender {
  private static final String WRITTEN = "written-";

  private int runs;

  /** Writes the rows that have been prepared. */
  abstract void write(Path folder) throws Exception;

  @Override
  public final double[] run(Input input) throws Exception {
    Path folder = input.file(WRITTEN + getClass().getSimpleName() + "-" + runs++);
    Input.delete(folder);
    write(folder);
    return new double[0];
  }

  /**
   * Reads what all runs have written, holds it to what is known, and removes it.
   *
   * @return the sums of the columns of the last
   * @throws IllegalStateException if one has written something else
   */
  static double[] checked(Input input) throws IOException {
    List<Path> folders;
    try (Stream<Path> files = Files.list(input.folder())) {
      folders = files.filter(f -> f.getFileName().toString().startsWith(WRITTEN)).sorted().toList();
    }
    double[] sums = new double[0];
    for (Path folder : folders) {
      sums = input.checked(sums(folder));
      Input.delete(folder);
    }
    return sums;
  }

  private static double[] sums(Path folder) throws IOException {
    double[] sums = new double[NumberRows.COLUMNS];
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(f -> f.getFileName().toString().startsWith("part-")).sorted().toList();
    }
    for (Path file : files) {
      try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
        for (CsvRecord row : reader) {
          for (int c = 0; c < sums.length && row.getStartingLineNumber() > 1; c++) {
            sums[c] += Double.parseDouble(row.getField(c));
          }
        }
      }
    }
    return sums;
  }
}
