package io.drawbar.examples;

import static io.drawbar.expr.Functions.col;

import io.drawbar.Dataset;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.io.Csv;

/** Readings of sensors in order of temperature, from CSV files with a header to CSV files. */
public final class SortedReadings {
  /** A line of the files. */
  record Reading(long sensor, long hour, double temperature) {}

  private SortedReadings() {}

  /** The readings, the hottest first. */
  public static Dataset of(Session session, String path) {
    return session.read(Csv.of(Reading.class).header().at(path)).sortBy(col("temperature").desc());
  }

  /** Writes them into a new folder, whose files have them in the order of their names. */
  public static RunReport write(Dataset sorted, String folder) {
    return sorted.write(Csv.to(folder));
  }

  /** Sorts the files at a path into a folder; prints what was done. */
  public static void main(String[] arguments) {
    Arguments given =
        Arguments.of(arguments, SortedReadings.class, "path of CSV files", "folder to write");
    try (Session session = Session.open()) {
      System.out.println(write(of(session, given.text(0)), given.text(1)));
    }
  }
}
