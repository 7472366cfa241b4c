package io.drawbar.learn;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.oneHot;
import static io.drawbar.expr.Functions.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.RunListener;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.SuperstepProgress;
import io.drawbar.Trainer;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.Expr;
import io.drawbar.io.Records;
import io.drawbar.learn.UnusualInput.Domain;
import io.drawbar.learn.UnusualInput.Example;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What each trainer makes of each input that is unusual, of vectors that are dense or sparse and of
 * rows that are gathered or held:
 *
 * <ul>
 *   <li>{@code =} a model that answers as the one without what is unusual (the column, or the rows
 *       of weight 0) does;
 *   <li>{@code fits} a model of which all numbers are finite, and all answers;
 *   <li>{@code value}, {@code few}, {@code singular}, {@code apart} it is refused, by an {@link
 *       UnusableValueException}, {@link TooFewRowsException}, {@link SingularMatrixException} or
 *       {@link SeparableClassesException} that names the trainer, the column and a way out; before
 *       the first superstep, but where supersteps are what finds it (classes that are apart, fewer
 *       distinct rows than clusters);
 *   <li>{@code .} the trainer knows no labels, or no weights.
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnusualInputsTest {
  private static final String TABLE =
      """
                              |logistic|with L2|softmax|least sq|lasso   |path |k-means|pca  |mixture|gaussian|multinom|bernoulli
      nothing unusual         | =      | =     | =     | =      | =      | =   | =     | =   | =     | =      | =      | =
      a constant column       | =      | =     | =     |singular| =      | =   | =     | =   |value  | =      | fits   | fits
      a column twice          | =      | fits  | =     |singular| =      | =   | fits  | fits| fits  | fits   | fits   | fits
      a sum of two columns    | =      | fits  | =     |singular| fits   | fits| fits  | fits| fits  | fits   | fits   | fits
      all rows equal          | fits   | fits  | fits  |singular| fits   |value|few    |value|value  |value   | fits   | fits
      all rows equal, k = 1   | fits   | fits  | fits  |singular| fits   |value| fits  |value|value  |value   | fits   | fits
      separable               |apart   | fits  |apart  | fits   | fits   | fits| fits  | fits| fits  | fits   | fits   | fits
      quasi-separable         | fits   | fits  | fits  | fits   | fits   | fits| fits  | fits| fits  | fits   | fits   | fits
      separable by weights 0  |apart   | =     |apart  | =      | =      | =   | .     | .   | .     | =      | =      | =
      all weights 0           |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      a weight less than 0    |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      a weight NaN            |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      a weight infinite       |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      a weight null           |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      one class only          |value   |value  |value  | fits   | fits   |value| .     | .   | .     |value   |value   |value
      no rows                 |few     |few    |few    |few     |few     |few  |few    |few  |few    |few     |few     |few
      one row                 |value   |value  |value  |few     | fits   |value|few    |few  |few    |value   |value   |value
      2 distinct rows, k = 3  | fits   | fits  | fits  |singular| fits   | fits|few    | fits|few    | fits   | fits   | fits
      a feature NaN           |value   |value  |value  |value   |value   |value|value  |value|value  |value   |value   |value
      a feature infinite      |value   |value  |value  |value   |value   |value|value  |value|value  |value   |value   |value
      a feature -infinite     |value   |value  |value  |value   |value   |value|value  |value|value  |value   |value   |value
      a feature null          |value   |value  |value  |value   |value   |value|value  |value|value  |value   |value   |value
      a feature 1e200         |value   |value  |value  |value   |value   |value|value  |value|value  |value   | fits   |value
      a feature -3            | fits   | fits  | fits  | fits   | fits   | fits| fits  | fits| fits  | fits   |value   |value
      a label NaN             |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      a label infinite        |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      a label null            |value   |value  |value  |value   |value   |value| .     | .   | .     |value   |value   |value
      a label 0.5             |value   |value  |value  | fits   | fits   | fits| .     | .   | .     |value   |value   |value
      a label -1              |value   |value  |value  | fits   | fits   | fits| .     | .   | .     |value   |value   |value
      """;

  private static final Map<String, Class<? extends DrawbarException>> REFUSALS =
      Map.of(
          "value", UnusableValueException.class,
          "few", TooFewRowsException.class,
          "singular", SingularMatrixException.class,
          "apart", SeparableClassesException.class);

  private static final Pattern WAY_OUT =
      Pattern.compile(
          "leave|Leave|look (at|where|whether)|ask for fewer|use more rows|multiply|make them so before"
              + "|with[A-Z]\\w+\\(");

  private static final Pattern COLUMN = Pattern.compile("'(x|y|w|head|head\\[\\d])'");

  /**
   * A column of the table.
   *
   * @param name at the top of it
   * @param domain what it takes for features
   * @param classes how many classes labels are of; 0 if it knows no labels
   * @param clusters the trainer of so many clusters
   */
  private record Learner(
      String name, Domain domain, int classes, IntFunction<Trainer<?>> clusters) {
    Trainer<?> trainer(UnusualInput input) {
      Trainer<?> trainer = clusters.apply(input.clusters());
      if (!input.isWeighted()) {
        return trainer;
      }
      if (trainer instanceof LogisticRegression logistic) {
        return logistic.weightedBy("w");
      }
      if (trainer instanceof NaiveBayes bayes) {
        return bayes.weightedBy("w");
      }
      if (trainer instanceof RegularisationPath path) {
        return path.regression().weightedBy("w").path(path.values());
      }
      return ((LinearRegression) trainer).weightedBy("w");
    }
  }

  private static final LogisticRegression LOGISTIC =
      LogisticRegression.on("x").predicting("y").withTolerance(1e-9);
  private static final LinearRegression LINEAR = LinearRegression.on("x").predicting("y");
  private static final NaiveBayes BAYES = NaiveBayes.on("x").predicting("y");

  private static final List<Learner> LEARNERS =
      List.of(
          new Learner("logistic", Domain.MEASUREMENTS, 2, k -> LOGISTIC),
          new Learner("with L2", Domain.MEASUREMENTS, 2, k -> LOGISTIC.withL2(.1)),
          new Learner("softmax", Domain.MEASUREMENTS, 3, k -> LOGISTIC.withClasses(3)),
          new Learner("least sq", Domain.MEASUREMENTS, 2, k -> LINEAR),
          new Learner("lasso", Domain.MEASUREMENTS, 2, k -> LINEAR.withL1(.01)),
          new Learner("path", Domain.MEASUREMENTS, 2, k -> LINEAR.path(5)),
          new Learner(
              "k-means", Domain.MEASUREMENTS, 0, k -> KMeans.on("x").withClusters(k).withSeed(3)),
          new Learner("pca", Domain.MEASUREMENTS, 0, k -> Pca.on("x").withComponents(2)),
          new Learner(
              "mixture", Domain.MEASUREMENTS, 0, k -> GaussianMixture.on("x").withComponents(k)),
          new Learner("gaussian", Domain.MEASUREMENTS, 2, k -> BAYES),
          new Learner("multinom", Domain.COUNTS, 2, k -> BAYES.multinomial()),
          new Learner("bernoulli", Domain.FLAGS, 2, k -> BAYES.bernoulli()));

  /** Counts supersteps. */
  private final RunListener watch =
      new RunListener() {
        @Override
        public void superstep(SuperstepProgress progress) {
          supersteps++;
        }

        @Override
        public void finished(RunReport report) {}
      };

  private Session gathering;
  private Session holding;
  private long supersteps;

  @BeforeAll
  void open() {
    Config config = Config.of("drawbar.block.rows", "7", "drawbar.leaf.rows", "20");
    gathering = Session.open(config.with("drawbar.gather.bytes", "1 MiB"));
    holding = Session.open(config.with("drawbar.gather.bytes", "0"));
    gathering.listen(watch);
    holding.listen(watch);
  }

  @AfterAll
  void close() {
    gathering.close();
    holding.close();
  }

  /** The cells of a line of the table, without what separates them. */
  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|")).map(String::strip).toList();
  }

  @TestFactory
  Stream<DynamicNode> rightOrRefusedByName() {
    List<List<String>> lines = TABLE.lines().map(UnusualInputsTest::cells).toList();
    List<String> inputs = lines.stream().skip(1).map(line -> line.get(0)).toList();
    assertThat(inputs).isEqualTo(Stream.of(UnusualInput.values()).map(Object::toString).toList());
    List<String> names = lines.get(0).subList(1, lines.get(0).size());
    assertThat(names).isEqualTo(LEARNERS.stream().map(Learner::name).toList());
    return Stream.of(UnusualInput.values())
        .map(
            input -> {
              List<String> cells = lines.get(1 + input.ordinal());
              List<DynamicTest> tests = new ArrayList<>();
              for (int i = 0; i < LEARNERS.size(); i++) {
                Learner learner = LEARNERS.get(i);
                String cell = cells.get(1 + i);
                if (!cell.equals(".")) {
                  tests.add(
                      DynamicTest.dynamicTest(
                          learner.name() + ": " + cell, () -> check(input, learner, cell)));
                }
              }
              return DynamicContainer.dynamicContainer(input.toString(), tests);
            });
  }

  private void check(UnusualInput input, Learner learner, String cell) {
    List<Example> examples = input.rows(learner.domain(), learner.classes());
    Trainer<?> trainer = learner.trainer(input);
    List<Dataset> forms = forms(examples, input.isAColumn() ? 3 : 2);
    if (REFUSALS.containsKey(cell)) {
      Set<String> messages = new HashSet<>();
      forms.forEach(data -> messages.add(refused(input, trainer, data, REFUSALS.get(cell))));
      assertThat(messages).hasSize(1);
      return;
    }
    assertThat(cell).isIn("=", "fits");
    Dataset first = forms.get(0);
    Model model = trainer.fit(first);
    checkFinite(model);
    List<double[]> answers = answers(model, first);
    assertThat(answers).hasSameSizeAs(examples);
    answers.forEach(answer -> assertThat(answer).doesNotContain(Double.NaN));
    for (Dataset other : forms.subList(1, forms.size())) {
      Model same = trainer.fit(other);
      assertThat(same.fingerprint()).isEqualTo(model.fingerprint());
      assertThat(answers(same, other)).usingRecursiveComparison().isEqualTo(answers);
    }
    if (cell.equals("=")) {
      List<Example> usual = input.without(learner.domain(), learner.classes());
      Dataset without = forms(usual, 2).get(0);
      checkClose(answers, answers(trainer.fit(without), without));
    }
  }

  private static void checkFinite(Model model) {
    assertThat(numbers(model)).isNotEmpty().allMatch(Double::isFinite);
    assertThat(model.summary().html()).doesNotContain("NaN");
    if (model instanceof LogisticRegressionModel logistic) {
      assertThat(logistic.steepness()).isLessThan(1e-8);
    }
  }

  /** The message of a refusal, which is checked. */
  private String refused(
      UnusualInput input, Trainer<?> trainer, Dataset data, Class<? extends Exception> wanted) {
    supersteps = 0;
    Throwable thrown = catchThrowable(() -> trainer.fit(data));
    assertThat(thrown).isExactlyInstanceOf(wanted);
    assertThat(thrown).hasMessageStartingWith(trainer + ": ");
    String message = thrown.getMessage().substring(trainer.toString().length());
    assertThat(message).containsPattern(WAY_OUT);
    if (wanted != TooFewRowsException.class) {
      assertThat(message).containsPattern(COLUMN);
    }
    input.says().forEach(words -> assertThat(message).contains(words));
    if (wanted != SeparableClassesException.class && !input.isFoundByClustering()) {
      assertThat(supersteps).as("supersteps before: " + message).isZero();
    }
    return message;
  }

  private static void checkClose(List<double[]> found, List<double[]> wanted) {
    // Rows of weight 0 come after the others.
    assertThat(found).hasSizeGreaterThanOrEqualTo(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      for (int j = 0; j < wanted.get(i).length; j++) {
        assertThat(found.get(i)[j]).as("row " + i).isCloseTo(wanted.get(i)[j], within(1e-6));
      }
    }
  }

  /** Rows of x, y and w, dense and sparse, gathered and held; the last element is the flag. */
  private List<Dataset> forms(List<Example> examples, int elements) {
    Schema schema =
        Schema.empty()
            .with("head", DataType.vector(elements))
            .with("category=0", DataType.DOUBLE)
            .with("category", DataType.LONG)
            .with("y", DataType.DOUBLE)
            .with("w", DataType.DOUBLE);
    List<Row> rows = new ArrayList<>();
    for (Example e : examples) {
      rows.add(Row.of(schema, e.head(), (double) e.flag(), 1L - e.flag(), e.y(), e.w()));
    }
    List<Dataset> forms = new ArrayList<>();
    for (Session session : List.of(gathering, holding)) {
      for (Expr flag : List.of(col("category=0"), oneHot(col("category"), 2, 1))) {
        Dataset data = session.read(Records.of(schema, rows));
        forms.add(data.withColumn("x", vector(col("head"), flag)));
      }
    }
    return forms;
  }

  /** All numbers that an answer is made of. */
  private static List<Double> numbers(Model model) {
    List<Double> all = new ArrayList<>();
    if (model instanceof LogisticRegressionModel logistic) {
      all.addAll(logistic.coefficients());
      all.addAll(logistic.intercepts());
    } else if (model instanceof LinearRegressionModel linear) {
      all.addAll(linear.coefficients());
      all.add(linear.intercept());
    } else if (model instanceof RegularisationPathModel path) {
      path.coefficients().forEach(all::addAll);
      all.addAll(path.intercepts());
    } else if (model instanceof KMeansModel means) {
      means.centres().forEach(all::addAll);
      all.add(means.cost());
    } else if (model instanceof PcaModel pca) {
      pca.directions().forEach(all::addAll);
      all.addAll(pca.variances());
      all.addAll(pca.explained());
    } else if (model instanceof GaussianMixtureModel mixture) {
      all.addAll(mixture.weights());
      mixture.means().forEach(all::addAll);
      mixture.covariances().forEach(all::addAll);
      all.add(mixture.logLikelihood());
    } else if (model instanceof NaiveBayesModel bayes) {
      all.addAll(bayes.priors());
      bayes.means().forEach(all::addAll);
      bayes.variances().forEach(all::addAll);
    }
    return all;
  }

  /** What a model says of each row. */
  private static List<double[]> answers(Model model, Dataset data) {
    String column =
        model instanceof KMeansModel
            ? "cluster"
            : model instanceof PcaModel
                ? "components"
                : model instanceof LinearRegressionModel
                    ? "prediction"
                    : model instanceof RegularisationPathModel ? "predictions" : "probability";
    List<double[]> answers = new ArrayList<>();
    // Clusters have numbers by chance: here, by their first row.
    Map<Object, Integer> clusters = new HashMap<>();
    for (Row row : data.transform(model).select(column).collect()) {
      Object value = row.value(0);
      if (value instanceof double[] vector) {
        answers.add(vector);
      } else if (model instanceof KMeansModel) {
        answers.add(new double[] {clusters.computeIfAbsent(value, v -> clusters.size())});
      } else {
        answers.add(new double[] {(Double) value});
      }
    }
    return answers;
  }
}
