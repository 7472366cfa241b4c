package io.drawbar.testkit;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.split;

import io.drawbar.Session;
import io.drawbar.io.Csv;
import io.drawbar.io.TextFiles;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Real data beside the project: {@code ../shared/data} from its root, or the folder that the system
 * property {@value #PROPERTY} names.
 *
 * @param folder holds the files
 */
record SharedData(Path folder) {
  /** Not a key of the library, which takes all that starts with {@code drawbar.} for one. */
  static final String PROPERTY = "shared.data";

  /** The folder, if it is there: looked for from the working directory upwards. */
  static Optional<SharedData> find() {
    String named = System.getProperty(PROPERTY);
    if (named != null) {
      return Optional.of(new SharedData(Path.of(named)));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared").resolve("data");
      if (Files.isDirectory(folder)) {
        return Optional.of(new SharedData(folder));
      }
    }
    return Optional.empty();
  }

  private static Schema adult() {
    return Schema.empty()
        .with("age", DataType.LONG)
        .with("workclass", DataType.STRING)
        .with("weight", DataType.LONG)
        .with("education", DataType.STRING)
        .with("education-years", DataType.LONG)
        .with("marital-status", DataType.STRING)
        .with("occupation", DataType.STRING)
        .with("relationship", DataType.STRING)
        .with("race", DataType.STRING)
        .with("sex", DataType.STRING)
        .with("capital-gain", DataType.LONG)
        .with("capital-loss", DataType.LONG)
        .with("hours-per-week", DataType.LONG)
        .with("native-country", DataType.STRING)
        .with("income", DataType.STRING);
  }

  /** The average of the hours worked in a week, by education. */
  Canonical hoursByEducation(Session session) {
    String file = folder.resolve("adult-train.csv").toString();
    return Canonical.of(
        session
            .read(Csv.of(adult()).at(file).trimmingSpaces().nullText("?"))
            .groupBy("education")
            .agg(avg("hours-per-week").as("hours"), count().as("people"))
            .collect());
  }

  /** How often each word of a book occurs. */
  Canonical wordCount(Session session) {
    return Canonical.of(
        session
            .read(TextFiles.at(folder.resolve("republic.txt").toString()))
            .select(explode(split(lower(col("line")), "\\W+")).as("word"))
            .where(col("word").ne(""))
            .groupBy("word")
            .agg(count().as("n"))
            .collect());
  }
}
