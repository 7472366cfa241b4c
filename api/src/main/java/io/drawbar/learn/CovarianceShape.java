package io.drawbar.learn;

/** Which covariances the components of a {@link GaussianMixture} have. */
public enum CovarianceShape {
  /** Each component has covariances of its own: ellipsoids of any direction. */
  FULL,

  /** Each component has variances of its own, and its elements are independent. */
  DIAGONAL
}
