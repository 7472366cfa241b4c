package io.drawbar.expr;

/** The operators of one operand. */
public enum UnaryOperator {
  NEGATE,
  NOT,
  IS_NULL,
  IS_NOT_NULL,
  LOWER,
  UPPER,
  LENGTH,
  SIGMOID,
  NON_EMPTY,
  TRIM,
  ABSOLUTE;

  String text(Expr operand) {
    return switch (this) {
      case NEGATE -> "-" + operand;
      case NOT -> "not " + operand;
      case IS_NULL -> operand + " is null";
      case IS_NOT_NULL -> operand + " is not null";
      case LOWER -> "lower(" + operand + ")";
      case UPPER -> "upper(" + operand + ")";
      case LENGTH -> "length(" + operand + ")";
      case SIGMOID -> "sigmoid(" + operand + ")";
      case NON_EMPTY -> "nonEmpty(" + operand + ")";
      case TRIM -> "trim(" + operand + ")";
      case ABSOLUTE -> "abs(" + operand + ")";
    };
  }
}
