package io.drawbar.testkit;

import io.drawbar.expr.Aggregate;
import io.drawbar.expr.Alias;
import io.drawbar.expr.Binary;
import io.drawbar.expr.BucketOf;
import io.drawbar.expr.CaseWhen;
import io.drawbar.expr.Cast;
import io.drawbar.expr.Coalesce;
import io.drawbar.expr.ColumnRef;
import io.drawbar.expr.Concat;
import io.drawbar.expr.Dot;
import io.drawbar.expr.Explode;
import io.drawbar.expr.Expr;
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
import io.drawbar.expr.Substring;
import io.drawbar.expr.Unary;
import io.drawbar.expr.VectorOf;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Expressions and values as the Java that makes them. */
final class JavaText implements ExprVisitor<String> {
  private static final JavaText EXPRESSIONS = new JavaText();

  private JavaText() {}

  static String of(Expr expr) {
    return expr.accept(EXPRESSIONS);
  }

  static String of(List<Expr> exprs) {
    return exprs.stream().map(JavaText::of).collect(Collectors.joining(", "));
  }

  static String of(Aggregate aggregate) {
    String argument = aggregate.input().map(JavaText::of).orElse("");
    String function = aggregate.function().name().toLowerCase(Locale.ROOT);
    return function + "(" + argument + ").as(" + quoted(aggregate.name()) + ")";
  }

  static String of(DataType type) {
    if (type instanceof VectorType vector) {
      return "DataType.vector(" + vector.size() + ")";
    }
    return type instanceof ListType list
        ? "DataType.listOf(" + of(list.item()) + ")"
        : "DataType." + type;
  }

  /** A scalar value, or null. */
  static String value(Object value) {
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Long number) {
      return number == Long.MIN_VALUE ? "Long.MIN_VALUE" : number + "L";
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      return "Double.longBitsToDouble(0x"
          + Long.toHexString(Double.doubleToRawLongBits(number))
          + "L)";
    }
    return String.valueOf(value);
  }

  /** Text in quotation marks, in ASCII. */
  static String quoted(String text) {
    StringBuilder java = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      switch (c) {
        case '\n' -> java.append("\\n");
        case '\r' -> java.append("\\r");
        case '\t' -> java.append("\\t");
        case '"' -> java.append("\\\"");
        case '\\' -> java.append("\\\\");
        default -> java.append(c >= ' ' && c < 0x7F ? "" + c : "\\u%04X".formatted((int) c));
      }
    }
    return java.append('"').toString();
  }

  @Override
  public String columnRef(ColumnRef ref) {
    return "col(" + quoted(ref.name()) + ")";
  }

  @Override
  public String literal(Literal literal) {
    return literal.value() == null
        ? "nullOf(" + of(literal.type()) + ")"
        : "lit(" + value(literal.value()) + ")";
  }

  @Override
  public String alias(Alias alias) {
    return of(alias.expr()) + ".as(" + quoted(alias.name()) + ")";
  }

  @Override
  public String unary(Unary unary) {
    String operand = of(unary.operand());
    return switch (unary.operator()) {
      case NEGATE -> operand + ".negate()";
      case NOT -> "not(" + operand + ")";
      case IS_NULL -> operand + ".isNull()";
      case IS_NOT_NULL -> operand + ".isNotNull()";
      case LOWER -> "lower(" + operand + ")";
      case UPPER -> "upper(" + operand + ")";
      case LENGTH -> "length(" + operand + ")";
      case SIGMOID -> "sigmoid(" + operand + ")";
      case NON_EMPTY -> "nonEmpty(" + operand + ")";
      case TRIM -> "trim(" + operand + ")";
      case ABSOLUTE -> "abs(" + operand + ")";
    };
  }

  @Override
  public String binary(Binary binary) {
    String method =
        switch (binary.operator()) {
          case PLUS -> "plus";
          case MINUS -> "minus";
          case TIMES -> "times";
          case DIVIDED_BY -> "dividedBy";
          case MOD -> "mod";
          case EQUAL -> "eq";
          case NOT_EQUAL -> "ne";
          case LESS -> "lt";
          case LESS_OR_EQUAL -> "le";
          case GREATER -> "gt";
          case GREATER_OR_EQUAL -> "ge";
          case AND -> "and";
          case OR -> "or";
        };
    return of(binary.left()) + "." + method + "(" + of(binary.right()) + ")";
  }

  @Override
  public String cast(Cast cast) {
    String method = cast.misfit() == Cast.Misfit.FAILS ? ".cast(" : ".tryCast(";
    return of(cast.operand()) + method + of(cast.type()) + ")";
  }

  @Override
  public String split(Split split) {
    return "split(" + of(split.text()) + ", " + quoted(split.regex()) + ")";
  }

  @Override
  public String explode(Explode explode) {
    return "explode(" + of(explode.list()) + ")";
  }

  @Override
  public String vectorOf(VectorOf vector) {
    return "vector(" + of(vector.elements()) + ")";
  }

  @Override
  public String dot(Dot dot) {
    String weights = dot.weights().stream().map(JavaText::value).collect(Collectors.joining(", "));
    return "dot(" + of(dot.vector()) + ", " + weights + ")";
  }

  @Override
  public String rescale(Rescale rescale) {
    return "rescale(%s, %s, %s)"
        .formatted(of(rescale.vector()), array(rescale.shift()), array(rescale.factor()));
  }

  private static String array(List<Double> values) {
    return values.stream()
        .map(JavaText::value)
        .collect(Collectors.joining(", ", "new double[] {", "}"));
  }

  @Override
  public String indexOf(IndexOf indexOf) {
    String labels =
        indexOf.labels().stream().map(JavaText::quoted).collect(Collectors.joining(", "));
    String otherwise = indexOf.otherwise() == null ? "" : ", " + value(indexOf.otherwise());
    return "indexOf(%s, List.of(%s)%s)".formatted(of(indexOf.text()), labels, otherwise);
  }

  @Override
  public String oneHot(OneHot oneHot) {
    return "oneHot(%s, %s, %s)"
        .formatted(of(oneHot.index()), oneHot.categories(), oneHot.elements());
  }

  @Override
  public String softmax(Softmax softmax) {
    return "softmax(" + of(softmax.vector()) + ")";
  }

  @Override
  public String indexOfGreatest(IndexOfGreatest indexOfGreatest) {
    return "indexOfGreatest(" + of(indexOfGreatest.vector()) + ")";
  }

  @Override
  public String nearest(Nearest nearest) {
    String centres =
        nearest.centres().stream().map(JavaText::list).collect(Collectors.joining(", "));
    return "nearest(%s, List.of(%s))".formatted(of(nearest.vector()), centres);
  }

  @Override
  public String normalLogs(NormalLogs normalLogs) {
    return "normalLogs(%s, List.of(%s), List.of(%s), %s)"
        .formatted(
            of(normalLogs.vector()),
            normalLogs.means().stream().map(JavaText::list).collect(Collectors.joining(", ")),
            normalLogs.factors().stream().map(JavaText::list).collect(Collectors.joining(", ")),
            list(normalLogs.constants()));
  }

  @Override
  public String logSumExp(LogSumExp logSumExp) {
    return "logSumExp(" + of(logSumExp.vector()) + ")";
  }

  private static String list(List<Double> values) {
    return values.stream().map(JavaText::value).collect(Collectors.joining(", ", "List.of(", ")"));
  }

  @Override
  public String interpolate(Interpolate interpolate) {
    return "interpolate(%s, %s, %s, %s, %s)"
        .formatted(
            of(interpolate.vector()),
            array(interpolate.least()),
            array(interpolate.greatest()),
            value(interpolate.from()),
            value(interpolate.to()));
  }

  @Override
  public String orElse(OrElse orElse) {
    return of(orElse.value()) + ".orElse(" + value(orElse.otherwise().value()) + ")";
  }

  @Override
  public String bucketOf(BucketOf bucketOf) {
    String otherwise = bucketOf.otherwise() == null ? "" : ", " + value(bucketOf.otherwise());
    return "bucketOf(%s, SplitSide.%s, %s%s)"
        .formatted(of(bucketOf.value()), bucketOf.side(), array(bucketOf.splits()), otherwise);
  }

  @Override
  public String hashTerms(HashTerms hashTerms) {
    return "hashTerms(%s, %s)".formatted(of(hashTerms.terms()), hashTerms.elements());
  }

  @Override
  public String polynomial(Polynomial polynomial) {
    return "polynomial(%s, %s)".formatted(of(polynomial.vector()), polynomial.degree());
  }

  @Override
  public String round(Round round) {
    return "round(%s, %s)".formatted(of(round.number()), round.digits());
  }

  @Override
  public String concat(Concat concat) {
    return "concat(" + of(concat.parts()) + ")";
  }

  @Override
  public String substring(Substring substring) {
    return "substring(%s, %s, %s)"
        .formatted(of(substring.text()), substring.from(), substring.length());
  }

  @Override
  public String replace(Replace replace) {
    return "replace(%s, %s, %s)"
        .formatted(of(replace.text()), quoted(replace.literal()), quoted(replace.with()));
  }

  @Override
  public String coalesce(Coalesce coalesce) {
    return "coalesce(" + of(coalesce.values()) + ")";
  }

  @Override
  public String caseWhen(CaseWhen caseWhen) {
    StringBuilder java = new StringBuilder();
    for (int i = 0; i < caseWhen.values().size(); i++) {
      java.append(i == 0 ? "when(" : ".when(").append(of(caseWhen.conditions().get(i)));
      java.append(", ").append(of(caseWhen.values().get(i))).append(')');
    }
    return java + ".otherwise(" + of(caseWhen.otherwise()) + ")";
  }
}
