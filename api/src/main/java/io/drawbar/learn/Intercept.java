package io.drawbar.learn;

/** What a linear model predicts where all features are zero. */
public enum Intercept {
  /** A number that is fitted with the coefficients. */
  FITTED,

  /** Zero: the plane goes through the origin. */
  ZERO
}
