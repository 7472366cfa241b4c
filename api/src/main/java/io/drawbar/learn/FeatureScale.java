package io.drawbar.learn;

/** In which unit features are compared. */
public enum FeatureScale {
  /** In that of the features as they are. */
  AS_GIVEN,

  /** As if each feature had been scaled to standard deviation 1, over n - 1. */
  UNIT_VARIANCE
}
