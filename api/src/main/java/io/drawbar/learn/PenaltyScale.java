package io.drawbar.learn;

/** In which unit coefficients are penalised. */
public enum PenaltyScale {
  /** In that of the features as they are. */
  AS_GIVEN,

  /**
   * As if each feature had been scaled to standard deviation 1 (over n; about zero if no intercept
   * is fitted).
   */
  STANDARDISED
}
