package io.drawbar.testkit;

import io.drawbar.expr.Alias;
import io.drawbar.expr.Binary;
import io.drawbar.expr.BinaryOperator;
import io.drawbar.expr.BucketOf;
import io.drawbar.expr.CaseWhen;
import io.drawbar.expr.Cast;
import io.drawbar.expr.Coalesce;
import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Concat;
import io.drawbar.expr.Dot;
import io.drawbar.expr.EvaluationException;
import io.drawbar.expr.Explode;
import io.drawbar.expr.Expr;
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.ExprVisitor;
import io.drawbar.expr.HashTerms;
import io.drawbar.expr.IndexOf;
import io.drawbar.expr.IndexOfGreatest;
import io.drawbar.expr.Interpolate;
import io.drawbar.expr.Literal;
import io.drawbar.expr.LogSumExp;
import io.drawbar.expr.Nearest;
import io.drawbar.expr.NormalLogs;
import io.drawbar.expr.OneHot;
import io.drawbar.expr.OrElse;
import io.drawbar.expr.Polynomial;
import io.drawbar.expr.Replace;
import io.drawbar.expr.Rescale;
import io.drawbar.expr.Round;
import io.drawbar.expr.Softmax;
import io.drawbar.expr.Split;
import io.drawbar.expr.SplitSide;
import io.drawbar.expr.Substring;
import io.drawbar.expr.Unary;
import io.drawbar.expr.VectorOf;
import io.drawbar.math.Exponential;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * The value of an expression for one row. All operands are looked at, also where one would decide.
 */
final class RowEvaluator implements ExprVisitor<Object> {
  private static final String WHITE_AT_AN_END =
      "^\\p{IsWhite_Space}+|(?<!\\p{IsWhite_Space})\\p{IsWhite_Space}+\\z";
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?(?:(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|NaN|Infinity)");

  private final RowOracle oracle;
  private final Row row;

  RowEvaluator(RowOracle oracle, Row row) {
    this.oracle = oracle;
    this.row = row;
  }

  private Object value(Expr expr) {
    return expr.accept(this);
  }

  @Override
  public Object columnRef(ColumnRef ref) {
    return row.value(ref.name());
  }

  @Override
  public Object literal(Literal literal) {
    return literal.value();
  }

  @Override
  public Object alias(Alias alias) {
    return value(alias.expr());
  }

  @Override
  public Object unary(Unary unary) {
    Object value = value(unary.operand());
    switch (unary.operator()) {
      case IS_NULL:
        return value == null;
      case IS_NOT_NULL:
        return value != null;
      default:
        return value == null ? null : unaryOfPresent(unary, value);
    }
  }

  private Object unaryOfPresent(Unary unary, Object value) {
    return switch (unary.operator()) {
      case NEGATE ->
          value instanceof Long whole
              ? oracle.fitting(BigInteger.valueOf(whole).negate(), unary)
              : (Object) (-(Double) value);
      case NOT -> !(Boolean) value;
      case LOWER -> mapped((String) value, Character::toLowerCase);
      case UPPER -> mapped((String) value, Character::toUpperCase);
      case LENGTH -> ((String) value).codePoints().count();
      case SIGMOID -> Exponential.sigmoid(((Number) value).doubleValue());
      case NON_EMPTY ->
          ((List<?>) value).stream().filter(item -> item != null && !item.equals("")).toList();
      case TRIM -> ((String) value).replaceAll(WHITE_AT_AN_END, "");
      case ABSOLUTE ->
          value instanceof Long whole
              ? oracle.fitting(BigInteger.valueOf(whole).abs(), unary)
              : (Object) ((Double) value <= 0 ? 0.0 - (Double) value : (Double) value);
      default -> throw new AssertionError(unary);
    };
  }

  /**
   * Each character by itself: the simple mappings, which Java's methods for one character follow.
   */
  private static String mapped(String text, IntUnaryOperator mapping) {
    StringBuilder result = new StringBuilder();
    text.codePoints().map(mapping).forEach(result::appendCodePoint);
    return result.toString();
  }

  @Override
  public Object binary(Binary binary) {
    Object left = value(binary.left());
    Object right = value(binary.right());
    BinaryOperator operator = binary.operator();
    if (operator.isLogical()) {
      return operator == BinaryOperator.AND
          ? oracle.and((Boolean) left, (Boolean) right)
          : oracle.or((Boolean) left, (Boolean) right);
    }
    if (left == null || right == null) {
      return null;
    }
    if (!operator.isArithmetic()) {
      return holds(operator, oracle.compare(left, right));
    }
    if (left instanceof Long a
        && right instanceof Long b
        && operator != BinaryOperator.DIVIDED_BY) {
      return whole(binary, BigInteger.valueOf(a), BigInteger.valueOf(b));
    }
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    return switch (operator) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case TIMES -> a * b;
      case DIVIDED_BY -> a / b;
      default -> a % b;
    };
  }

  private static boolean holds(BinaryOperator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      default -> throw new AssertionError(operator);
    };
  }

  private Long whole(Binary binary, BigInteger a, BigInteger b) {
    if (binary.operator() == BinaryOperator.MOD && b.signum() == 0) {
      throw new EvaluationException(binary + ": " + a + " modulo zero");
    }
    BigInteger result =
        switch (binary.operator()) {
          case PLUS -> a.add(b);
          case MINUS -> a.subtract(b);
          case TIMES -> a.multiply(b);
          default -> a.remainder(b);
        };
    return oracle.fitting(result, binary);
  }

  @Override
  public Object cast(Cast cast) {
    Object value = value(cast.operand());
    if (value == null) {
      return null;
    }
    if (cast.misfit() == Cast.Misfit.NULL) {
      try {
        return as(cast, value);
      } catch (EvaluationException e) {
        return null;
      }
    }
    return as(cast, value);
  }

  private Object as(Cast cast, Object value) {
    if (cast.type() == DataType.STRING) {
      return value instanceof Double number ? ReferenceDecimal.text(number) : value.toString();
    }
    if (value instanceof String text) {
      return parsed(cast, text);
    }
    if (cast.type() == DataType.LONG) {
      return toLong(cast, value);
    }
    if (cast.type() == DataType.DOUBLE) {
      return value instanceof Boolean flag ? (flag ? 1.0 : 0.0) : ((Number) value).doubleValue();
    }
    return value;
  }

  private Object toLong(Cast cast, Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1L : 0L;
    }
    if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw new EvaluationException(cast + ": " + number + " is no whole number");
      }
      return oracle.fitting(new BigDecimal(number).toBigInteger(), cast);
    }
    return value;
  }

  private Object parsed(Cast cast, String text) {
    if (cast.type() == DataType.LONG && WHOLE.matcher(text).matches()) {
      return oracle.fitting(new BigInteger(text), cast);
    }
    if (cast.type() == DataType.DOUBLE && NUMBER.matcher(text).matches()) {
      return Double.parseDouble(text);
    }
    if (cast.type() == DataType.BOOLEAN && (text.equals("true") || text.equals("false"))) {
      return text.equals("true");
    }
    throw new EvaluationException(cast + ": '" + text + "' is none");
  }

  @Override
  public Object split(Split split) {
    String text = (String) value(split.text());
    return text == null ? null : List.of(Pattern.compile(split.regex()).split(text, -1));
  }

  @Override
  public Object explode(Explode explode) {
    return value(explode.list());
  }

  @Override
  public Object vectorOf(VectorOf vector) {
    List<Double> elements = new ArrayList<>();
    boolean absent = false;
    for (Expr element : vector.elements()) {
      Object value = value(element);
      if (value == null) {
        absent = true;
      } else if (value instanceof double[] inner) {
        for (double number : inner) {
          elements.add(number);
        }
      } else if (value instanceof Boolean flag) {
        elements.add(flag ? 1.0 : 0.0);
      } else {
        elements.add(((Number) value).doubleValue());
      }
    }
    return absent ? null : elements.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private Object ofVector(Expr operand, Function<double[], Object> function) {
    double[] vector = (double[]) value(operand);
    return vector == null ? null : function.apply(vector);
  }

  @Override
  public Object dot(Dot dot) {
    return ofVector(dot.vector(), vector -> VectorOracle.dot(vector, dot.weights()));
  }

  @Override
  public Object rescale(Rescale rescale) {
    return ofVector(rescale.vector(), vector -> VectorOracle.rescaled(vector, rescale));
  }

  @Override
  public Object indexOf(IndexOf indexOf) {
    String text = (String) value(indexOf.text());
    int index = text == null ? -1 : indexOf.labels().indexOf(text);
    if (index < 0 && indexOf.otherwise() == null) {
      throw new EvaluationException(indexOf + ": '" + text + "' is none");
    }
    return index < 0 ? indexOf.otherwise() : (Long) (long) index;
  }

  @Override
  public Object oneHot(OneHot oneHot) {
    Long index = (Long) value(oneHot.index());
    if (index == null) {
      return null;
    }
    if (index < 0 || index >= oneHot.categories()) {
      throw new EvaluationException(oneHot + ": " + index + " is out of range");
    }
    double[] all = new double[oneHot.categories()];
    all[index.intValue()] = 1;
    return Arrays.copyOf(all, oneHot.elements());
  }

  @Override
  public Object softmax(Softmax softmax) {
    return ofVector(softmax.vector(), VectorOracle::shares);
  }

  @Override
  public Object indexOfGreatest(IndexOfGreatest indexOfGreatest) {
    return ofVector(indexOfGreatest.vector(), vector -> (long) VectorOracle.greatest(vector));
  }

  @Override
  public Object nearest(Nearest nearest) {
    return ofVector(nearest.vector(), vector -> VectorOracle.nearest(vector, nearest.centres()));
  }

  @Override
  public Object normalLogs(NormalLogs normalLogs) {
    return ofVector(normalLogs.vector(), vector -> VectorOracle.normalLogs(vector, normalLogs));
  }

  @Override
  public Object logSumExp(LogSumExp logSumExp) {
    return ofVector(logSumExp.vector(), VectorOracle::logSumExp);
  }

  @Override
  public Object interpolate(Interpolate interpolate) {
    return ofVector(interpolate.vector(), vector -> VectorOracle.interpolated(vector, interpolate));
  }

  @Override
  public Object orElse(OrElse orElse) {
    Object value = value(orElse.value());
    if (value instanceof Double number && !number.isNaN()) {
      return value;
    }
    Object constant = orElse.otherwise().value();
    if (value == null || value instanceof Double) {
      boolean isWhole = constant instanceof Long && doubles(orElse);
      return isWhole ? (Object) ((Long) constant).doubleValue() : constant;
    }
    return value;
  }

  private boolean doubles(OrElse orElse) {
    return ExprTypes.of(orElse, row.schema()) == DataType.DOUBLE;
  }

  @Override
  public Object bucketOf(BucketOf bucketOf) {
    Object value = value(bucketOf.value());
    if (value == null || value instanceof Double number && number.isNaN()) {
      if (value != null && bucketOf.otherwise() == null) {
        throw new EvaluationException(bucketOf + ": NaN");
      }
      return bucketOf.otherwise();
    }
    double number = ((Number) value).doubleValue();
    boolean isBelow = bucketOf.side() == SplitSide.BELOW;
    return bucketOf.splits().stream()
        .filter(split -> isBelow ? number > split : number >= split)
        .count();
  }

  @Override
  public Object hashTerms(HashTerms hashTerms) {
    List<?> terms = (List<?>) value(hashTerms.terms());
    if (terms == null) {
      return null;
    }
    double[] counts = new double[hashTerms.elements()];
    BigInteger all = BigInteger.valueOf(counts.length);
    for (Object term : terms) {
      if (term != null) {
        long hash = ReferenceHash.xxh64(((String) term).getBytes(StandardCharsets.UTF_8), 0);
        BigInteger unsigned = BigInteger.valueOf(hash).mod(BigInteger.ONE.shiftLeft(64));
        counts[unsigned.mod(all).intValue()]++;
      }
    }
    return counts;
  }

  @Override
  public Object polynomial(Polynomial polynomial) {
    return ofVector(
        polynomial.vector(), vector -> VectorOracle.products(vector, polynomial.degree()));
  }

  @Override
  public Object round(Round round) {
    Object value = value(round.number());
    if (!(value instanceof Double number) || !Double.isFinite(number)) {
      return value;
    }
    BigDecimal decimal = new BigDecimal(number).setScale(round.digits(), oracle.rounding());
    return Math.copySign(Double.parseDouble(decimal.toString()), number);
  }

  @Override
  public Object concat(Concat concat) {
    List<Object> parts = new ArrayList<>();
    concat.parts().forEach(part -> parts.add(value(part)));
    return oracle.concat(parts);
  }

  @Override
  public Object substring(Substring substring) {
    String text = (String) value(substring.text());
    if (text == null) {
      return null;
    }
    StringBuilder part = new StringBuilder();
    oracle
        .characters(text)
        .skip(substring.from())
        .limit(substring.length())
        .forEach(part::appendCodePoint);
    return part.toString();
  }

  @Override
  public Object replace(Replace replace) {
    String text = (String) value(replace.text());
    return text == null ? null : text.replace(replace.literal(), replace.with());
  }

  @Override
  public Object coalesce(Coalesce coalesce) {
    for (Expr expr : coalesce.values()) {
      Object value = value(expr);
      if (value != null) {
        return common(coalesce, value);
      }
    }
    return null;
  }

  @Override
  public Object caseWhen(CaseWhen caseWhen) {
    for (int i = 0; i < caseWhen.values().size(); i++) {
      if (oracle.decides((Boolean) value(caseWhen.conditions().get(i)))) {
        return common(caseWhen, value(caseWhen.values().get(i)));
      }
    }
    return common(caseWhen, value(caseWhen.otherwise()));
  }

  private Object common(Expr expr, Object value) {
    boolean isWhole = value instanceof Long && ExprTypes.of(expr, row.schema()) == DataType.DOUBLE;
    return isWhole ? (Object) ((Long) value).doubleValue() : value;
  }
}
