package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Model;
import io.drawbar.Provenance;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.testkit.SharedData;
import io.drawbar.type.Row;
import io.drawbar.type.UnknownColumnException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of many penalties from one pass. */
class RegularisationPathTest {
  private static final LinearRegression TRAINER = LinearRegression.on("x").predicting("y");
  private static final RegularisationPathModel SMALL =
      new RegularisationPathModel(
          "x",
          "y",
          "w",
          Intercept.FITTED,
          PenaltyScale.STANDARDISED,
          .5,
          List.of("age", "city=Bern"),
          List.of(2.0, .5, .125),
          List.of(List.of(0.0, 0.0), List.of(0.0, -1.5), List.of(.25, 0.0)),
          List.of(1.0, .75, Double.MIN_VALUE),
          List.of(0.0, .5, .625),
          List.of(1.0, .9, Double.NaN),
          List.of(2.0, .5),
          new Provenance(
              "RegularisationPath", Map.of("mixing", "0.5"), List.of("x", "y"), 9, "00ff", "0"));

  @TempDir private Path scratch;
  private Session session;

  @BeforeEach
  void open() {
    session = Session.open(Config.of("drawbar.block.rows", "50"));
  }

  @AfterEach
  void close() {
    session.close();
  }

  /** To the bit, with all that a model knows: it is the model of the trainer that it names. */
  @Test
  void eachModelIsThatOfASingleFit() {
    Dataset rows = PenalisedRows.random(1, 300, 15, 1).dataset(session);
    for (RegularisationPath trainer :
        List.of(
            TRAINER.path(12),
            TRAINER.standardised().path(7).withMixing(.5).downTo(1e-5),
            TRAINER.withoutIntercept().path(5).downTo(.1),
            TRAINER.path(4).withMixing(0),
            TRAINER.standardised().path(2).withPenalties(.01, 3, .5))) {
      RegularisationPathModel path = trainer.fit(rows);
      assertThat(path.size()).isEqualTo(trainer.values());
      for (int i = 0; i < path.size(); i++) {
        LinearRegressionModel single = path.trainer(i).fit(rows);
        assertThat(path.model(i)).as("%s at %s", trainer, i).isEqualTo(single);
        assertThat(path.model(i).fingerprint()).isEqualTo(single.fingerprint());
        assertThat(single.provenance().parameters()).containsEntry("l1", "" + path.trainer(i).l1());
      }
      assertThat(path.trainers()).hasSize(path.size());
    }
  }

  /** Columns twice, in another unit, negated, as sums of others, and the same in all rows. */
  private static PenalisedRows dependent(long seed) {
    PenalisedRows rows = PenalisedRows.random(seed, 120, 6, 1);
    Random random = new Random(seed);
    double[][] x = new double[120][];
    int[] kinds = random.ints(8, 0, 5).toArray();
    int[] whose = random.ints(8, 0, 6).toArray();
    for (int i = 0; i < 120; i++) {
      double[] row = Arrays.copyOf(rows.x()[i], 14);
      for (int k = 0; k < 8; k++) {
        double one = row[whose[k]];
        double other = row[(whose[k] + 1) % 6];
        row[6 + k] = new double[] {one, -one, 3 * one, one + other, 4}[kinds[k]];
      }
      x[i] = row;
    }
    return new PenalisedRows(x, rows.y());
  }

  @Test
  void eachModelIsThatOfASingleFitWhereColumnsDepend() {
    for (int seed = 0; seed < 12; seed++) {
      Dataset rows = dependent(seed).dataset(session);
      for (RegularisationPath trainer :
          List.of(
              TRAINER.standardised().path(8).downTo(1e-4),
              TRAINER.path(6),
              TRAINER.standardised().withoutIntercept().path(6).withMixing(.6).downTo(1e-5))) {
        RegularisationPathModel path = trainer.fit(rows);
        for (int i = 0; i < path.size(); i++) {
          LinearRegressionModel single = path.trainer(i).fit(rows);
          assertThat(path.model(i)).as("%s at %s, seed %s", trainer, i, seed).isEqualTo(single);
        }
      }
    }
  }

  /** Between two turns, and between two sets: the thread stays interrupted. */
  @Test
  void anInterruptEndsWhatIsDoneAfterThePass() {
    PenalisedRows rows = PenalisedRows.random(3, 100, 5, 1);
    GramMatrix matrix = rows.matrix(true);
    ElasticNet net = new ElasticNet(matrix, 5, PenaltyScale.AS_GIVEN);
    Correlations correlations = new Correlations(matrix, 5);
    Penalty penalty = Penalty.of(matrix, 5, .1, 0, PenaltyScale.AS_GIVEN);
    Penalty scaled = correlations.scaled(penalty);
    ActiveSet set = new ActiveSet(matrix, correlations, penalty, scaled, new double[5]);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> net.coefficients(.1, 0))
          .isInstanceOf(TrainingInterruptedException.class)
          .hasMessageContaining("was interrupted, and nothing of it is kept");
      assertThatThrownBy(set::solve).isInstanceOf(TrainingInterruptedException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(net.coefficients(.1, 0)).containsExactly(set.solve());
  }

  @Test
  void penaltiesGoFromTheLeastThatKeepsAllZeroDown() {
    Dataset rows = PenalisedRows.random(2, 200, 8, 0).dataset(session);
    RegularisationPathModel path = TRAINER.standardised().path(30).downTo(1e-4).fit(rows);
    double first = path.penalties().get(0);
    for (int i = 0; i < 30; i++) {
      assertThat(path.penalties().get(i))
          .isCloseTo(first * Math.pow(1e-4, i / 29.0), within(first * 1e-12));
    }
    assertThat(path.nonZero(0)).isZero();
    assertThat(path.rSquared().get(0)).isZero();
    assertThat(path.nonZero(1)).isPositive();
    assertThat(path.nonZero(29)).isEqualTo(8);
    for (int i = 1; i < 30; i++) {
      assertThat(path.rSquared().get(i)).isGreaterThan(path.rSquared().get(i - 1));
    }
    // A bit less, and one element helps.
    assertThat(TRAINER.standardised().withL1(first * (1 - 1e-9)).fit(rows).coefficients())
        .anyMatch(b -> b != 0);
    assertThat(TRAINER.path(3).withMixing(.25).fit(rows).penalties().get(0))
        .isEqualTo(TRAINER.path(3).fit(rows).penalties().get(0) * 4);
    assertThat(TRAINER.path(3).withMixing(0).fit(rows).nonZero(0)).isEqualTo(8);
    assertThat(TRAINER.path(3).withPenalties(.1, 7).fit(rows).penalties()).containsExactly(7.0, .1);
  }

  @Test
  void theRowsAreReadOnce() {
    List<RunReport> runs = new ArrayList<>();
    session.listen(runs::add);
    TRAINER.path(100).fit(PenalisedRows.random(2, 200, 8, 0).dataset(session));
    assertThat(runs).hasSize(1);
  }

  @Test
  void predictionsAreAVectorAndEachIsThatOfItsModel() {
    Dataset rows = PenalisedRows.random(5, 40, 4, 0).dataset(session);
    RegularisationPathModel path = TRAINER.path(6).fit(rows);
    List<Row> all = rows.transform(path).collect();
    for (int i = 0; i < path.size(); i++) {
      List<Row> one = rows.transform(path.model(i)).collect();
      for (int row = 0; row < all.size(); row++) {
        double[] predictions = (double[]) all.get(row).value("predictions");
        assertThat(predictions).hasSize(6);
        assertThat(predictions[i]).isEqualTo(one.get(row).doubleValue("prediction"));
      }
    }
    assertThatThrownBy(() -> PenalisedRows.random(5, 4, 3, 0).dataset(session).transform(path))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("VECTOR(4)");
  }

  @Test
  void thePathHasTheSameBitsEverywhere() {
    PenalisedRows rows = PenalisedRows.random(12, 2000, 9, 1);
    assertThat(
            new HashSet<>(
                Vectors.everywhere(
                        s -> TRAINER.path(20).withMixing(.7).fit(rows.dataset(s)).fingerprint())
                    .values()))
        .hasSize(1);
  }

  /** The elements that help most come first: alcohol, as everyone finds in these wines. */
  @Test
  void whiteWine() throws Exception {
    Optional<Path> file = SharedData.file("winequality-white.csv");
    assumeTrue(file.isPresent(), SharedData.MISSING);
    List<String> lines = Files.readAllLines(file.get());
    double[][] x = new double[lines.size()][];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double[] values =
          Arrays.stream(lines.get(i).split(",")).mapToDouble(Double::parseDouble).toArray();
      x[i] = Arrays.copyOf(values, values.length - 1);
      y[i] = values[values.length - 1];
    }
    PenalisedRows rows = new PenalisedRows(x, y);
    RegularisationPathModel path =
        TRAINER.standardised().path(50).downTo(1e-5).fit(rows.dataset(session));
    assertThat(path.coefficients().get(1).get(10)).isPositive();
    assertThat(path.nonZero(1)).isEqualTo(1);
    assertThat(path.nonZero(49)).isEqualTo(11);
    // R, lm(quality ~ .): multiple R-squared 0.2819.
    assertThat(path.rSquared().get(49)).isCloseTo(.2819, within(5e-5));
    for (int i = 0; i < 50; i += 7) {
      double[] b = path.coefficients().get(i).stream().mapToDouble(v -> v).toArray();
      PenalisedRows.Question question =
          new PenalisedRows.Question(true, PenaltyScale.STANDARDISED, path.penalties().get(i), 0);
      assertThat(rows.unoptimal(b, question)).isLessThan(1e-13);
    }
  }

  @Test
  void aTableForPeople() {
    assertThat(SMALL.toString())
        .isEqualToIgnoringNewLines(
            """
            elastic net (0.5) path on 'x': 9 rows, 3 penalties on standardised features
                        penalty  not zero        R²
                 0      2.00000         0  0.000000
                 1     0.500000         1  0.500000  +city=Bern
                 2     0.125000         1  0.625000  +age -city=Bern
            """);
    RegularisationPathModel many =
        TRAINER.path(120).fit(PenalisedRows.random(2, 50, 9, 0).dataset(session));
    assertThat(many.toString()).endsWith(String.format("  and 20 more%n"));
    assertThat(TRAINER.path(3).withMixing(.5).downTo(.01))
        .hasToString(
            "LinearRegression.on(\"x\").predicting(\"y\").path(3).withMixing(0.5).downTo(0.01)");
    assertThat(TRAINER.path(3).withPenalties(1, 2))
        .hasToString(
            "LinearRegression.on(\"x\").predicting(\"y\").path(2).withPenalties(2.0, 1.0)");
  }

  @Test
  void pathsComeBackFromTheirFiles() throws Exception {
    Path folder = scratch.resolve("path");
    SMALL.save(folder);
    assertThat(Model.load(folder)).isEqualTo(SMALL);
    assertThat(Files.readString(folder.resolve("manifest.json")))
        .contains("\"regularisation-path\"", "\"scale\": \"STANDARDISED\"");
    assertThat(Files.readAllBytes(folder.resolve("coefficients.f64"))).hasSize(48);
    RegularisationPathModel trained =
        TRAINER.path(5).fit(PenalisedRows.random(2, 50, 9, 0).dataset(session));
    trained.save(scratch.resolve("trained.zip"));
    RegularisationPathModel loaded =
        (RegularisationPathModel) Model.load(scratch.resolve("trained.zip"));
    assertThat(loaded).isEqualTo(trained);
    assertThat(loaded.model(3)).isEqualTo(trained.model(3));
  }

  /** A change of it says that files of before are no longer what they were: a new version. */
  @Test
  void theFilesAreThoseOfBefore() {
    assertThat(SMALL.fingerprint())
        .isEqualTo("0b195402c9f2242bee3ce5ddfacba9779c910b339dd8483cf0fb491072466143");
  }

  @Test
  void whatNeverWorksIsRefused() {
    assertThatThrownBy(() -> TRAINER.withL1(.1).path(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a path has penalties of its own")
        .hasMessageContaining("withMixing(0.5)");
    assertThatThrownBy(() -> TRAINER.path(1)).hasMessageContaining("2 to 10000 penalties, not 1");
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> TRAINER.path(3).withPenalties(1, wrong))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> TRAINER.path(3).downTo(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> TRAINER.path(3).withPenalties(2, 1, 2))
        .hasMessageContaining("each is there once, but here is 2.0 among [2.0, 2.0, 1.0]");
    assertThatThrownBy(() -> TRAINER.path(3).withMixing(-.1))
        .hasMessageContaining("a share of magnitudes is 0 to 1");
    assertThatThrownBy(() -> TRAINER.path(3).withPenalties())
        .hasMessageContaining("at least one penalty");

    PenalisedRows rows = PenalisedRows.random(5, 40, 4, 0);
    Dataset data = rows.dataset(session);
    assertThatThrownBy(() -> TRAINER.predicting("z").path(9).fit(data))
        .isInstanceOf(UnknownColumnException.class)
        .hasMessageStartingWith("LinearRegression.on(\"x\").predicting(\"z\").path(9): no column");
    Arrays.fill(rows.y(), .1);
    assertThatThrownBy(() -> TRAINER.path(9).fit(rows.dataset(session)))
        .isInstanceOf(UnusableValueException.class)
        .hasMessageContaining("no element of 'x' goes along with 'y'");
    RegularisationPathModel named = TRAINER.path(9).withPenalties(1).fit(rows.dataset(session));
    assertThat(named.coefficients().get(0)).containsOnly(0.0);
    assertThat(named.intercepts()).containsExactly(.1);
    assertThat(named.rSquared().get(0)).isNaN();
  }

  private static RegularisationPathModel with(
      double mixing, List<Double> penalties, double coefficient, double intercept) {
    return new RegularisationPathModel(
        "x",
        "y",
        "",
        Intercept.FITTED,
        PenaltyScale.AS_GIVEN,
        mixing,
        List.of("a"),
        penalties,
        List.of(List.of(0.0), List.of(coefficient)),
        List.of(0.0, intercept),
        List.of(0.0, .5),
        List.of(1.0, .9),
        List.of(),
        Provenance.none());
  }

  @Test
  void modelsThatNoPathHasAreRefused() {
    List<Double> sound = List.of(2.0, 1.0);
    assertThat(with(.5, sound, 1, 1).size()).isEqualTo(2);
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> with(.5, sound, wrong, 1)).hasMessageContaining("is not finite");
      assertThatThrownBy(() -> with(.5, sound, 1, wrong)).hasMessageContaining("is not finite");
      assertThatThrownBy(() -> with(wrong, sound, 1, 1)).hasMessageContaining("0 to 1");
      assertThatThrownBy(() -> with(.5, List.of(wrong, 1.0), 1, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> with(1.5, sound, 1, 1)).hasMessageContaining("0 to 1, not 1.5");
    assertThatThrownBy(() -> with(.5, List.of(1.0, 2.0), 1, 1))
        .hasMessageContaining("from the greatest to the least, but here is 2.0 after 1.0");
    assertThatThrownBy(() -> with(.5, List.of(1.0, 0.0), 1, 1)).hasMessageContaining("more than 0");
  }

  @Test
  void noPenaltyUnderflows() {
    assertThatThrownBy(() -> TRAINER.path(3).downTo(1e-300))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0E-15 or more and less than 1: downTo(0.001), not 1.0E-300");
  }
}
