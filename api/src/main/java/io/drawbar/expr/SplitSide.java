package io.drawbar.expr;

/** To which side of a split a number that is equal to it belongs. */
public enum SplitSide {
  /** It is in the bucket below: buckets are x &le; 18, 18 &lt; x &le; 65, and so on. */
  BELOW,

  /** It is in the bucket above: buckets are x &lt; 18, 18 &le; x &lt; 65, and so on. */
  ABOVE
}
