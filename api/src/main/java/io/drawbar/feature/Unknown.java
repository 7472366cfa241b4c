package io.drawbar.feature;

/**
 * What a {@link StringIndexer} makes of a text that it has not learnt, and of null; what a {@link
 * QuantileDiscretizer} and a {@link Bucketizer} make of NaN and null.
 */
public enum Unknown {
  /** An error that names it; null has no bucket. */
  ERROR,

  /** The index after that of the last label or bucket: all of them share it. */
  OWN_INDEX
}
