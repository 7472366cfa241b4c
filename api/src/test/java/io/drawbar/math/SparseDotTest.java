package io.drawbar.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle is the dense inner product: the same bits, whatever the weights. */
class SparseDotTest {
  private static final double[] NASTY = {
    0.0,
    -0.0,
    1.0,
    -1.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    0.1
  };

  private static double number(Random random, int nastiness) {
    return random.nextInt(100) < nastiness
        ? NASTY[random.nextInt(NASTY.length)]
        : random.nextGaussian();
  }

  @Test
  void theBitsAreThoseOfAllElements() {
    Random random = new Random(3);
    int differing = 0;
    for (int round = 0; round < 100_000; round++) {
      int dimension = 1 + random.nextInt(40);
      int nastiness = new int[] {0, 5, 50, 100}[random.nextInt(4)];
      double[] weights = new double[dimension];
      double[] dense = new double[dimension];
      int[] indices = new int[dimension];
      double[] values = new double[dimension];
      int stored = 0;
      for (int j = 0; j < dimension; j++) {
        weights[j] = number(random, nastiness);
        if (random.nextInt(3) == 0) {
          dense[j] = number(random, nastiness);
          indices[stored] = j;
          values[stored++] = dense[j];
        }
      }
      double expected = Dot.dot(dense, weights, dimension);
      double found = new SparseDot(weights).dot(indices, values, 0, stored);
      assertThat(Double.doubleToRawLongBits(found))
          .as("round %d", round)
          .isEqualTo(Double.doubleToRawLongBits(expected));
      double plain = 0;
      for (int k = 0; k < stored; k++) {
        plain += values[k] * weights[indices[k]];
      }
      differing += Double.compare(plain, expected) == 0 ? 0 : 1;
    }
    assertThat(differing).as("a plain sum over what is stored would not do").isGreaterThan(10_000);
  }
}
