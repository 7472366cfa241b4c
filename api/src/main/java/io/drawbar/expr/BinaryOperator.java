package io.drawbar.expr;

/** The operators of two operands. */
public enum BinaryOperator {
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDED_BY("/"),
  MOD("%"),
  EQUAL("="),
  NOT_EQUAL("<>"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  AND("and"),
  OR("or");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** The operator as it is printed. */
  public String symbol() {
    return symbol;
  }

  /** Whether the operator takes and gives numbers. */
  public boolean isArithmetic() {
    return ordinal() <= MOD.ordinal();
  }

  /** Whether the operator takes and gives truth values. */
  public boolean isLogical() {
    return this == AND || this == OR;
  }
}
