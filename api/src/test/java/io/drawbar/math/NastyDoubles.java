package io.drawbar.math;

import java.util.Random;

/** Kinds of inputs that break summation, reproducible by seed. */
enum NastyDoubles {
  ORDINARY {
    @Override
    double value(Random random) {
      return random.nextGaussian() * 1000;
    }
  },
  SPREAD_40 {
    @Override
    double value(Random random) {
      return scaled(random, 40);
    }
  },
  SPREAD_200 {
    @Override
    double value(Random random) {
      return scaled(random, 200);
    }
  },
  SPREAD_2000 {
    @Override
    double value(Random random) {
      return scaled(random, 2000);
    }
  },
  POWERS_OF_TWO {
    @Override
    double value(Random random) {
      // Few bits each, so that sums often are exactly half way between two doubles.
      return sign(random) * Math.scalb(1.0, random.nextInt(12) * 53 / 2 - 150);
    }
  },
  SUBNORMAL {
    @Override
    double value(Random random) {
      return sign(random) * Double.longBitsToDouble(random.nextLong() >>> 10 + random.nextInt(54));
    }
  },
  HUGE {
    @Override
    double value(Random random) {
      return scaled(random, 80) * 0x1p983;
    }
  },
  CANCELLING {
    @Override
    double value(Random random) {
      // Three magnitudes and few significands: nearly everything cancels now and then.
      return sign(random)
          * (1 + random.nextInt(3))
          * Math.scalb(1.1, random.nextInt(3) * 400 - 400);
    }
  },
  ANY_BITS {
    @Override
    double value(Random random) {
      double value = Double.longBitsToDouble(random.nextLong());
      return Double.isFinite(value) ? value : -0.0;
    }
  },
  EVERYTHING {
    @Override
    double value(Random random) {
      switch (random.nextInt(400)) {
        case 0:
          return Double.POSITIVE_INFINITY;
        case 1:
          return Double.NEGATIVE_INFINITY;
        case 2:
          return Double.NaN;
        case 3:
          return -0.0;
        case 4:
          return Double.MAX_VALUE;
        case 5:
          return Double.MIN_VALUE;
        default:
          return values()[random.nextInt(ordinal())].value(random);
      }
    }
  };

  abstract double value(Random random);

  double[] values(Random random, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      // Now and then the exact opposite of an earlier one.
      boolean cancel = i > 0 && random.nextInt(8) == 0;
      values[i] = cancel ? -values[random.nextInt(i)] : value(random);
    }
    return values;
  }

  private static double scaled(Random random, int spread) {
    return Math.scalb(random.nextDouble() - 0.5, random.nextInt(spread) - spread / 2);
  }

  private static double sign(Random random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
