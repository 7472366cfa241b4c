package io.drawbar.learn;

/**
 * The coefficients of penalised least squares with a share of magnitudes, for one penalty after the
 * other: each begins with what the one before has found ({@link CoordinateDescent}), and ends with
 * the equations of those that are not zero ({@link ActiveSet}).
 */
final class ElasticNet {
  /*
   * Coordinates are in units of a correlation. Where descent ends only decides how many steps the
   * equations take to correct the set. A step costs as much as a sixth of the set's size in turns,
   * so that slow descent is broken off: of 100 values of 100 features, or of 1000, it takes 1 to 4
   * steps each, and half of the time.
   */
  private static final double NEAR = 1e-4;
  private static final double ENOUGH = 1e-6;
  private static final int LEAST_TURNS = 20;

  private final GramMatrix matrix;
  private final PenaltyScale scale;
  private final Correlations correlations;
  private final CoordinateDescent descent;
  private final int elements;

  /** The weight of magnitudes where the descent has been. */
  private double last;

  ElasticNet(GramMatrix matrix, int elements, PenaltyScale scale) {
    this.matrix = matrix;
    this.scale = scale;
    this.elements = elements;
    correlations = new Correlations(matrix, elements);
    descent = new CoordinateDescent(correlations);
    last = largest();
  }

  /** The least weight of magnitudes with which all coefficients are zero. */
  double largest() {
    double largest = 0;
    double[] slopes = correlations.slopes(new double[elements]);
    for (int j = 0; j < elements; j++) {
      double unit =
          scale == PenaltyScale.STANDARDISED
              ? Math.sqrt(matrix.rows())
              : matrix.rows() / correlations.root(j);
      if (correlations.root(j) > 0) {
        largest = Math.max(largest, Math.abs(slopes[j]) / unit * correlations.labelRoot());
      }
    }
    return largest;
  }

  /**
   * The coefficients at a penalty; not finite if they overflow.
   *
   * @param l1 the weight of magnitudes, more than 0
   */
  double[] coefficients(double l1, double l2) {
    // Not from far away at once: half as much is learned at a time, but for the last few digits.
    double least = Math.max(l1, largest() * 0x1p-30);
    for (double weight = last / 2; weight > least; weight /= 2) {
      descent.descend(correlations.scaled(penalty(weight, l2)), NEAR, mostTurns());
    }
    last = l1;
    Penalty penalty = penalty(l1, l2);
    Penalty scaled = correlations.scaled(penalty);
    descent.descend(scaled, ENOUGH, mostTurns());
    ActiveSet set = new ActiveSet(matrix, correlations, penalty, scaled, descent.place());
    double[] coefficients = set.solve();
    descent.moveTo(set.place());
    return coefficients;
  }

  private int mostTurns() {
    return LEAST_TURNS + descent.size() / 10;
  }

  private Penalty penalty(double l1, double l2) {
    return Penalty.of(matrix, elements, l1, l2, scale);
  }
}
