package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Pipeline;
import io.drawbar.Scorer;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.evaluate.BinaryMetrics;
import io.drawbar.feature.StandardScaler;
import io.drawbar.feature.VectorAssembler;
import io.drawbar.io.Records;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers held to the conditions of a minimum, by sums in plain Java. */
class LogisticRegressionTest {
  private static final LogisticRegression TRAINER =
      LogisticRegression.on("x").predicting("y").withTolerance(1e-9);
  private static final int ELEMENTS = 5;

  @TempDir private Path scratch;
  private Session session;

  /** A row as a test sees it. */
  private record Sample(double[] x, int y, double weight) {}

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "37"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private static List<Sample> samples(int count, int classes) {
    Random random = new Random(7);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] x = new double[ELEMENTS];
      x[0] = 30 + random.nextGaussian();
      x[1] = .5 * x[0] + random.nextGaussian();
      x[2] = 100 * random.nextGaussian();
      x[3] = random.nextInt(4) == 0 ? random.nextGaussian() : 0;
      x[4] = 7;
      double margin = x[0] - 2 * x[1] + .01 * x[2] + x[3] + 2 * random.nextGaussian();
      int label = (int) Math.max(0, Math.min(classes - 1, Math.floor(margin / 2 + classes / 2.0)));
      samples.add(new Sample(x, label, random.nextInt(4)));
    }
    return samples;
  }

  private Dataset rows(List<Sample> samples) {
    Schema schema =
        Schema.empty()
            .with("x", DataType.vector(samples.get(0).x().length))
            .with("y", DataType.LONG)
            .with("w", DataType.DOUBLE);
    List<Row> rows = new ArrayList<>();
    for (Sample sample : samples) {
      rows.add(Row.of(schema, sample.x(), (long) sample.y(), sample.weight()));
    }
    return session.read(Records.of(schema, rows));
  }

  private static double[] probabilities(LogisticRegressionModel model, double[] x) {
    double[] likely = new double[model.classes()];
    double sum = 0;
    for (int k = 0; k < likely.length; k++) {
      boolean isBase = model.classes() == 2 && k == 0;
      double margin = isBase ? 0 : model.intercepts().get(model.classes() == 2 ? 0 : k);
      for (int j = 0; j < x.length && !isBase; j++) {
        margin += model.coefficientsOf(k).get(j) * x[j];
      }
      likely[k] = StrictMath.exp(margin);
      sum += likely[k];
    }
    for (int k = 0; k < likely.length; k++) {
      likely[k] /= sum;
    }
    return likely;
  }

  /**
   * At the minimum each slope of the mean loss is opposite to the penalty's: {@code l2 b + l1
   * sign(b)}, or no greater than l1 where b is zero.
   */
  private static void assertMinimum(
      LogisticRegressionModel model, LogisticRegression trainer, List<Sample> samples) {
    boolean isWeighted = !trainer.weight().isEmpty();
    double total = samples.stream().mapToDouble(s -> isWeighted ? s.weight() : 1).sum();
    for (int k = model.classes() == 2 ? 1 : 0; k < model.classes(); k++) {
      for (int j = -1; j < model.elements().size(); j++) {
        double slope = 0;
        double mean = 0;
        double square = 0;
        for (Sample sample : samples) {
          double weight = (isWeighted ? sample.weight() : 1) / total;
          double error = probabilities(model, sample.x())[k] - (sample.y() == k ? 1 : 0);
          double x = j < 0 ? 1 : sample.x()[j];
          slope += weight * error * x;
          mean += weight * x;
          square += weight * x * x;
        }
        boolean isCentred = trainer.intercept() == Intercept.FITTED;
        double deviation = Math.sqrt(Math.max(0, isCentred ? square - mean * mean : square));
        if (j < 0) {
          assertThat(slope).isCloseTo(0, within(isCentred ? 1e-7 : 1));
          continue;
        }
        double unit = trainer.scale() == PenaltyScale.STANDARDISED ? deviation : 1;
        double b = model.coefficientsOf(k).get(j);
        double l1 = trainer.l1() * unit;
        double l2 = trainer.l2() * unit * unit;
        if (b == 0) {
          double most = deviation < 1e-6 ? Double.POSITIVE_INFINITY : l1 + 1e-7;
          assertThat(Math.abs(slope)).as("%s %s", k, j).isLessThanOrEqualTo(most);
        } else {
          double penalty = l2 * b + l1 * Math.signum(b);
          assertThat(slope + penalty)
              .as("%s %s", k, j)
              .isCloseTo(0, within(1e-7 * (1 + deviation)));
        }
      }
    }
  }

  @Test
  void minimaOfAllPenalties() {
    List<LogisticRegression> trainers =
        List.of(
            TRAINER,
            TRAINER.withoutIntercept(),
            TRAINER.withL2(.1),
            TRAINER.withL2(.1).withoutIntercept().weightedBy("w"),
            TRAINER.withL1(.02),
            TRAINER.withL1(.02).standardised(),
            TRAINER.withElasticNet(.05, .5).standardised().weightedBy("w"),
            TRAINER.withElasticNet(.01, .9).withoutIntercept(),
            TRAINER.withL2(1e-6).standardised());
    int zeros = 0;
    for (int classes : new int[] {2, 3}) {
      List<Sample> samples = samples(400, classes);
      for (LogisticRegression trainer : trainers) {
        LogisticRegression some = trainer.withClasses(classes);
        LogisticRegressionModel model = some.fit(rows(samples));
        assertThat(model.steepness()).as(some.toString()).isLessThanOrEqualTo(1e-9);
        assertMinimum(model, some, samples);
        zeros +=
            trainer.l1() > 0 ? (int) model.coefficients().stream().filter(b -> b == 0).count() : 0;
        assertThat(model.coefficients()).doesNotContain(-0.0);
      }
    }
    assertThat(zeros).isGreaterThan(10);
  }

  @Test
  void theConditionsNoticeWhatIsNoMinimum() {
    List<Sample> samples = samples(400, 2);
    LogisticRegressionModel model = TRAINER.withL2(.1).fit(rows(samples));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> assertMinimum(model, TRAINER.withL2(.1001), samples))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void weightsCountAsRepetitions() {
    List<Sample> samples = samples(300, 2);
    List<Sample> repeated = new ArrayList<>();
    for (Sample sample : samples) {
      for (int i = 0; i < sample.weight(); i++) {
        repeated.add(sample);
      }
    }
    LogisticRegressionModel weighted = TRAINER.weightedBy("w").withL2(.01).fit(rows(samples));
    LogisticRegressionModel plain = TRAINER.withL2(.01).fit(rows(repeated));
    for (int j = 0; j < ELEMENTS; j++) {
      double wanted = plain.coefficients().get(j);
      assertThat(weighted.coefficients().get(j)).isCloseTo(wanted, within(1e-6));
    }
    assertThat(weighted.objective()).isCloseTo(plain.objective(), within(1e-12));
    assertThat(weighted.rows()).isEqualTo(300);
  }

  /** Of one row. */
  private static double loss(int classes, double[] margins, int label, double[] slopes) {
    double[][] columns =
        Arrays.stream(margins).mapToObj(m -> new double[] {m}).toArray(double[][]::new);
    double[][] found = new double[margins.length][1];
    double[] losses = new double[1];
    Likelihood.of(classes, 1).losses(columns, 0, new int[] {label}, 1, losses, found);
    for (int k = 0; k < margins.length; k++) {
      slopes[k] = found[k][0];
    }
    return losses[0];
  }

  @Test
  void ofTwoClassesASoftmaxIsTheSame() {
    // Labels 0 and 2 of three, of which 1 is nowhere near: one row far off keeps it there.
    List<Sample> samples = samples(300, 2);
    LogisticRegressionModel binary = TRAINER.withL2(.02).fit(rows(samples));
    double[] place = new double[2];
    double loss = 0;
    for (Sample sample : samples) {
      place[1] = binary.intercept();
      for (int j = 0; j < ELEMENTS; j++) {
        place[1] += binary.coefficients().get(j) * sample.x()[j];
      }
      double[] slopes = new double[2];
      double[] one = new double[1];
      double softmax = loss(3, place, sample.y(), slopes);
      double logistic = loss(2, new double[] {place[1]}, sample.y(), one);
      assertThat(softmax).isCloseTo(logistic, within(1e-14 + 1e-14 * logistic));
      assertThat(slopes[1]).isCloseTo(one[0], within(1e-15));
      assertThat(slopes[0]).isCloseTo(-one[0], within(1e-15));
      loss += logistic;
    }
    double penalty = binary.coefficients().stream().mapToDouble(b -> .01 * b * b).sum();
    assertThat(binary.objective()).isCloseTo(loss / 300 + penalty, within(1e-12));
  }

  @Test
  void slopesAreThoseOfTheLoss() {
    Random random = new Random(9);
    for (int classes = 2; classes < 6; classes++) {
      int margins = classes == 2 ? 1 : classes;
      for (int round = 0; round < 200; round++) {
        double[] z = random.doubles(margins, -6, 6).toArray();
        int label = random.nextInt(classes);
        double[] slopes = new double[margins];
        loss(classes, z, label, slopes);
        for (int k = 0; k < margins; k++) {
          double[] up = z.clone();
          double[] down = z.clone();
          up[k] += 1e-5;
          down[k] -= 1e-5;
          double[] unused = new double[margins];
          double difference = loss(classes, up, label, unused) - loss(classes, down, label, unused);
          assertThat(slopes[k]).isCloseTo(difference / 2e-5, within(1e-9));
        }
      }
    }
  }

  @Test
  void lossesKeepTheirDigitsNearZeroAndDoNotOverflow() {
    double[] slopes = new double[3];
    assertThat(loss(2, new double[] {40}, 1, slopes))
        .isCloseTo(4.248354255291589e-18, within(1e-32));
    assertThat(slopes[0]).isCloseTo(-4.248354255291589e-18, within(1e-32));
    assertThat(loss(2, new double[] {1e9}, 0, slopes)).isEqualTo(1e9);
    assertThat(loss(3, new double[] {40, 0, -900}, 0, slopes))
        .isCloseTo(4.248354255291589e-18, within(1e-32));
    assertThat(slopes[0]).isCloseTo(-4.248354255291589e-18, within(1e-32));
    assertThat(loss(3, new double[] {1e9, 0, 0}, 2, slopes)).isEqualTo(1e9);
  }

  @Test
  void rowsAreWhatEachIsByItself() {
    Random random = new Random(23);
    for (int classes : new int[] {2, 3, 7}) {
      int margins = classes == 2 ? 1 : classes;
      int rows = 1 + random.nextInt(90);
      int at = random.nextInt(20);
      double[][] columns = new double[margins][];
      Arrays.setAll(columns, k -> random.doubles(at + rows, -40, 40).toArray());
      int[] labels = random.ints(rows, 0, classes).toArray();
      double[] losses = new double[rows];
      double[][] slopes = new double[margins][rows];
      Likelihood.of(classes, rows).losses(columns, at, labels, rows, losses, slopes);
      for (int i = 0; i < rows; i++) {
        int row = i;
        double[] z = Arrays.stream(columns).mapToDouble(column -> column[at + row]).toArray();
        double[] alone = new double[margins];
        assertThat(losses[i]).isEqualTo(loss(classes, z, labels[i], alone));
        assertThat(alone)
            .isEqualTo(Arrays.stream(slopes).mapToDouble(slope -> slope[row]).toArray());
      }
    }
  }

  @Test
  void theBitsDoNotDependOnThreadsOrOnWhereRowsAre() {
    List<Sample> samples = samples(700, 3);
    LogisticRegression trainer = TRAINER.withClasses(3).withElasticNet(.01, .5);
    LogisticRegressionModel wanted = trainer.fit(rows(samples));
    String[][] settings = {
      {"drawbar.parallelism", "1"},
      {"drawbar.parallelism", "7"},
      {"drawbar.parallelism", "2", "drawbar.gather.bytes", "0"},
      {"drawbar.parallelism", "1", "drawbar.gather.bytes", "0"}
    };
    for (String[] setting : settings) {
      session.close();
      String[] all = Arrays.copyOf(setting, setting.length + 2);
      all[setting.length] = "drawbar.block.rows";
      all[setting.length + 1] = "37";
      session = Session.open(Config.of(all));
      assertThat(trainer.fit(rows(samples))).isEqualTo(wanted);
      assertThat(trainer.fit(rows(samples)).fingerprint()).isEqualTo(wanted.fingerprint());
    }
  }

  /** What the README shows. */
  public record Customer(int age, double income, int visits, boolean churned) {}

  /** Without the answer. */
  public record Applicant(int age, double income, int visits) {}

  /** The answer. */
  public record Churn(double probability, boolean prediction) {}

  @Test
  void aPipelineThatIsMeasuredSavedAndServed() {
    Random random = new Random(3);
    List<Customer> list = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      int age = 18 + random.nextInt(60);
      double income = 20_000 + 1000 * random.nextInt(80);
      int visits = random.nextInt(12);
      double margin = 2 - .02 * age - income / 60_000 - .2 * visits + random.nextGaussian();
      list.add(new Customer(age, income, visits, margin > 0));
    }
    Dataset customers = session.read(Records.of(list, Customer.class));
    Dataset.Split split = customers.split(0.8, 42);
    Model model =
        Pipeline.of(
                VectorAssembler.of("age", "income", "visits").into("features"),
                StandardScaler.on("features"),
                LogisticRegression.on("features").predicting("churned").withL2(0.01))
            .fit(split.train());
    Dataset scored = model.transform(split.test());
    BinaryMetrics metrics = BinaryMetrics.of(scored, "churned", "probability");
    assertThat(metrics.auc()).isBetween(.7, .95);
    assertThat(metrics.logLoss()).isBetween(.2, .6);
    model.save(scratch.resolve("churn"));
    Scorer<Applicant, Churn> scorer =
        Model.load(scratch.resolve("churn")).scorer(Applicant.class, Churn.class);
    int likely = 0;
    for (Row row : scored.collect()) {
      Applicant applicant =
          new Applicant(
              (int) row.longValue("age"), row.doubleValue("income"), (int) row.longValue("visits"));
      Churn churn = scorer.score(applicant);
      assertThat(churn.probability()).isEqualTo(row.doubleValue("probability"));
      assertThat(churn.prediction()).isEqualTo(churn.probability() >= .5);
      assertThat(churn.prediction()).isEqualTo(row.value("prediction"));
      likely += churn.prediction() ? 1 : 0;
    }
    assertThat(likely).isPositive();
  }

  @Test
  void aModelOfThreeClassesGivesAVectorAndTheLikeliest() {
    List<Sample> samples = samples(300, 3);
    LogisticRegressionModel model = TRAINER.withClasses(3).withL2(.01).fit(rows(samples));
    List<Row> scored = model.transform(rows(samples)).collect();
    int right = 0;
    for (int i = 0; i < samples.size(); i++) {
      double[] wanted = probabilities(model, samples.get(i).x());
      double[] found = (double[]) scored.get(i).value("probability");
      long best = 0;
      for (int k = 0; k < 3; k++) {
        assertThat(found[k]).isCloseTo(wanted[k], within(1e-13));
        best = found[k] > found[(int) best] ? k : best;
      }
      assertThat(scored.get(i).value("prediction")).isEqualTo(best);
      right += best == samples.get(i).y() ? 1 : 0;
    }
    assertThat(right).isGreaterThan(180);
    assertThat(model.toString()).startsWith("logistic regression of 3 classes on 'x': 300 rows");
  }

  /**
   * Nobody knows the class of a row with NaN; training and metrics refuse it, scoring says null.
   */
  @Test
  void aRowWithNanIsOfNoClass() {
    List<Sample> samples = samples(300, 3);
    List<Sample> strange = List.of(samples.get(0), new Sample(new double[ELEMENTS], 0, 1));
    strange.get(1).x()[2] = Double.NaN;
    for (int classes = 2; classes <= 3; classes++) {
      int most = classes - 1;
      List<Sample> some = samples.stream().filter(sample -> sample.y() <= most).toList();
      LogisticRegressionModel model = TRAINER.withClasses(classes).withL2(.01).fit(rows(some));
      List<Row> scored = model.transform(rows(strange)).collect();
      assertThat(scored.get(0).value("prediction")).isNotNull();
      assertThat(scored.get(1).value("prediction")).isNull();
    }
  }
}
