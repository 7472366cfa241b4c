package io.drawbar.expr;

import io.drawbar.type.DataType;
import java.io.Serializable;

/**
 * A computation on the columns of a row. Build one from {@link Functions#col} and the methods here:
 *
 * <pre>{@code
 * col("income").gt(0).and(col("name").isNotNull())
 * col("fahrenheit").minus(32).dividedBy(1.8).as("celsius")
 * }</pre>
 *
 * <p>An operand that is not an expression is taken as a literal: a {@code Boolean}, {@code
 * Integer}, {@code Long}, {@code Double} or {@code String}. Null operands give null, except where a
 * method says otherwise; see the package page of {@code io.drawbar.type} for the table of values.
 */
public sealed interface Expr extends Serializable
    permits ColumnRef,
        Literal,
        Alias,
        Unary,
        Binary,
        Cast,
        Split,
        Explode,
        VectorOf,
        Dot,
        Rescale,
        IndexOf,
        OneHot,
        Softmax,
        IndexOfGreatest,
        Nearest,
        NormalLogs,
        LogSumExp,
        Interpolate,
        OrElse,
        BucketOf,
        HashTerms,
        Polynomial,
        Round,
        Concat,
        Substring,
        Replace,
        Coalesce,
        CaseWhen {

  /** Calls the visitor's method for this kind of expression. */
  <T> T accept(ExprVisitor<T> visitor);

  /** The name of the column that this expression becomes when selected: its alias, or its text. */
  default String name() {
    return toString();
  }

  /** This expression under another name. */
  default Expr as(String name) {
    return new Alias(this, name);
  }

  /** Sum. LONG + LONG is LONG and an error on overflow; anything with a DOUBLE is DOUBLE. */
  default Expr plus(Object other) {
    return new Binary(BinaryOperator.PLUS, this, Functions.expr(other));
  }

  /** Difference; types as for {@link #plus}. */
  default Expr minus(Object other) {
    return new Binary(BinaryOperator.MINUS, this, Functions.expr(other));
  }

  /** Product; types as for {@link #plus}. */
  default Expr times(Object other) {
    return new Binary(BinaryOperator.TIMES, this, Functions.expr(other));
  }

  /** Quotient, always DOUBLE by IEEE rules: 1/0 is infinity, 0/0 is NaN. */
  default Expr dividedBy(Object other) {
    return new Binary(BinaryOperator.DIVIDED_BY, this, Functions.expr(other));
  }

  /** Remainder with the sign of the dividend, as Java's {@code %}; LONG modulo 0 is an error. */
  default Expr mod(Object other) {
    return new Binary(BinaryOperator.MOD, this, Functions.expr(other));
  }

  /** The number with its sign changed; an error for the least LONG. */
  default Expr negate() {
    return new Unary(UnaryOperator.NEGATE, this);
  }

  /** Whether both are equal; NaN equals NaN, -0.0 equals 0.0. */
  default Expr eq(Object other) {
    return new Binary(BinaryOperator.EQUAL, this, Functions.expr(other));
  }

  /** Whether both differ: {@code not(eq)}. */
  default Expr ne(Object other) {
    return new Binary(BinaryOperator.NOT_EQUAL, this, Functions.expr(other));
  }

  /** Whether this is less; NaN is greatest, strings by UTF-8 bytes, false before true. */
  default Expr lt(Object other) {
    return new Binary(BinaryOperator.LESS, this, Functions.expr(other));
  }

  /** Whether this is less or equal. */
  default Expr le(Object other) {
    return new Binary(BinaryOperator.LESS_OR_EQUAL, this, Functions.expr(other));
  }

  /** Whether this is greater. */
  default Expr gt(Object other) {
    return new Binary(BinaryOperator.GREATER, this, Functions.expr(other));
  }

  /** Whether this is greater or equal. */
  default Expr ge(Object other) {
    return new Binary(BinaryOperator.GREATER_OR_EQUAL, this, Functions.expr(other));
  }

  /** Three-valued conjunction: false and null is false, true and null is null. */
  default Expr and(Object other) {
    return new Binary(BinaryOperator.AND, this, Functions.expr(other));
  }

  /** Three-valued disjunction: true or null is true, false or null is null. */
  default Expr or(Object other) {
    return new Binary(BinaryOperator.OR, this, Functions.expr(other));
  }

  /** Whether the value is missing; never null itself. */
  default Expr isNull() {
    return new Unary(UnaryOperator.IS_NULL, this);
  }

  /** Whether the value is there; never null itself. */
  default Expr isNotNull() {
    return new Unary(UnaryOperator.IS_NOT_NULL, this);
  }

  /**
   * This value, or a constant of its type where it is null or NaN; never null. A whole number may
   * stand for a DOUBLE. Another column may stand in {@link Functions#coalesce}.
   */
  default Expr orElse(Object constant) {
    Expr otherwise = Functions.expr(constant);
    if (otherwise instanceof Literal literal) {
      return new OrElse(this, literal);
    }
    throw new IllegalArgumentException(
        ("orElse takes a constant, such as 0 or \"none\", not the expression %s;"
                + " coalesce(%s, %s) takes both")
            .formatted(otherwise, this, otherwise));
  }

  /**
   * This value as another type: LONG to DOUBLE rounds to nearest, DOUBLE to LONG cuts the fraction
   * off (an error for NaN and out of range), anything scalar to STRING and back (an error where the
   * text is not of the type), BOOLEAN to numbers as 0 and 1.
   */
  default Expr cast(DataType type) {
    return new Cast(this, type, Cast.Misfit.FAILS);
  }

  /**
   * This value as another type, as {@link #cast} has it; but null where that would be an error: for
   * texts that are numbers for the most part. Errors in this value itself stay errors.
   */
  default Expr tryCast(DataType type) {
    return new Cast(this, type, Cast.Misfit.NULL);
  }

  /** Sorts by this value, least first, nulls before all. */
  default SortKey asc() {
    return new SortKey(this, SortKey.Direction.ASCENDING);
  }

  /** Sorts by this value, greatest first, nulls after all. */
  default SortKey desc() {
    return new SortKey(this, SortKey.Direction.DESCENDING);
  }
}
