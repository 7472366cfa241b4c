package io.drawbar.expect;

import static io.drawbar.expr.Functions.col;

import io.drawbar.expr.Expr;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is expected of rows: see {@code Dataset.expect}. Import the methods statically.
 *
 * <pre>{@code
 * static final Expectations PEOPLE =
 *     Expectations.of(
 *         notNull("id"),
 *         unique("id"),
 *         between("age", 0, 120),
 *         in("country", "DE", "FR", "CH"),
 *         matches("email", ".+@.+"),
 *         that(col("from").le(col("until"))),
 *         rowCount(1, 1_000_000),
 *         newest("at", Duration.ofDays(1), Instant.parse("2026-01-31T00:00:00Z")));
 *
 * people.expect(PEOPLE).write(Parquet.to("people"));
 * }</pre>
 *
 * <p>A null is as expected everywhere but in {@link #notNull}, as in a {@code CHECK} of SQL.
 *
 * @param all one after the other
 */
public record Expectations(List<Expectation> all) implements Serializable {
  /** Copies the list. */
  public Expectations {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("nothing is expected: name one expectation at least");
    }
  }

  /** Several expectations. */
  public static Expectations of(Expectation... all) {
    return new Expectations(List.of(all));
  }

  /** The column has a value in each row. */
  public static Expectation notNull(String column) {
    return new Expectation.Holds(column + " is not null", col(column).isNotNull());
  }

  /** A condition of your own is not false. */
  public static Expectation that(Expr condition) {
    return new Expectation.Holds(condition.toString(), condition);
  }

  /** Values are not less than one, nor greater than another; NaN is greater than all. */
  public static Expectation between(String column, Object least, Object most) {
    return new Expectation.Holds(
        "%s is from %s to %s".formatted(column, least, most),
        col(column).ge(least).and(col(column).le(most)));
  }

  /** Each value is one of these. */
  public static Expectation in(String column, Object first, Object... others) {
    Expr isOne = col(column).eq(first);
    for (Object other : others) {
      isOne = isOne.or(col(column).eq(other));
    }
    String list =
        Arrays.stream(others)
            .map(other -> ", " + other)
            .collect(Collectors.joining("", first + "", ""));
    return new Expectation.Holds("%s is one of %s".formatted(column, list), isOne);
  }

  /**
   * Each text as a whole matches a pattern.
   *
   * @param pattern as {@link java.util.regex.Pattern} has it
   * @throws java.util.regex.PatternSyntaxException if it is none
   */
  public static Expectation matches(String column, String pattern) {
    return new Expectation.Matches(column, pattern);
  }

  /**
   * There are not fewer rows, and not more.
   *
   * @throws IllegalArgumentException if fewer are expected at most than at least
   */
  public static Expectation rowCount(long least, long most) {
    return new Expectation.RowCount(least, most);
  }

  /**
   * The newest time is not before {@code at} less {@code age}; without a time in any row it is. No
   * clock is looked at: give {@code Instant.now()}, if that is what is meant.
   *
   * @param column LONG: milliseconds since 1970 began, in UTC; or STRING: a date, or a date with a
   *     time, as ISO 8601 writes them, in UTC where they do not say otherwise; a row in which there
   *     is another text is not as expected
   */
  public static Expectation newest(String column, Duration age, Instant at) {
    return new Expectation.Newest(column, age, at);
  }

  /**
   * No two rows agree on the columns; rows with a null in one of them are not looked at. This takes
   * a run of its own, before the other, with an exchange by the columns: what the rows are made of
   * is read twice, unless it is cached.
   */
  public static Expectation unique(String... columns) {
    return new Expectation.Unique(List.of(columns));
  }

  /** All but those that no two rows agree on something. */
  public List<Expectation> ofOnePass() {
    return all.stream().filter(one -> !(one instanceof Expectation.Unique)).toList();
  }

  /** Those that no two rows agree on something. */
  public List<Expectation.Unique> unique() {
    return all.stream()
        .filter(Expectation.Unique.class::isInstance)
        .map(Expectation.Unique.class::cast)
        .toList();
  }

  /** Whether one of them is about all rows together, and not about each. */
  public boolean areOfAllRows() {
    return all.stream()
        .anyMatch(one -> one instanceof Expectation.RowCount || one instanceof Expectation.Newest);
  }

  /** In a line. */
  @Override
  public String toString() {
    return all.stream().map(Expectation::describe).collect(Collectors.joining("; "));
  }
}
