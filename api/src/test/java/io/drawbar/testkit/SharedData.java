package io.drawbar.testkit;

import static io.drawbar.expr.Functions.avg;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.split;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSource;
import io.drawbar.io.TextFiles;
import io.drawbar.learn.LinearRegression;
import io.drawbar.learn.LinearRegressionModel;
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
public record SharedData(Path folder) {
  /** Not a key of the library, which takes all that starts with {@code drawbar.} for one. */
  private static final String PROPERTY = "shared.data";

  /** Why a test is skipped. */
  public static final String MISSING =
      "skipped: there is no folder shared/data beside the project or above; name it with -D"
          + PROPERTY;

  /** A file of the folder, if it is there. */
  public static Optional<Path> file(String name) {
    return find().map(data -> data.folder().resolve(name)).filter(Files::isReadable);
  }

  /** The folder, if it is there: looked for from the working directory upwards. */
  public static Optional<SharedData> find() {
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

  /** How the quality of white wine follows from eleven measurements. */
  Canonical wineRegression(Session session) {
    return regression(session, "winequality-white.csv", 11);
  }

  /** The badly conditioned regression of Longley, in the units of the file. */
  Canonical longleyRegression(Session session) {
    return regression(session, "longley.csv", 6);
  }

  /** A regression of the last column on those before it. */
  private Canonical regression(Session session, String file, int count) {
    Schema schema = Schema.empty();
    String[] features = new String[count];
    for (int i = 0; i < count; i++) {
      features[i] = "x" + i;
      schema = schema.with(features[i], DataType.DOUBLE);
    }
    CsvSource source =
        Csv.of(schema.with("y", DataType.DOUBLE)).at(folder.resolve(file).toString());
    Dataset rows = session.read(source).transform(VectorAssembler.of(features).into("features"));
    LinearRegressionModel model = LinearRegression.on("features").predicting("y").fit(rows);
    return Canonical.ofValues(
        model.coefficients(),
        model.intercept(),
        model.rows(),
        model.rSquared(),
        model.residualStandardError(),
        model.transform(rows).select("prediction").collect().stream()
            .map(r -> r.value(0))
            .toList());
  }
}
