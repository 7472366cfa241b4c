package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Exponential and logarithms against series in 60 digits, and against StrictMath. */
class ElementaryFunctionsTest {
  private static final MathContext DIGITS = new MathContext(60);

  /** The series, after twenty halvings and before as many squarings. */
  private static BigDecimal exp(BigDecimal x) {
    BigDecimal small = x.divide(BigDecimal.valueOf(1L << 20), DIGITS);
    BigDecimal sum = BigDecimal.ONE;
    BigDecimal term = BigDecimal.ONE;
    for (int n = 1; n < 30; n++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(n), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < 20; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /** Two steps of Halley's method, each of which triples the digits. */
  private static BigDecimal log(BigDecimal x, double near) {
    BigDecimal y = new BigDecimal(near);
    for (int i = 0; i < 2; i++) {
      BigDecimal e = exp(y);
      BigDecimal step = x.subtract(e).divide(x.add(e), DIGITS);
      y = y.add(step.add(step), DIGITS);
    }
    return y;
  }

  private static double error(double found, BigDecimal exact) {
    BigDecimal unit = new BigDecimal(Math.ulp(exact.doubleValue()));
    return new BigDecimal(found).subtract(exact).abs().divide(unit, DIGITS).doubleValue();
  }

  private static double worst(
      double[] points, DoubleUnaryOperator found, UnaryOperator<BigDecimal> exact) {
    double worst = 0;
    for (double x : points) {
      worst = Math.max(worst, error(found.applyAsDouble(x), exact.apply(new BigDecimal(x))));
    }
    return worst;
  }

  @Test
  void exponentials() {
    Random random = new Random(1);
    double[] normal = new double[6000];
    double[] subnormal = new double[1000];
    for (int i = 0; i < normal.length; i++) {
      double wide = random.nextDouble() * 1416 - 708;
      normal[i] =
          i % 3 == 0 ? wide : i % 3 == 1 ? random.nextGaussian() : Math.scalb(wide, -i % 60);
    }
    for (int i = 0; i < subnormal.length; i++) {
      subnormal[i] = -708 - 37 * random.nextDouble();
    }
    assertThat(worst(normal, Exponential::exp, ElementaryFunctionsTest::exp)).isLessThan(.51);
    assertThat(worst(subnormal, Exponential::exp, ElementaryFunctionsTest::exp)).isLessThan(.76);
  }

  @Test
  void logarithms() {
    Random random = new Random(2);
    double[] points = new double[6000];
    for (int i = 0; i < points.length; i++) {
      double wide = Math.scalb(1 + random.nextDouble(), random.nextInt(2000) - 1000);
      double near = 1 + (random.nextDouble() - .5) * .02;
      points[i] = i % 3 == 0 ? wide : i % 3 == 1 ? near : 4 * random.nextDouble();
    }
    double worst = 0;
    for (double x : points) {
      BigDecimal exact = log(new BigDecimal(x), StrictMath.log(x));
      worst = Math.max(worst, error(Logarithm.log(x), exact));
    }
    assertThat(worst).isLessThan(.8);
  }

  @Test
  void logarithmsNearOne() {
    Random random = new Random(3);
    double worst = 0;
    for (int i = 0; i < 6000; i++) {
      double tiny = Math.scalb(random.nextDouble() - .5, -random.nextInt(60));
      double x =
          i % 2 == 0 ? tiny : i % 3 == 0 ? random.nextDouble() : random.nextDouble() * 9 - .9;
      BigDecimal exact = log(new BigDecimal(x).add(BigDecimal.ONE), StrictMath.log1p(x));
      worst = Math.max(worst, error(Logarithm.log1p(x), exact));
    }
    assertThat(worst).isLessThan(.8);
  }

  @Test
  void manyAgainstStrictMath() {
    Random random = new Random(4);
    for (int i = 0; i < 2_000_000; i++) {
      double x = (random.nextDouble() - .5) * (i % 2 == 0 ? 1400 : 8);
      double exp = StrictMath.exp(x);
      // StrictMath is within a unit itself.
      assertThat(Math.abs(Exponential.exp(x) - exp)).isLessThanOrEqualTo(Math.ulp(exp));
      double log = StrictMath.log(exp);
      assertThat(Math.abs(Logarithm.log(exp) - log)).isLessThanOrEqualTo(2 * Math.ulp(log));
    }
  }

  @Test
  void whatIsSpecial() {
    double[] points = {
      0.0,
      -0.0,
      Double.MIN_VALUE,
      -Double.MIN_VALUE,
      1e-300,
      709.782712893384,
      Math.nextUp(709.782712893384),
      1e4,
      -745.1332191019411,
      -745.1332191019412,
      -746,
      -1e4,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY
    };
    for (double x : points) {
      assertThat(Exponential.exp(x)).as("exp(%s)", x).isEqualTo(StrictMath.exp(x));
    }
    assertThat(Exponential.exp(Double.NaN)).isNaN();
    double[] logs = {
      0.0,
      -0.0,
      1,
      2,
      .5,
      Double.MIN_VALUE,
      Double.MIN_NORMAL,
      Double.MAX_VALUE,
      1e-320,
      -1e-320,
      -1
    };
    for (double x : logs) {
      assertThat(Logarithm.log(x)).as("log(%s)", x).isEqualTo((Double) StrictMath.log(x));
      double wanted = StrictMath.log1p(x);
      if (Double.isFinite(wanted)) {
        assertThat(Math.abs(Logarithm.log1p(x) - wanted)).isLessThanOrEqualTo(Math.ulp(wanted));
      } else {
        assertThat(Logarithm.log1p(x)).as("log1p(%s)", x).isEqualTo((Double) wanted);
      }
    }
    assertThat(Logarithm.log(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Logarithm.log1p(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Logarithm.log1p(-0.0)).isEqualTo(-0.0);
    assertThat(Logarithm.log(Double.NaN)).isNaN();
    assertThat(Logarithm.log1p(Double.NaN)).isNaN();
    assertThat(Logarithm.log1p(-1.5)).isNaN();
  }

  @Test
  void sigmoids() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      double x = random.nextGaussian() * (i % 2 == 0 ? 3 : 200);
      BigDecimal one = BigDecimal.ONE;
      BigDecimal exact = one.divide(one.add(exp(new BigDecimal(x).negate()), DIGITS), DIGITS);
      assertThat(error(Exponential.sigmoid(x), exact)).as("sigmoid(%s)", x).isLessThan(3);
      double sum = Exponential.sigmoid(x) + Exponential.sigmoid(-x);
      assertThat(Math.abs(sum - 1)).isLessThanOrEqualTo(2.3e-16);
    }
    assertThat(Exponential.sigmoid(0)).isEqualTo(.5);
    assertThat(Exponential.sigmoid(1e9)).isEqualTo(1);
    assertThat(Exponential.sigmoid(-1e9)).isZero();
    assertThat(Exponential.sigmoid(Double.NaN)).isNaN();
  }
}
