package io.drawbar.examples;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.split;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.io.TextFiles;

/** How often each word occurs in text files. */
public final class WordCount {
  private WordCount() {}

  /** The words of the files at a path with their numbers: columns {@code word} and {@code n}. */
  public static Dataset of(Session session, String path) {
    return session
        .read(TextFiles.at(path))
        .select(explode(split(lower(col("line")), "\\W+")).as("word"))
        .where(col("word").ne(""))
        .groupBy("word")
        .agg(count().as("n"));
  }

  /** Counts the words of the files at a path and prints what was done. */
  public static void main(String[] arguments) {
    try (Session session = Session.open()) {
      session.listen(report -> System.out.println(report));
      System.out.println(of(session, arguments[0]).count() + " different words");
    }
  }
}
