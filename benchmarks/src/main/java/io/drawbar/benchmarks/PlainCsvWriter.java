package io.drawbar.benchmarks;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program around FastCSV that writes numbers in memory, a file for each core. */
final class PlainCsvWriter extends WriteJob {
  private final List<double[]> rows = new ArrayList<>();

  @Override
  public void prepare(Input input) throws IOException {
    rows.clear();
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder().ofCsvRecord(NumberRows.CSV.file(input))) {
      for (CsvRecord record : reader) {
        if (record.getStartingLineNumber() > 1) {
          double[] row = new double[NumberRows.COLUMNS];
          for (int c = 0; c < row.length; c++) {
            row[c] = Double.parseDouble(record.getField(c));
          }
          rows.add(row);
        }
      }
    }
  }

  @Override
  void write(Path folder) throws IOException {
    Files.createDirectory(folder);
    LineChunks.parallel(
        thread -> {
          int from = (int) ((long) thread * rows.size() / ByHand.CORES);
          int to = (int) ((thread + 1L) * rows.size() / ByHand.CORES);
          try (CsvWriter writer = CsvWriter.builder().build(folder.resolve("part-" + thread))) {
            String[] fields = new String[NumberRows.COLUMNS];
            for (int c = 0; c < fields.length; c++) {
              fields[c] = NumberRows.column(c);
            }
            writer.writeRecord(fields);
            for (double[] row : rows.subList(from, to)) {
              for (int c = 0; c < fields.length; c++) {
                fields[c] = Double.toString(row[c]);
              }
              writer.writeRecord(fields);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return thread;
        });
  }
}
