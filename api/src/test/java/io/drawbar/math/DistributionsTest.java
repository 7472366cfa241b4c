package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tails held to closed forms, exact sums and published tables. */
class DistributionsTest {
  private static void assertNear(double found, double wanted, double relative) {
    assertThat(found).isCloseTo(wanted, within(relative * Math.abs(wanted)));
  }

  /** Abramowitz and Stegun, table 26.1 and 26.2; the far ones as R's pnorm prints them. */
  @Test
  void theNormalTailHasThePublishedValues() {
    double[][] published = {
      {0, .5},
      {.5, .30853753872598690},
      {1, .15865525393145705},
      {1.96, .024997895148220435},
      {2, .022750131948179207},
      {3, .0013498980316300946},
      {5, 2.866515718791939e-7},
      {10, 7.619853024160526e-24},
      {20, 2.753624118606233e-89},
      {30, 4.906713927148187e-198},
    };
    for (double[] row : published) {
      assertNear(NormalDistribution.above(row[0]), row[1], 1e-13);
      assertNear(NormalDistribution.above(-row[0]), 1 - row[1], 1e-15);
      assertNear(NormalDistribution.beyond(-row[0]), 2 * row[1], 1e-13);
    }
    assertThat(NormalDistribution.above(Double.POSITIVE_INFINITY)).isZero();
    assertThat(NormalDistribution.above(Double.NEGATIVE_INFINITY)).isEqualTo(1);
    assertThat(NormalDistribution.above(Double.NaN)).isNaN();
    assertNear(NormalDistribution.bound(.05), 1.959963984540054, 1e-14);
    assertThat(NormalDistribution.bound(1)).isZero();
    assertThatThrownBy(() -> NormalDistribution.bound(0)).hasMessageContaining("not 0.0");
  }

  /** The two ways, on both sides of where one takes over. */
  @Test
  void theNormalTailFallsWithoutASeam() {
    for (double z = 1.9; z < 2.1; z += 1e-4) {
      double slope = (NormalDistribution.above(z) - NormalDistribution.above(z + 1e-4)) / 1e-4;
      double density = StrictMath.exp(-(z + 5e-5) * (z + 5e-5) / 2) / Math.sqrt(2 * Math.PI);
      assertNear(slope, density, 1e-8);
    }
  }

  @Test
  void studentsTailHasItsClosedForms() {
    for (double t : new double[] {1e-9, .01, .5, 1, 1.7, 2, 5, 12.7, 1e3, 1e9, 1e40}) {
      assertNear(StudentDistribution.beyond(t, 1), 2 * StrictMath.atan(1 / t) / Math.PI, 1e-13);
      double root = Math.sqrt(2 + t * t);
      assertNear(StudentDistribution.beyond(-t, 2), 2 / (root * (root + t)), 1e-13);
    }
    assertThat(StudentDistribution.beyond(0, 7)).isEqualTo(1);
    assertThat(StudentDistribution.beyond(Double.POSITIVE_INFINITY, 7)).isZero();
    assertThat(StudentDistribution.beyond(Double.NaN, 7)).isNaN();
  }

  /** Abramowitz and Stegun, table 26.10; of one and two degrees also in closed form. */
  @Test
  void studentsBoundsAreThoseOfTheTables() {
    double[][] published = {
      {1, 12.706},
      {2, 4.303},
      {3, 3.182},
      {5, 2.571},
      {10, 2.228},
      {20, 2.086},
      {30, 2.042},
      {120, 1.980},
    };
    for (double[] row : published) {
      assertThat(StudentDistribution.bound(.05, row[0])).isCloseTo(row[1], within(5e-4));
    }
    assertThat(StudentDistribution.bound(.001, 10)).isCloseTo(4.587, within(5e-4));
    assertNear(StudentDistribution.bound(.05, 1), StrictMath.tan(.475 * Math.PI), 1e-13);
    assertNear(StudentDistribution.bound(.05, 2), .95 * Math.sqrt(2 / .0975), 1e-13);
  }

  /** The first term of its expansion about the normal tail, of which the next is 1e-18. */
  @Test
  void aBillionDegreesOfFreedomCostNoDigits() {
    double freedom = 1e9;
    for (double t : new double[] {.1, 1, 1.5, 1.8, 2, 3, 5, 8}) {
      double density = StrictMath.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
      double wanted = NormalDistribution.beyond(t) + 2 * density * (t * t * t + t) / (4 * freedom);
      assertNear(StudentDistribution.beyond(t, freedom), wanted, 1e-12);
    }
  }

  @Test
  void theTailOfFHasItsClosedForms() {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      double f = Math.scalb(1 + random.nextDouble(), random.nextInt(20) - 10);
      int n = 1 + random.nextInt(i < 200 ? 60 : 100_000);
      double power = -n / 2.0 * StrictMath.log1p(2 * f / n);
      assertNear(FisherDistribution.above(f, 2, n), StrictMath.exp(power), 1e-12 * (1 - power));
      double t = Math.sqrt(f);
      assertNear(FisherDistribution.above(t * t, 1, n), StudentDistribution.beyond(t, n), 1e-12);
    }
    assertThat(FisherDistribution.above(0, 3, 4)).isEqualTo(1);
    assertThat(FisherDistribution.above(Double.POSITIVE_INFINITY, 3, 4)).isZero();
    assertThat(FisherDistribution.above(Double.NaN, 3, 4)).isNaN();
  }

  /** Abramowitz and Stegun, table 26.9. */
  @Test
  void theTailOfFIsThatOfTheTable() {
    double[][] published = {
      {161.45, 1, 1, .05},
      {4.10, 2, 10, .05},
      {3.10, 3, 20, .05},
      {3.33, 5, 10, .05},
      {2.16, 10, 30, .05},
      {5.64, 5, 10, .01},
      {2.03, 30, 60, .01}
    };
    for (double[] row : published) {
      double below = FisherDistribution.above(row[0] + .006, row[1], row[2]);
      double above = FisherDistribution.above(row[0] - .006, row[1], row[2]);
      assertThat(row[3]).isBetween(below, above);
    }
  }

  /** A sum of binomial probabilities, in exact arithmetic. */
  @Test
  void theBetaFunctionIsASumOfBinomials() {
    Random random = new Random(8);
    MathContext digits = new MathContext(60);
    for (int run = 0; run < 200; run++) {
      int n = 1 + random.nextInt(run % 10 == 0 ? 400 : 30);
      int a = 1 + random.nextInt(n);
      double x = (1 + random.nextInt(1023)) / 1024.0;
      BigDecimal p = new BigDecimal(x);
      BigDecimal q = BigDecimal.ONE.subtract(p);
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal choose = BigDecimal.ONE;
      for (int k = 0; k <= n; k++) {
        if (k >= a) {
          sum = sum.add(choose.multiply(p.pow(k, digits)).multiply(q.pow(n - k, digits)), digits);
        }
        choose =
            choose.multiply(BigDecimal.valueOf(n - k)).divide(BigDecimal.valueOf(k + 1), digits);
      }
      double found = IncompleteBeta.of(a, n - a + 1, x, 1 - x);
      assertNear(found, sum.doubleValue(), 5e-13);
    }
  }

  /** Stirling's formula against factorials. */
  @Test
  void stirlingsErrorIsThatOfFactorials() {
    double factorial = 1;
    for (int n = 1; n < 20; n++) {
      double formula = .5 * StrictMath.log(2 * Math.PI / n) + n * (StrictMath.log(n) - 1);
      double wanted = StrictMath.log(factorial) - formula;
      assertThat(IncompleteBeta.stirlingError(n)).isCloseTo(wanted, within(3e-14));
      factorial *= n;
    }
    // Gamma(1/2) is the root of pi.
    double half =
        .5 * StrictMath.log(Math.PI)
            - .5 * StrictMath.log(4 * Math.PI)
            - .5 * (StrictMath.log(.5) - 1);
    assertThat(IncompleteBeta.stirlingError(.5)).isCloseTo(half, within(3e-15));
  }
}
