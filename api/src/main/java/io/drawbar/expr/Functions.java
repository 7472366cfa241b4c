package io.drawbar.expr;

import static java.util.stream.Collectors.joining;

import io.drawbar.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The words that pipelines are written in: import them statically. */
public final class Functions {
  private Functions() {}

  /** The value of a column. */
  public static Expr col(String name) {
    return new ColumnRef(name);
  }

  /**
   * A constant: a {@code Boolean}, {@code Integer}, {@code Long}, {@code Double} or {@code String}.
   *
   * @throws IllegalArgumentException for anything else; a null constant needs a type: {@code
   *     nullOf(type)}
   */
  public static Expr lit(Object value) {
    if (value instanceof Boolean) {
      return new Literal(value, DataType.BOOLEAN);
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return new Literal(((Number) value).longValue(), DataType.LONG);
    }
    if (value instanceof Double || value instanceof Float) {
      return new Literal(((Number) value).doubleValue(), DataType.DOUBLE);
    }
    if (value instanceof String) {
      return new Literal(value, DataType.STRING);
    }
    throw new IllegalArgumentException(
        value == null
            ? "a null constant needs a type: nullOf(DataType.LONG), say"
            : "a constant can be a Boolean, Integer, Long, Double or String, not a "
                + value.getClass().getName());
  }

  /** A missing value of a scalar type. */
  public static Expr nullOf(DataType type) {
    return new Literal(null, type);
  }

  /** An expression as it is, anything else as a constant. */
  static Expr expr(Object value) {
    return value instanceof Expr expr ? expr : lit(value);
  }

  /** Three-valued negation: not null is null. */
  public static Expr not(Expr condition) {
    return new Unary(UnaryOperator.NOT, condition);
  }

  /** Text in lower case, by the simple mappings of Unicode 13, whatever locale and JDK. */
  public static Expr lower(Expr text) {
    return new Unary(UnaryOperator.LOWER, text);
  }

  /** Text in upper case, by the simple mappings of Unicode 13, whatever locale and JDK. */
  public static Expr upper(Expr text) {
    return new Unary(UnaryOperator.UPPER, text);
  }

  /** The number of characters (Unicode code points) of a text. */
  public static Expr length(Expr text) {
    return new Unary(UnaryOperator.LENGTH, text);
  }

  /**
   * Text without white space at both ends: the 25 characters that Unicode calls {@code
   * White_Space}, so the no-break space, too, whatever locale and JDK.
   */
  public static Expr trim(Expr text) {
    return new Unary(UnaryOperator.TRIM, text);
  }

  /**
   * Texts one after the other: {@code concat(col("first"), " ", col("last"))}; null if any of them
   * is. What is no expression is a constant; other types need {@code cast(DataType.STRING)}.
   *
   * @throws IllegalArgumentException if there is no expression among them
   */
  public static Expr concat(Object... parts) {
    if (Arrays.stream(parts).noneMatch(Expr.class::isInstance)) {
      throw new IllegalArgumentException(
          "concat(%s) joins constants; a column is col(\"name\")"
              .formatted(Arrays.stream(parts).map(String::valueOf).collect(joining(", "))));
    }
    return new Concat(Arrays.stream(parts).map(Functions::expr).toList());
  }

  /**
   * Some characters (Unicode code points) of a text: as many as there are, and the empty text
   * beyond its end; null if the text is.
   *
   * @param from the position of the first, from 0
   * @param length how many at most, at least 0
   */
  public static Expr substring(Expr text, int from, int length) {
    return new Substring(text, from, length);
  }

  /**
   * Text in which each occurrence of another is replaced, from the left, without overlaps; null if
   * the text is.
   *
   * @param literal what is looked for, as it is written: no regular expression; not empty
   * @param with what stands there instead
   */
  public static Expr replace(Expr text, String literal, String with) {
    return new Replace(text, literal, with);
  }

  /** A number without its sign, of its type; an error for the least LONG. */
  public static Expr abs(Expr number) {
    return new Unary(UnaryOperator.ABSOLUTE, number);
  }

  /** {@link #round(Expr, int)} to no decimals; of a DOUBLE it is a DOUBLE. */
  public static Expr round(Expr number) {
    return new Round(number, 0);
  }

  /**
   * A number rounded, of its type: to the nearest one with so many decimals, of two the one away
   * from zero. The exact value of a DOUBLE is what is rounded: 2.675 is a little less than it
   * looks, and gives 2.67. The sign stays, NaN and infinities stay; null gives null.
   *
   * @param digits from 0 to {@value Round#MOST_DIGITS}; a LONG has no decimals, and stays
   */
  public static Expr round(Expr number, int digits) {
    return new Round(number, digits);
  }

  /**
   * A value where a condition is true; {@code .when(...)} and {@code .otherwise(...)} follow:
   *
   * <pre>{@code
   * when(col("age").lt(18), "child").when(col("age").lt(65), "adult").otherwise("senior")
   * }</pre>
   *
   * <p>The first condition that is true decides, a null one is not, and only the value that it
   * chooses is computed: so {@code when(col("n").ne(""), col("n").cast(DataType.LONG))} is no error
   * where the text is empty.
   *
   * @param value a scalar, all of one type; LONGs among DOUBLEs become those
   */
  public static When when(Expr condition, Object value) {
    return new When(List.of(condition), List.of(expr(value)));
  }

  /**
   * The first of some values that is not null: {@code coalesce(col("mobile"), col("phone"),
   * "none")}; null if all are. NaN is a value; {@link Expr#orElse} replaces it, too.
   *
   * @param others scalars of one type; what is no expression is a constant
   */
  public static Expr coalesce(Expr first, Object... others) {
    return new Coalesce(
        Stream.concat(Stream.of(first), Arrays.stream(others).map(Functions::expr)).toList());
  }

  /**
   * Text cut at the matches of a regular expression, into a list of all pieces, empty ones too.
   *
   * @throws io.drawbar.error.DrawbarException if the expression is not one; says where
   */
  public static Expr split(Expr text, String regex) {
    return new Split(text, regex);
  }

  /**
   * One row for each item of a list, in its order; none for a null or empty list. Once in a select.
   */
  public static Expr explode(Expr list) {
    return new Explode(list);
  }

  /**
   * Numbers, truth values (as 0 and 1) and vectors joined into one vector; null if any of them is.
   */
  public static Expr vector(Expr... elements) {
    return new VectorOf(List.of(elements));
  }

  /** The inner product of a vector with constant weights, as many as it has elements. */
  public static Expr dot(Expr vector, double... weights) {
    return new Dot(vector, Arrays.stream(weights).boxed().toList());
  }

  /**
   * Each element of a vector shifted, then scaled: {@code (x - shift) * factor}; null if the vector
   * is.
   *
   * @param shift one for each element
   * @param factor one for each element
   */
  public static Expr rescale(Expr vector, double[] shift, double[] factor) {
    return new Rescale(
        vector, Arrays.stream(shift).boxed().toList(), Arrays.stream(factor).boxed().toList());
  }

  /**
   * The logistic function of a number, {@code 1 / (1 + e^-x)}: a DOUBLE from 0 to 1; null if the
   * number is.
   */
  public static Expr sigmoid(Expr number) {
    return new Unary(UnaryOperator.SIGMOID, number);
  }

  /**
   * A vector as shares that add up to 1, {@code e^(x_k) / sum_j e^(x_j)}: what a softmax regression
   * makes of its margins; null if the vector is.
   */
  public static Expr softmax(Expr vector) {
    return new Softmax(vector);
  }

  /**
   * Where the greatest element of a vector is, the first if several are: a LONG from 0; null where
   * one is NaN.
   */
  public static Expr indexOfGreatest(Expr vector) {
    return new IndexOfGreatest(vector);
  }

  /**
   * The position of a text among labels, from 0: a LONG, never null. A text that is none of them,
   * or null, is an error that names it.
   */
  public static Expr indexOf(Expr text, List<String> labels) {
    return new IndexOf(text, labels, null);
  }

  /** The position of a text among labels, from 0, or another number if it is none or null. */
  public static Expr indexOf(Expr text, List<String> labels, long otherwise) {
    return new IndexOf(text, labels, otherwise);
  }

  /**
   * A LONG from 0 to less than {@code categories} as a vector with a 1 at that position and 0
   * elsewhere; null gives null, any other number is an error.
   */
  public static Expr oneHot(Expr index, int categories) {
    return new OneHot(index, categories, categories);
  }

  /** The same of which only the first {@code elements} elements are kept. */
  public static Expr oneHot(Expr index, int categories, int elements) {
    return new OneHot(index, categories, elements);
  }

  /**
   * The index of the nearest of some centres, from 0: a LONG; of equally near ones the first. Null
   * if the vector is, or has an element that is NaN.
   *
   * @param centres at least one, each of as many elements as the vector, all of them finite
   */
  public static Expr nearest(Expr vector, List<List<Double>> centres) {
    return new Nearest(vector, centres);
  }

  /**
   * The logarithms of normal densities at a vector, each plus a constant: {@code c_k - |W_k (x -
   * m_k)|^2 / 2}, a vector with one element for each density; null if the vector is. With the
   * logarithms of weights in the constants, {@link #softmax} makes of it to which of them the
   * vector belongs, and {@link #logSumExp} the logarithm of their mixture's density.
   *
   * @param means of each density, at least one, of as many elements as the vector
   * @param factors of each density, the rows of a lower triangle W with {@code W^T W} the inverse
   *     of its covariances, one after the other; or, of all, the elements of a diagonal W
   * @param constants of each density; minus infinity for one that counts for nothing
   */
  public static Expr normalLogs(
      Expr vector, List<List<Double>> means, List<List<Double>> factors, List<Double> constants) {
    return new NormalLogs(vector, means, factors, constants);
  }

  /**
   * The logarithm of a sum of which the elements of a vector are the logarithms, {@code log(sum_k
   * e^(x_k))}, also where the sum itself is too large or small for a double; null if the vector is.
   */
  public static Expr logSumExp(Expr vector) {
    return new LogSumExp(vector);
  }

  /**
   * Each element of a vector mapped from a range of its own to a common one: {@code (x - least) /
   * (greatest - least) * (to - from) + from}; null if the vector is. The width of a range that is
   * one value counts as 1.
   *
   * @param least the lower end of each element's range
   * @param greatest the upper end of each
   * @param from what the lower ends become
   * @param to what the upper ends become, above {@code from}
   */
  public static Expr interpolate(
      Expr vector, double[] least, double[] greatest, double from, double to) {
    return new Interpolate(
        vector,
        Arrays.stream(least).boxed().toList(),
        Arrays.stream(greatest).boxed().toList(),
        from,
        to);
  }

  /**
   * The number of a number's bucket among those between splits, from 0: a LONG. Null gives null,
   * NaN is an error.
   *
   * @param side where a number that is equal to a split belongs
   * @param splits ascending; there is one bucket more
   */
  public static Expr bucketOf(Expr number, SplitSide side, double... splits) {
    return new BucketOf(number, Arrays.stream(splits).boxed().toList(), side, null);
  }

  /** The same with a number for null and NaN. */
  public static Expr bucketOf(Expr number, SplitSide side, double[] splits, long otherwise) {
    return new BucketOf(number, Arrays.stream(splits).boxed().toList(), side, otherwise);
  }

  /** A list of texts without those that are empty or null. */
  public static Expr nonEmpty(Expr list) {
    return new Unary(UnaryOperator.NON_EMPTY, list);
  }

  /**
   * How often terms are in a list of texts, as a vector: each term has an element by its hash, the
   * same everywhere and in each version, and shares it with others that hash alike.
   */
  public static Expr hashTerms(Expr terms, int elements) {
    return new HashTerms(terms, elements);
  }

  /**
   * The products of up to {@code degree} elements of a vector, in the order of {@link Monomials}.
   */
  public static Expr polynomial(Expr vector, int degree) {
    return new Polynomial(vector, degree);
  }

  /** The number of rows. LONG, never null. */
  public static Aggregate count() {
    return Aggregate.of(AggregateFunction.COUNT, null);
  }

  /** The number of rows in which the value is not null. LONG, never null. */
  public static Aggregate count(Expr value) {
    return Aggregate.of(AggregateFunction.COUNT, value);
  }

  /**
   * The sum of the values that are not null; null if there are none. Of LONGs it is a LONG, added
   * up in 128 bits, an error only if the total does not fit; of DOUBLEs it is the exact sum,
   * rounded once.
   */
  public static Aggregate sum(Expr value) {
    return Aggregate.of(AggregateFunction.SUM, value);
  }

  /**
   * The average of the values that are not null; null if there are none. DOUBLE: the exact sum,
   * rounded, divided by the count.
   */
  public static Aggregate avg(Expr value) {
    return Aggregate.of(AggregateFunction.AVG, value);
  }

  /** The least value that is not null; null if there is none. NaN counts as greatest. */
  public static Aggregate min(Expr value) {
    return Aggregate.of(AggregateFunction.MIN, value);
  }

  /** The greatest value that is not null; null if there is none. NaN counts as greatest. */
  public static Aggregate max(Expr value) {
    return Aggregate.of(AggregateFunction.MAX, value);
  }

  /** {@link #count(Expr)} of a column. */
  public static Aggregate count(String column) {
    return count(col(column));
  }

  /** {@link #sum(Expr)} of a column. */
  public static Aggregate sum(String column) {
    return sum(col(column));
  }

  /** {@link #avg(Expr)} of a column. */
  public static Aggregate avg(String column) {
    return avg(col(column));
  }

  /** {@link #min(Expr)} of a column. */
  public static Aggregate min(String column) {
    return min(col(column));
  }

  /** {@link #max(Expr)} of a column. */
  public static Aggregate max(String column) {
    return max(col(column));
  }
}
