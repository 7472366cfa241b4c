package io.drawbar.expr;

/** Which rows come out of a join. */
public enum JoinKind {
  /** Each pair of rows with the same keys. */
  INNER,

  /** Those, and rows of the left without a partner, with nulls. */
  LEFT,

  /** Rows of the left that have a partner, once. */
  SEMI,

  /** Rows of the left that have none. */
  ANTI;

  /** Whether the right's columns come out. */
  public boolean addsColumns() {
    return this == INNER || this == LEFT;
  }
}
