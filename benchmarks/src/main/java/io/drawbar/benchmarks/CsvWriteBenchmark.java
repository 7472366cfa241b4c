package io.drawbar.benchmarks;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.Csv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Param;

/** Rows in memory that are written as CSV: numbers become text, and little else is done. */
public class CsvWriteBenchmark extends JobBenchmark {
  /** The number of rows. */
  @Param("300000")
  public long rows;

  /** What the numbers look like: {@code short}, of 12 characters, or {@code full17} digits. */
  @Param({NumberRows.SHORT, NumberRows.FULL_17})
  public String cells;

  @Override
  Job job() {
    return Job.WRITE_CSV;
  }

  @Override
  Input input() {
    return NumberRows.CSV.of(rows, cells);
  }

  /** What is written is looked at when all is timed. */
  @Override
  double[] checked(Input input, double[] found) {
    return found;
  }

  @Override
  void finish(Input input, String contender) {
    try {
      WriteJob.checked(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  Contender drawbar(Session session) {
    return portable(session);
  }

  static Contender portable(Session session) {
    return new Portable(session);
  }

  private static final class Portable extends WriteJob {
    private final Session session;
    private Dataset rows;

    Portable(Session session) {
      this.session = session;
    }

    @Override
    public void prepare(Input input) {
      String file = NumberRows.CSV.file(input).toString();
      rows = session.read(Csv.of(ReadBenchmark.SCHEMA).header().at(file)).cache();
      rows.count();
    }

    @Override
    void write(Path folder) {
      rows.write(Csv.to(folder.toString()).header());
    }
  }
}
