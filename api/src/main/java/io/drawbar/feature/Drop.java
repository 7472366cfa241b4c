package io.drawbar.feature;

/** Which category a {@link OneHotEncoder} makes no element for. */
public enum Drop {
  /** Each has one. */
  NONE,

  /** The last is the row of zeros. */
  LAST
}
