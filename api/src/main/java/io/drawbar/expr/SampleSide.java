package io.drawbar.expr;

/** One of the two parts that a share divides rows into. */
public enum SampleSide {
  WITHIN,
  BEYOND
}
