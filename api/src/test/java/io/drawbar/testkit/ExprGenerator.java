package io.drawbar.testkit;

import static io.drawbar.expr.Functions.abs;
import static io.drawbar.expr.Functions.bucketOf;
import static io.drawbar.expr.Functions.coalesce;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.concat;
import static io.drawbar.expr.Functions.dot;
import static io.drawbar.expr.Functions.hashTerms;
import static io.drawbar.expr.Functions.indexOf;
import static io.drawbar.expr.Functions.interpolate;
import static io.drawbar.expr.Functions.length;
import static io.drawbar.expr.Functions.lit;
import static io.drawbar.expr.Functions.lower;
import static io.drawbar.expr.Functions.nonEmpty;
import static io.drawbar.expr.Functions.not;
import static io.drawbar.expr.Functions.nullOf;
import static io.drawbar.expr.Functions.oneHot;
import static io.drawbar.expr.Functions.polynomial;
import static io.drawbar.expr.Functions.replace;
import static io.drawbar.expr.Functions.rescale;
import static io.drawbar.expr.Functions.round;
import static io.drawbar.expr.Functions.split;
import static io.drawbar.expr.Functions.substring;
import static io.drawbar.expr.Functions.trim;
import static io.drawbar.expr.Functions.upper;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.expr.Functions.when;

import io.drawbar.expr.Binary;
import io.drawbar.expr.BinaryOperator;
import io.drawbar.expr.Expr;
import io.drawbar.expr.SplitSide;
import io.drawbar.expr.When;
import io.drawbar.type.DataType;
import io.drawbar.type.Field;
import io.drawbar.type.Row;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Random expressions of a wanted type over the columns of a schema. */
final class ExprGenerator {
  static final List<DataType> SCALARS =
      List.of(DataType.LONG, DataType.DOUBLE, DataType.STRING, DataType.BOOLEAN);

  /** Shapes that run as byte loops, and shapes that go to the regular expressions of Java. */
  private static final List<String> SEPARATORS =
      List.of(
          "\\W+",
          ",",
          "\\s*,\\s*",
          "[aeiou]",
          "\\s+",
          "[^a-z]+",
          "(?i)x|b",
          "(?=[A-Z])",
          "ab",
          "\\s");

  /** What texts may hold, for replacing. */
  private static final List<String> LITERALS =
      List.of(" ", "a", "aa", "k", "0", ",", "\uD83D\uDE00", "\u00E9", "\uFFFF", "the", ".");

  private static final List<BinaryOperator> COMPARISONS =
      List.of(
          BinaryOperator.EQUAL,
          BinaryOperator.NOT_EQUAL,
          BinaryOperator.LESS,
          BinaryOperator.LESS_OR_EQUAL,
          BinaryOperator.GREATER,
          BinaryOperator.GREATER_OR_EQUAL);

  private static final List<BinaryOperator> WHOLE =
      List.of(BinaryOperator.PLUS, BinaryOperator.MINUS, BinaryOperator.TIMES, BinaryOperator.MOD);

  private final Random random;
  private final Schema schema;
  private final List<Row> rows;

  /**
   * A generator.
   *
   * @param rows values worth comparing with come from here
   */
  ExprGenerator(Random random, Schema schema, List<Row> rows) {
    this.random = random;
    this.schema = schema;
    this.rows = rows;
  }

  /** An expression of a scalar type, at most so many operators deep. */
  Expr scalar(DataType type, int depth) {
    if (depth <= 0 || random.nextInt(6) == 0) {
      return leaf(type);
    }
    if (random.nextInt(12) == 0) {
      return scalar(type, depth - 1).orElse(ValueGenerator.constant(random, type));
    }
    if (random.nextInt(10) == 0) {
      return random.nextBoolean() ? chosen(type, depth - 1) : firstPresent(type, depth - 1);
    }
    if (type == DataType.BOOLEAN) {
      return truth(depth);
    }
    if (type == DataType.LONG) {
      return whole(depth);
    }
    return type == DataType.DOUBLE ? number(depth) : text(depth);
  }

  /** A value by conditions, of one or two. */
  private Expr chosen(DataType type, int depth) {
    When when = when(scalar(DataType.BOOLEAN, depth), fitting(type, depth));
    if (random.nextBoolean()) {
      when = when.when(scalar(DataType.BOOLEAN, depth), scalar(type, depth));
    }
    return when.otherwise(scalar(type, depth));
  }

  private Expr firstPresent(DataType type, int depth) {
    Expr last = scalar(type, random.nextInt(depth + 1));
    return random.nextBoolean()
        ? coalesce(fitting(type, depth), last)
        : coalesce(leaf(type), fitting(type, depth), last);
  }

  /** A value that may stand among others of a type. */
  private Expr fitting(DataType type, int depth) {
    boolean isWhole = type == DataType.DOUBLE && random.nextInt(4) == 0;
    return scalar(isWhole ? DataType.LONG : type, depth);
  }

  /** An expression of any type that a column can have, mostly scalar. */
  Expr any(int depth) {
    return switch (random.nextInt(10)) {
      case 0 -> vectorOf(1 + random.nextInt(3), depth);
      case 1 -> list(depth);
      default -> scalar(scalarType(), depth);
    };
  }

  /** A scalar type, mostly one that there is a column of. */
  DataType scalarType() {
    DataType type = Choice.<Field>from(random, schema.fields()).type();
    boolean fits = type instanceof ScalarType && random.nextInt(3) > 0;
    return fits ? type : Choice.from(random, SCALARS);
  }

  /** What to group or summarise by: every other time a plain column, if there is one that fits. */
  Expr argument(Predicate<DataType> fits, int depth) {
    List<Field> columns =
        schema.fields().stream()
            .filter(f -> f.type() instanceof ScalarType && fits.test(f.type()))
            .toList();
    if (!columns.isEmpty() && random.nextBoolean()) {
      return col(Choice.<Field>from(random, columns).name());
    }
    DataType type = scalarType();
    return scalar(fits.test(type) ? type : DataType.DOUBLE, depth);
  }

  /** A list of texts. */
  Expr list(int depth) {
    return depth > 0 && random.nextInt(4) == 0 ? nonEmpty(list(depth - 1)) : plainList(depth);
  }

  private Expr plainList(int depth) {
    List<String> lists = columns(DataType.listOf(DataType.STRING));
    return lists.isEmpty() || random.nextInt(3) == 0
        ? split(scalar(DataType.STRING, depth - 1), Choice.from(random, SEPARATORS))
        : col(Choice.from(random, lists));
  }

  private Expr leaf(DataType type) {
    List<String> names = columns(type);
    int roll = random.nextInt(20);
    if (!names.isEmpty() && roll < 14) {
      return col(Choice.from(random, names));
    }
    if (names.isEmpty() && roll < 14) {
      return converted(type);
    }
    return roll == 19 ? nullOf(type) : constant(type);
  }

  /** A column of another type made to fit; a constant if there is no way that cannot fail. */
  private Expr converted(DataType type) {
    Field field = Choice.from(random, schema.fields());
    Expr column = col(field.name());
    if (type == DataType.BOOLEAN) {
      return random.nextBoolean() ? column.isNull() : column.isNotNull();
    }
    if (!(field.type() instanceof ScalarType)) {
      return constant(type);
    }
    if (type == DataType.STRING) {
      return column.cast(type);
    }
    if (field.type() == DataType.STRING) {
      return type == DataType.LONG ? length(column) : length(column).dividedBy(3);
    }
    return field.type() == DataType.DOUBLE ? column.isNull().cast(type) : column.cast(type);
  }

  private Expr constant(DataType type) {
    List<String> names = columns(type);
    if (!names.isEmpty() && !rows.isEmpty() && random.nextBoolean()) {
      Object seen = Choice.<Row>from(random, rows).value(Choice.from(random, names));
      if (seen != null) {
        return lit(seen);
      }
    }
    boolean small = type == DataType.LONG && random.nextInt(4) > 0;
    return lit(small ? (Object) (random.nextInt(7) - 2L) : ValueGenerator.constant(random, type));
  }

  private List<String> columns(DataType type) {
    return schema.fields().stream().filter(f -> f.type().equals(type)).map(Field::name).toList();
  }

  private Expr truth(int depth) {
    int below = depth - 1;
    return switch (random.nextInt(12)) {
      case 0, 1 -> scalar(DataType.BOOLEAN, below).and(scalar(DataType.BOOLEAN, below));
      case 2, 3 -> scalar(DataType.BOOLEAN, below).or(scalar(DataType.BOOLEAN, below));
      case 4 -> not(scalar(DataType.BOOLEAN, below));
      case 5 -> any(below).isNull();
      case 6 -> any(below).isNotNull();
      case 7 ->
          random.nextBoolean()
              ? ofText(DataType.BOOLEAN, below)
              : scalar(DataType.BOOLEAN, below).cast(DataType.BOOLEAN);
      default -> comparison(below);
    };
  }

  /** A text as a type; nulls where it is none may be any text. */
  private Expr ofText(DataType type, int depth) {
    return random.nextInt(4) == 0
        ? scalar(DataType.STRING, depth).tryCast(type)
        : textual(type, depth).cast(type);
  }

  private Expr ofNumber(Expr number) {
    return random.nextBoolean() ? number.tryCast(DataType.LONG) : number.cast(DataType.LONG);
  }

  private Expr comparison(int depth) {
    DataType left = scalarType();
    DataType right = left;
    if (left.isNumeric() && random.nextBoolean()) {
      right = left == DataType.LONG ? DataType.DOUBLE : DataType.LONG;
    }
    BinaryOperator operator = Choice.from(random, COMPARISONS);
    return new Binary(operator, scalar(left, depth), scalar(right, random.nextInt(depth + 1)));
  }

  private Expr whole(int depth) {
    int below = depth - 1;
    return switch (random.nextInt(11)) {
      case 10 ->
          random.nextBoolean()
              ? abs(scalar(DataType.LONG, below))
              : round(scalar(DataType.LONG, below), random.nextInt(3));
      case 9 -> random.nextBoolean() ? position(below) : bucket(below);
      case 0 -> scalar(DataType.LONG, below).negate();
      case 1 -> length(scalar(DataType.STRING, below));
      case 2 -> scalar(DataType.BOOLEAN, below).cast(DataType.LONG);
      case 3 -> ofNumber(scalar(DataType.DOUBLE, below));
      case 4 ->
          random.nextInt(3) > 0
              ? ofText(DataType.LONG, below)
              : scalar(DataType.LONG, below).cast(DataType.LONG);
      default ->
          new Binary(
              Choice.from(random, WHOLE),
              scalar(DataType.LONG, below),
              scalar(DataType.LONG, below));
    };
  }

  private Expr number(int depth) {
    int below = depth - 1;
    return switch (random.nextInt(15)) {
      case 14 -> abs(scalar(DataType.DOUBLE, below));
      case 12 -> round(scalar(DataType.DOUBLE, below), Choice.of(random, 0, 1, 2, 5, 15));
      case 13 -> round(numeric(below).dividedBy(Choice.of(random, 2, 4, 20)), random.nextInt(2));
      case 0 -> scalar(DataType.DOUBLE, below).negate();
      case 1 -> scalar(DataType.LONG, below).cast(DataType.DOUBLE);
      case 2 -> scalar(DataType.BOOLEAN, below).cast(DataType.DOUBLE);
      case 3 ->
          random.nextInt(3) > 0
              ? ofText(DataType.DOUBLE, below)
              : scalar(DataType.DOUBLE, below).cast(DataType.DOUBLE);
      case 4 -> product(below);
      case 5, 6 -> numeric(below).dividedBy(numeric(below));
      default -> mixed(below);
    };
  }

  private Expr numeric(int depth) {
    return scalar(Choice.of(random, DataType.LONG, DataType.DOUBLE), depth);
  }

  private Expr mixed(int depth) {
    BinaryOperator operator = Choice.from(random, WHOLE);
    Expr number = scalar(DataType.DOUBLE, depth);
    Expr other = numeric(depth);
    return random.nextBoolean()
        ? new Binary(operator, number, other)
        : new Binary(operator, other, number);
  }

  private Expr product(int depth) {
    List<Field> vectors =
        schema.fields().stream().filter(f -> f.type() instanceof VectorType).toList();
    if (!vectors.isEmpty() && random.nextInt(3) > 0) {
      Field vector = Choice.from(random, vectors);
      return dot(col(vector.name()), weights(((VectorType) vector.type()).size()));
    }
    int size = Choice.of(random, 1, 2, 3, 9, 17);
    return dot(vectorOf(size, size > 3 ? 0 : depth), weights(size));
  }

  private double[] weights(int size) {
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      weights[i] = random.nextInt(4) == 0 ? random.nextInt(5) - 2 : random.nextGaussian();
    }
    return weights;
  }

  /** A vector of so many elements; now and then some of them are themselves a vector. */
  private Expr vectorOf(int size, int depth) {
    if (size > 2 && random.nextInt(3) == 0) {
      int first = 1 + random.nextInt(size - 1);
      return vector(vectorOf(first, depth - 1), vectorOf(size - first, depth - 1));
    }
    if (depth > 0 && random.nextInt(5) == 0) {
      return rescale(vectorOf(size, depth - 1), weights(size), weights(size));
    }
    if (depth > 0 && random.nextInt(6) == 0) {
      return interpolated(size, depth - 1);
    }
    if (depth > 0 && random.nextInt(6) == 0) {
      return hashTerms(list(depth - 1), size);
    }
    if (depth > 0 && (size == 2 || size == 9) && random.nextInt(3) == 0) {
      // One element to degree 2, and two of them to degree 3, have as many products.
      return polynomial(vectorOf(size == 2 ? 1 : 2, depth - 1), size == 2 ? 2 : 3);
    }
    if (depth > 0 && random.nextInt(6) == 0) {
      boolean any = random.nextInt(3) == 0;
      Expr index = any ? scalar(DataType.LONG, depth - 1) : truthAsNumber(depth - 1);
      return oneHot(index, Math.max(2, size) + random.nextInt(2), size);
    }
    Expr[] elements = new Expr[size];
    for (int i = 0; i < size; i++) {
      DataType type = Choice.of(random, DataType.DOUBLE, DataType.LONG, DataType.BOOLEAN);
      elements[i] = scalar(type, depth - 1);
    }
    return vector(elements);
  }

  /** A vector of so many elements that has such an expression around it. */
  private Expr interpolated(int size, int depth) {
    double[] least = weights(size);
    double[] greatest = new double[size];
    for (int i = 0; i < size; i++) {
      greatest[i] = least[i] + random.nextInt(3) * random.nextDouble();
    }
    double from = random.nextInt(3) - 1;
    return interpolate(vectorOf(size, depth), least, greatest, from, from + 1 + random.nextInt(2));
  }

  /** The bucket of a number; rarely is NaN an error. */
  private Expr bucket(int depth) {
    double[] splits = random.doubles(random.nextInt(5), -9, 9).sorted().distinct().toArray();
    SplitSide side = Choice.of(random, SplitSide.BELOW, SplitSide.ABOVE);
    return random.nextInt(6) == 0
        ? bucketOf(numeric(depth), side, splits)
        : bucketOf(numeric(depth), side, splits, random.nextInt(9) - 1);
  }

  private Expr truthAsNumber(int depth) {
    return scalar(DataType.BOOLEAN, depth).cast(DataType.LONG);
  }

  /** The index of a text among some that there are; rarely is another text an error. */
  private Expr position(int depth) {
    Set<String> labels = new LinkedHashSet<>();
    List<String> names = columns(DataType.STRING);
    for (int i = random.nextInt(6); i > 0; i--) {
      Object seen =
          names.isEmpty() || rows.isEmpty()
              ? null
              : Choice.<Row>from(random, rows).value(Choice.from(random, names));
      labels.add(
          seen == null ? (String) ValueGenerator.constant(random, DataType.STRING) : (String) seen);
    }
    Expr text = scalar(DataType.STRING, depth);
    return random.nextInt(6) == 0
        ? indexOf(text, List.copyOf(labels))
        : indexOf(text, List.copyOf(labels), random.nextInt(9) - 1);
  }

  private Expr text(int depth) {
    int below = depth - 1;
    return switch (random.nextInt(9)) {
      case 2, 3 -> trim(scalar(DataType.STRING, below));
      case 4 -> concat(scalar(DataType.STRING, below), scalar(DataType.STRING, below));
      case 5 ->
          substring(
              scalar(DataType.STRING, below), random.nextInt(4), Choice.of(random, 0, 1, 2, 7));
      case 6 ->
          replace(
              scalar(DataType.STRING, below),
              Choice.from(random, LITERALS),
              random.nextBoolean() ? "" : Choice.from(random, LITERALS));
      case 0 -> lower(scalar(DataType.STRING, below));
      case 1 -> upper(scalar(DataType.STRING, below));
      default -> scalar(Choice.from(random, SCALARS), below).cast(DataType.STRING);
    };
  }

  /** Text that usually reads as a value of a type. */
  private Expr textual(DataType type, int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> lit(ValueGenerator.textOf(random, type));
      case 1, 2 -> leaf(DataType.STRING);
      default -> scalar(type, depth - 1).cast(DataType.STRING);
    };
  }
}
