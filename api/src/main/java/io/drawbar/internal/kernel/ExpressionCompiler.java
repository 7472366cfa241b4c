package io.drawbar.internal.kernel;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
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
import io.drawbar.expr.ExprTypes;
import io.drawbar.expr.ExprVisitor;
import io.drawbar.expr.HashTerms;
import io.drawbar.expr.IndexOf;
import io.drawbar.expr.IndexOfGreatest;
import io.drawbar.expr.Interpolate;
import io.drawbar.expr.Literal;
import io.drawbar.expr.LogSumExp;
import io.drawbar.expr.Monomials;
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
import io.drawbar.expr.UnaryOperator;
import io.drawbar.expr.VectorOf;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.util.List;

/** Turns an expression into an {@link Evaluator} for batches of a schema. */
final class ExpressionCompiler implements ExprVisitor<Evaluator> {
  private final Schema schema;

  private ExpressionCompiler(Schema schema) {
    this.schema = schema;
  }

  static Evaluator compile(Expr expr, Schema schema) {
    ExprTypes.of(expr, schema);
    return expr.accept(new ExpressionCompiler(schema));
  }

  static Evaluator[] compile(List<Expr> exprs, Schema schema) {
    return exprs.stream().map(e -> compile(e, schema)).toArray(Evaluator[]::new);
  }

  private DataType type(Expr expr) {
    return ExprTypes.of(expr, schema);
  }

  private Evaluator of(Expr expr) {
    return expr.accept(this);
  }

  @Override
  public Evaluator columnRef(ColumnRef ref) {
    int index = schema.indexOf(ref.name());
    return batch -> batch.column(index);
  }

  @Override
  public Evaluator literal(Literal literal) {
    return new Constant(literal);
  }

  @Override
  public Evaluator alias(Alias alias) {
    return of(alias.expr());
  }

  @Override
  public Evaluator unary(Unary unary) {
    Evaluator operand = of(unary.operand());
    return switch (unary.operator()) {
      case NEGATE ->
          type(unary) == DataType.LONG
              ? new LongArithmetic.Negate(unary, operand)
              : new DoubleArithmetic.Negate(operand);
      case NOT -> new Logic.Not(operand);
      case IS_NULL -> batch -> nullness(operand.evaluate(batch), true);
      case IS_NOT_NULL -> batch -> nullness(operand.evaluate(batch), false);
      case LOWER, UPPER -> new Texts.Case(operand, unary.operator() == UnaryOperator.LOWER);
      case LENGTH -> new Texts.Length(operand);
      case SIGMOID -> new DoubleArithmetic.Sigmoid(toDouble(operand, type(unary.operand())));
      case NON_EMPTY -> new Texts.NonEmpty(operand);
      case TRIM -> new Phrases.Trimmed(operand);
      case ABSOLUTE ->
          type(unary) == DataType.LONG
              ? new LongArithmetic.Negate(unary, operand)
              : new DoubleArithmetic.Absolute(operand);
    };
  }

  private static ColumnVector nullness(ColumnVector column, boolean wanted) {
    boolean[] values = new boolean[column.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = column.isNull(i) == wanted;
    }
    return new BooleanColumn(values.length, values, null);
  }

  @Override
  public Evaluator binary(Binary binary) {
    Evaluator left = of(binary.left());
    Evaluator right = of(binary.right());
    if (binary.operator().isLogical()) {
      return new Logic.Junction(binary.operator(), left, right);
    }
    DataType leftType = type(binary.left());
    DataType rightType = type(binary.right());
    if (binary.operator().isArithmetic()) {
      return type(binary) == DataType.LONG
          ? new LongArithmetic(binary, left, right)
          : new DoubleArithmetic(
              binary.operator(), toDouble(left, leftType), toDouble(right, rightType));
    }
    if (leftType.equals(rightType)) {
      return new Comparison(binary.operator(), left, right);
    }
    return new Comparison(binary.operator(), toDouble(left, leftType), toDouble(right, rightType));
  }

  private static Evaluator toDouble(Evaluator operand, DataType type) {
    return type == DataType.DOUBLE ? operand : new Casts.ToDouble(operand);
  }

  @Override
  public Evaluator cast(Cast cast) {
    Evaluator operand = of(cast.operand());
    DataType from = type(cast.operand());
    if (from.equals(cast.type())) {
      return operand;
    }
    if (cast.type() == DataType.DOUBLE && from != DataType.STRING) {
      return new Casts.ToDouble(operand);
    }
    if (cast.type() == DataType.LONG && from == DataType.BOOLEAN) {
      return new Casts.FlagToLong(operand);
    }
    return new Casts.ByValue(cast, operand);
  }

  @Override
  public Evaluator split(Split split) {
    return new Texts.Pieces(of(split.text()), split.regex());
  }

  @Override
  public Evaluator explode(Explode explode) {
    throw new IllegalStateException("explode is a step, not a value: " + explode);
  }

  @Override
  public Evaluator vectorOf(VectorOf vector) {
    Evaluator[] elements = new Evaluator[vector.elements().size()];
    for (int i = 0; i < elements.length; i++) {
      Expr element = vector.elements().get(i);
      DataType type = type(element);
      boolean scalar = type == DataType.LONG || type == DataType.BOOLEAN;
      elements[i] = scalar ? new Casts.ToDouble(of(element)) : of(element);
    }
    return new Vectors.Assemble(elements);
  }

  @Override
  public Evaluator dot(Dot dot) {
    return new Vectors.Margin(of(dot.vector()), dot.weights());
  }

  @Override
  public Evaluator rescale(Rescale rescale) {
    return new Vectors.Rescaled(of(rescale.vector()), rescale.shift(), rescale.factor());
  }

  @Override
  public Evaluator indexOf(IndexOf indexOf) {
    return new Labels(indexOf, of(indexOf.text()));
  }

  @Override
  public Evaluator oneHot(OneHot oneHot) {
    return new Vectors.Hot(oneHot, of(oneHot.index()));
  }

  @Override
  public Evaluator softmax(Softmax softmax) {
    return new Shares.Softmax(of(softmax.vector()));
  }

  @Override
  public Evaluator indexOfGreatest(IndexOfGreatest indexOfGreatest) {
    return new Shares.IndexOfGreatest(of(indexOfGreatest.vector()));
  }

  @Override
  public Evaluator nearest(Nearest nearest) {
    return new NearestCentres(of(nearest.vector()), nearest.centres());
  }

  @Override
  public Evaluator normalLogs(NormalLogs normalLogs) {
    return new Densities(of(normalLogs.vector()), normalLogs);
  }

  @Override
  public Evaluator logSumExp(LogSumExp logSumExp) {
    return new Shares.LogSumExp(of(logSumExp.vector()));
  }

  @Override
  public Evaluator interpolate(Interpolate interpolate) {
    return new Interpolation(interpolate, of(interpolate.vector()));
  }

  @Override
  public Evaluator orElse(OrElse orElse) {
    return new Otherwise(orElse, of(orElse.value()));
  }

  @Override
  public Evaluator bucketOf(BucketOf bucketOf) {
    Expr value = bucketOf.value();
    return new Buckets(bucketOf, toDouble(of(value), type(value)));
  }

  @Override
  public Evaluator hashTerms(HashTerms hashTerms) {
    return new TermCounts(of(hashTerms.terms()), hashTerms.elements());
  }

  @Override
  public Evaluator polynomial(Polynomial polynomial) {
    int size = ((VectorType) type(polynomial.vector())).size();
    return new Products(of(polynomial.vector()), Monomials.of(size, polynomial.degree()));
  }

  @Override
  public Evaluator round(Round round) {
    Evaluator number = of(round.number());
    return type(round) == DataType.LONG
        ? number
        : new DoubleArithmetic.Rounded(number, round.digits());
  }

  @Override
  public Evaluator concat(Concat concat) {
    return new Phrases.Joined(concat.parts().stream().map(this::of).toArray(Evaluator[]::new));
  }

  @Override
  public Evaluator substring(Substring substring) {
    return new Phrases.Part(of(substring.text()), substring.from(), substring.length());
  }

  @Override
  public Evaluator replace(Replace replace) {
    return new Phrases.Replaced(replace, of(replace.text()));
  }

  @Override
  public Evaluator coalesce(Coalesce coalesce) {
    DataType type = type(coalesce);
    return new Branches.FirstPresent(as(type, coalesce.values()), type);
  }

  @Override
  public Evaluator caseWhen(CaseWhen caseWhen) {
    Evaluator[] conditions = caseWhen.conditions().stream().map(this::of).toArray(Evaluator[]::new);
    DataType type = type(caseWhen);
    return new Branches.FirstTrue(conditions, as(type, caseWhen.outcomes()), type);
  }

  /** Values of one type, or of LONG where DOUBLE is wanted. */
  private Evaluator[] as(DataType type, List<Expr> values) {
    return values.stream()
        .map(value -> type == DataType.DOUBLE ? toDouble(of(value), type(value)) : of(value))
        .toArray(Evaluator[]::new);
  }
}
