package io.drawbar.examples;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.max;
import static io.drawbar.expr.Functions.min;
import static io.drawbar.expr.Functions.sum;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.Csv;

/** The average temperature of each sensor, from CSV files with a header. */
public final class KeyedAverage {
  /** A line of the files. */
  record Reading(long sensor, long hour, double temperature) {}

  private KeyedAverage() {}

  /** The averages: columns {@code sensor} and {@code average}. */
  public static Dataset of(Session session, String path) {
    return session
        .read(Csv.of(Reading.class).header().at(path))
        .groupBy("sensor")
        .agg(avg("temperature").as("average"));
  }

  /** One row about them: {@code sensors, total, coldest, hottest}. */
  public static Dataset summary(Dataset averages) {
    return averages.agg(
        count().as("sensors"),
        sum("average").as("total"),
        min("average").as("coldest"),
        max("average").as("hottest"));
  }

  /** Averages the files at a path; prints what was found and what was done. */
  public static void main(String[] arguments) {
    Arguments given = Arguments.of(arguments, KeyedAverage.class, "path of CSV files");
    try (Session session = Session.open()) {
      session.listen(report -> System.out.println(report));
      System.out.println(summary(of(session, given.text(0))).collect().get(0));
    }
  }
}
