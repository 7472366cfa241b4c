package io.drawbar.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.learn.PenalisedRows.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/**
 * The least of penalised least squares: its conditions, and that it is found however one begins.
 */
class ElasticNetTest {
  private static final PenaltyScale[] SCALES = PenaltyScale.values();

  private static double largest(PenalisedRows rows, Question question) {
    return new ElasticNet(rows.matrix(question.centred()), rows.elements(), question.scale())
        .largest();
  }

  /** From nearly no feature to nearly all, also with more of them than rows. */
  @Test
  void theConditionsOfAMinimumHold() {
    Random random = new Random(17);
    double worst = 0;
    for (int run = 0; run < 400; run++) {
      int elements = 1 + random.nextInt(40);
      PenalisedRows rows =
          PenalisedRows.random(run, 2 + random.nextInt(150), elements, run % 4 * .7);
      Question any = new Question(run % 3 > 0, SCALES[run % 2], 0, 0);
      double l1 = largest(rows, any) * Math.pow(10, -4 * random.nextDouble());
      double l2 = run % 5 == 0 ? random.nextDouble() : 0;
      Question question = new Question(any.centred(), any.scale(), l1, l2);
      double[] found = rows.solve(question);
      worst = Math.max(worst, rows.unoptimal(found, question));
      // What is checked with is no more exact than this.
      assertThat(rows.unoptimal(found, question)).as("run %s", run).isLessThan(2e-13);

      // Planted fault: as right as coefficients usually are.
      int first = 0;
      while (first < elements - 1 && found[first] == 0) {
        first++;
      }
      found[first] *= 1 + 1e-6;
      if (found[first] != 0 && l1 < .5 * largest(rows, any)) {
        assertThat(rows.unoptimal(found, question)).isGreaterThan(1e-10);
      }
    }
  }

  /** All sets and signs are tried, each solved by EJML: the one that meets the conditions is it. */
  @Test
  void noOtherSetIsRight() {
    for (int run = 0; run < 40; run++) {
      PenalisedRows rows = PenalisedRows.random(1000 + run, 5 + run, 1 + run % 5, run % 3);
      Question any = new Question(true, SCALES[run % 2], 0, run % 4 == 0 ? .1 : 0);
      Question question =
          new Question(true, any.scale(), largest(rows, any) * (run % 7 + .5) / 8, any.l2());
      double[] found = rows.solve(question);
      double[] expected = bruteForce(rows, question);
      for (int j = 0; j < found.length; j++) {
        assertThat(found[j])
            .as("run %s, element %s", run, j)
            .isCloseTo(expected[j], within(1e-10 * Math.max(1, Math.abs(expected[j]))));
      }
    }
  }

  private static double[] bruteForce(PenalisedRows rows, Question question) {
    int d = rows.elements();
    double[] best = null;
    double least = 1e-9;
    for (int pattern = 0; pattern < (int) Math.round(Math.pow(3, d)); pattern++) {
      List<Integer> set = new ArrayList<>();
      double[] signs = new double[d];
      int rest = pattern;
      for (int j = 0; j < d; j++, rest /= 3) {
        signs[j] = rest % 3 - 1;
        if (signs[j] != 0) {
          set.add(j);
        }
      }
      double[] b = solved(rows, question, set, signs);
      boolean holds = true;
      for (int j = 0; j < d; j++) {
        holds &= b[j] * signs[j] >= 0;
      }
      double wrong = rows.unoptimal(b, question);
      if (holds && wrong < least) {
        least = wrong;
        best = b;
      }
    }
    assertThat(best).isNotNull();
    return best;
  }

  private static double[] solved(
      PenalisedRows rows, Question question, List<Integer> set, double[] signs) {
    int size = set.size();
    double[] b = new double[rows.elements()];
    if (size == 0) {
      return b;
    }
    DMatrixRMaj matrix = new DMatrixRMaj(size, size);
    DMatrixRMaj right = new DMatrixRMaj(size, 1);
    double[] label = rows.column(rows.elements(), true);
    for (int i = 0; i < size; i++) {
      double[] column = rows.column(set.get(i), true);
      double unit = rows.unit(set.get(i), question);
      for (int k = 0; k < size; k++) {
        matrix.set(i, k, product(column, rows.column(set.get(k), true)));
      }
      matrix.add(i, i, label.length * question.l2() * unit * unit);
      double magnitude = label.length * question.l1() * unit * signs[set.get(i)];
      right.set(i, 0, product(column, label) - magnitude);
    }
    DMatrixRMaj solution = new DMatrixRMaj(size, 1);
    if (!CommonOps_DDRM.solve(matrix, right, solution)) {
      return b;
    }
    for (int i = 0; i < size; i++) {
      b[set.get(i)] = solution.get(i, 0);
    }
    return b;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Descent only prepares: from any place, with any signs, the equations give the same bits. */
  @Test
  void theEndDoesNotDependOnTheBeginning() {
    Random random = new Random(5);
    for (int run = 0; run < 60; run++) {
      int elements = 2 + random.nextInt(25);
      PenalisedRows rows = PenalisedRows.random(run, 20 + random.nextInt(80), elements, run % 3);
      GramMatrix matrix = rows.matrix(true);
      Correlations correlations = new Correlations(matrix, elements);
      PenaltyScale scale = SCALES[run % 2];
      double l1 = new ElasticNet(matrix, elements, scale).largest() * Math.pow(.5, run % 12);
      double l2 = run % 2 == 0 ? 0 : .01;
      double[] wanted = new ElasticNet(matrix, elements, scale).coefficients(l1, l2);
      Penalty penalty = Penalty.of(matrix, elements, l1, l2, scale);
      for (int start = 0; start < 4; start++) {
        double[] place = new double[elements];
        for (int j = 0; j < elements && start > 0; j++) {
          place[j] = start == 1 && random.nextBoolean() ? 0 : random.nextGaussian();
        }
        double[] found =
            new ActiveSet(matrix, correlations, penalty, correlations.scaled(penalty), place)
                .solve();
        assertThat(found).as("run %s from %s", run, Arrays.toString(place)).isEqualTo(wanted);
      }
    }
  }

  /** As one penalty after the other does, and one alone, and also from below. */
  @Test
  void theWayDoesNotMatter() {
    for (int run = 0; run < 20; run++) {
      PenalisedRows rows = PenalisedRows.random(run, 60, 20, run % 3);
      GramMatrix matrix = rows.matrix(true);
      ElasticNet walking = new ElasticNet(matrix, 20, PenaltyScale.STANDARDISED);
      double largest = walking.largest();
      for (int step = 0; step <= 40; step++) {
        double l1 = largest * Math.pow(.8, step <= 30 ? step : 60 - step);
        double[] alone = new ElasticNet(matrix, 20, PenaltyScale.STANDARDISED).coefficients(l1, 0);
        assertThat(walking.coefficients(l1, 0)).isEqualTo(alone);
        assertThat(Arrays.stream(alone).allMatch(b -> b == 0)).isEqualTo(step == 0);
      }
    }
  }

  /**
   * Coefficients that are about to leave zero do not depend on rounding: with a penalty a bit less
   * than the least that keeps all zero there is one.
   */
  @Test
  void theFirstLeavesZero() {
    for (int run = 0; run < 50; run++) {
      PenalisedRows rows = PenalisedRows.random(run, 50, 6, run % 3);
      Question any = new Question(true, SCALES[run % 2], 0, 0);
      double largest = largest(rows, any);
      for (double share : new double[] {1, 1 + 1e-15, 1 - 1e-15, 1 - 1e-9}) {
        double[] found = rows.solve(new Question(true, any.scale(), largest * share, 0));
        assertThat(Arrays.stream(found).filter(b -> b != 0).count())
            .isEqualTo(share < 1 - 1e-12 ? 1 : 0);
      }
    }
  }

  /** Columns of which many follow from others, exactly or nearly; as many as rows, or more. */
  @Test
  void dependentColumnsAreNoProblem() {
    Random random = new Random(3);
    for (int run = 0; run < 200; run++) {
      int elements = 3 + random.nextInt(20);
      PenalisedRows rows = PenalisedRows.random(run, 2 + random.nextInt(40), elements, run % 3);
      double noise = run % 4 == 0 ? 0 : Math.pow(10, -2 * (run % 4) - 1);
      for (double[] row : rows.x()) {
        for (int j = elements / 2; j < elements; j++) {
          row[j] = row[j - elements / 2] * (1 + j % 3) + noise * random.nextGaussian();
          row[j] += j % 2 == 0 ? row[0] : 0;
        }
      }
      Question any = new Question(true, SCALES[run % 2], 0, 0);
      double l1 = largest(rows, any) * Math.pow(10, -5 * random.nextDouble());
      Question question = new Question(true, any.scale(), l1, run % 7 == 0 ? 1e-8 : 0);
      double[] found = rows.solve(question);
      // Each entry of the matrix is right to some 1e-15, and weighs as much as its coordinate.
      double weight = 1;
      for (int j = 0; j < elements; j++) {
        double unit = PenalisedRows.length(rows.column(j, true));
        weight += Math.abs(found[j]) * unit / PenalisedRows.length(rows.column(elements, true));
      }
      assertThat(rows.unoptimal(found, question)).as("run %s", run).isLessThan(2e-14 * weight);
    }
  }

  /** Without the penalty on magnitudes it is ridge regression, by its own equations. */
  @Test
  void theLimitIsRidgeRegression() {
    PenalisedRows rows = PenalisedRows.random(8, 200, 12, 1);
    GramMatrix matrix = rows.matrix(true);
    for (PenaltyScale scale : SCALES) {
      List<String> names = Arrays.asList(new String[12]);
      LinearRegression trainer = LinearRegression.on("x").predicting("y").withL2(.3);
      double[] ridge = new NormalEquations(matrix.penalised(.3, scale), trainer, names).solve();
      double[] found = new ElasticNet(matrix, 12, scale).coefficients(1e-18, .3);
      double[] plain = new NormalEquations(matrix, trainer, names).solve();
      double[] least = new ElasticNet(matrix, 12, scale).coefficients(1e-18, 0);
      for (int j = 0; j < 12; j++) {
        assertThat(found[j]).isCloseTo(ridge[j], within(1e-15 * Math.max(1, Math.abs(ridge[j]))));
        assertThat(least[j]).isCloseTo(plain[j], within(1e-14 * Math.max(1, Math.abs(plain[j]))));
      }
    }
  }
}
