package io.drawbar.expr;

import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.ScalarType;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The types of expressions, found before anything runs. */
public final class ExprTypes implements ExprVisitor<DataType> {
  private final Schema schema;

  private ExprTypes(Schema schema) {
    this.schema = schema;
  }

  /**
   * The type of an expression on rows of a schema.
   *
   * @throws io.drawbar.type.UnknownColumnException if it names a column that is not there
   * @throws TypeMismatchException if an operand has a type that its operator is not defined for
   */
  public static DataType of(Expr expr, Schema schema) {
    return expr.accept(new ExprTypes(schema));
  }

  /**
   * The type of what an aggregate gives.
   *
   * @throws TypeMismatchException if its argument has a type that the function is not defined for
   */
  public static DataType of(Aggregate aggregate, Schema schema) {
    DataType input = aggregate.input().map(e -> of(e, schema)).orElse(DataType.LONG);
    switch (aggregate.function()) {
      case COUNT:
        return DataType.LONG;
      case SUM, AVG:
        if (!input.isNumeric()) {
          throw mismatch(aggregate, "a number", aggregate.argument(), input);
        }
        return aggregate.function() == AggregateFunction.SUM ? input : DataType.DOUBLE;
      default:
        if (!(input instanceof ScalarType)) {
          throw mismatch(aggregate, "a value that has an order", aggregate.argument(), input);
        }
        return input;
    }
  }

  /** The names of the columns that an expression reads, in the order of first use. */
  public static Set<String> columnsOf(Expr expr) {
    Set<String> names = new LinkedHashSet<>();
    ExprWalk.visit(
        expr,
        e -> {
          if (e instanceof ColumnRef ref) {
            names.add(ref.name());
          }
        });
    return names;
  }

  /**
   * Whether an expression can raise an {@link EvaluationException}: a rewrite must neither remove
   * it nor compute it for more rows.
   */
  public static boolean canFail(Expr expr, Schema schema) {
    boolean fails = false;
    if (expr instanceof Binary binary) {
      fails = binary.operator().isArithmetic() && of(binary, schema) == DataType.LONG;
    } else if (expr instanceof Unary unary) {
      UnaryOperator operator = unary.operator();
      boolean negates = operator == UnaryOperator.NEGATE || operator == UnaryOperator.ABSOLUTE;
      fails = negates && of(unary, schema) == DataType.LONG;
    } else if (expr instanceof Cast cast) {
      DataType from = of(cast.operand(), schema);
      boolean mayMisfit =
          from == DataType.STRING || (from == DataType.DOUBLE && cast.type() == DataType.LONG);
      fails = mayMisfit && cast.misfit() == Cast.Misfit.FAILS;
    } else if (expr instanceof IndexOf indexOf) {
      fails = indexOf.otherwise() == null;
    } else if (expr instanceof BucketOf bucketOf) {
      fails = bucketOf.otherwise() == null && of(bucketOf.value(), schema) == DataType.DOUBLE;
    } else if (expr instanceof OneHot) {
      fails = true;
    }
    return fails || ExprWalk.operands(expr).stream().anyMatch(e -> canFail(e, schema));
  }

  private static TypeMismatchException mismatch(
      Object whole, String wanted, Expr operand, DataType found) {
    return new TypeMismatchException(
        "in %s: %s is wanted, but %s is %s".formatted(whole, wanted, operand, found));
  }

  private DataType typed(Expr operand) {
    return operand.accept(this);
  }

  private void require(Expr whole, Expr operand, DataType wanted) {
    DataType found = typed(operand);
    if (!found.equals(wanted)) {
      throw mismatch(whole, "a " + wanted, operand, found);
    }
  }

  @Override
  public DataType columnRef(ColumnRef ref) {
    return schema.field(ref.name()).type();
  }

  @Override
  public DataType literal(Literal literal) {
    return literal.type();
  }

  @Override
  public DataType alias(Alias alias) {
    return typed(alias.expr());
  }

  @Override
  public DataType unary(Unary unary) {
    Expr operand = unary.operand();
    switch (unary.operator()) {
      case NEGATE, ABSOLUTE:
        DataType type = typed(operand);
        if (!type.isNumeric()) {
          throw mismatch(unary, "a number", operand, type);
        }
        return type;
      case NOT:
        require(unary, operand, DataType.BOOLEAN);
        return DataType.BOOLEAN;
      case SIGMOID:
        DataType number = typed(operand);
        if (!number.isNumeric()) {
          throw mismatch(unary, "a number", operand, number);
        }
        return DataType.DOUBLE;
      case LOWER, UPPER, TRIM:
        require(unary, operand, DataType.STRING);
        return DataType.STRING;
      case LENGTH:
        require(unary, operand, DataType.STRING);
        return DataType.LONG;
      case NON_EMPTY:
        require(unary, operand, DataType.listOf(DataType.STRING));
        return DataType.listOf(DataType.STRING);
      default:
        typed(operand);
        return DataType.BOOLEAN;
    }
  }

  @Override
  public DataType binary(Binary binary) {
    BinaryOperator operator = binary.operator();
    if (operator.isLogical()) {
      require(binary, binary.left(), DataType.BOOLEAN);
      require(binary, binary.right(), DataType.BOOLEAN);
      return DataType.BOOLEAN;
    }
    DataType left = typed(binary.left());
    DataType right = typed(binary.right());
    if (operator.isArithmetic()) {
      if (!left.isNumeric()) {
        throw mismatch(binary, "a number", binary.left(), left);
      }
      if (!right.isNumeric()) {
        throw mismatch(binary, "a number", binary.right(), right);
      }
      boolean whole = left == DataType.LONG && right == DataType.LONG;
      return whole && operator != BinaryOperator.DIVIDED_BY ? DataType.LONG : DataType.DOUBLE;
    }
    boolean comparable = left instanceof ScalarType && left.equals(right);
    if (!comparable && !(left.isNumeric() && right.isNumeric())) {
      throw new TypeMismatchException(
          "in %s: %s is %s and %s is %s, which do not compare; cast one of them"
              .formatted(binary, binary.left(), left, binary.right(), right));
    }
    return DataType.BOOLEAN;
  }

  @Override
  public DataType cast(Cast cast) {
    DataType from = typed(cast.operand());
    boolean possible =
        from instanceof ScalarType
            && cast.type() instanceof ScalarType
            && !(from.isNumeric() && cast.type() == DataType.BOOLEAN);
    if (!possible) {
      throw mismatch(cast, "a value that can become " + cast.type(), cast.operand(), from);
    }
    return cast.type();
  }

  @Override
  public DataType split(Split split) {
    require(split, split.text(), DataType.STRING);
    return DataType.listOf(DataType.STRING);
  }

  @Override
  public DataType explode(Explode explode) {
    DataType type = typed(explode.list());
    if (type instanceof ListType list) {
      return list.item();
    }
    throw mismatch(explode, "a list", explode.list(), type);
  }

  @Override
  public DataType vectorOf(VectorOf vector) {
    long size = 0;
    for (Expr element : vector.elements()) {
      DataType type = typed(element);
      if (type instanceof VectorType inner) {
        size += inner.size();
      } else if (type.isNumeric() || type == DataType.BOOLEAN) {
        size++;
      } else {
        throw mismatch(vector, "a number, a BOOLEAN or a vector", element, type);
      }
    }
    if (size > Integer.MAX_VALUE) {
      throw new TypeMismatchException(
          "%s: all together has %s elements; a vector has %s at most"
              .formatted(vector, size, Integer.MAX_VALUE));
    }
    return DataType.vector((int) size);
  }

  @Override
  public DataType dot(Dot dot) {
    require(dot, dot.vector(), DataType.vector(dot.weights().size()));
    return DataType.DOUBLE;
  }

  @Override
  public DataType rescale(Rescale rescale) {
    DataType type = DataType.vector(rescale.shift().size());
    require(rescale, rescale.vector(), type);
    return type;
  }

  @Override
  public DataType indexOf(IndexOf indexOf) {
    require(indexOf, indexOf.text(), DataType.STRING);
    return DataType.LONG;
  }

  @Override
  public DataType oneHot(OneHot oneHot) {
    require(oneHot, oneHot.index(), DataType.LONG);
    return DataType.vector(oneHot.elements());
  }

  @Override
  public DataType softmax(Softmax softmax) {
    return vectorType(softmax, softmax.vector());
  }

  @Override
  public DataType indexOfGreatest(IndexOfGreatest indexOfGreatest) {
    vectorType(indexOfGreatest, indexOfGreatest.vector());
    return DataType.LONG;
  }

  private DataType vectorType(Expr whole, Expr operand) {
    DataType type = typed(operand);
    if (!(type instanceof VectorType)) {
      throw mismatch(whole, "a vector", operand, type);
    }
    return type;
  }

  @Override
  public DataType nearest(Nearest nearest) {
    require(nearest, nearest.vector(), DataType.vector(nearest.centres().get(0).size()));
    return DataType.LONG;
  }

  @Override
  public DataType normalLogs(NormalLogs normalLogs) {
    int elements = normalLogs.means().get(0).size();
    require(normalLogs, normalLogs.vector(), DataType.vector(elements));
    return DataType.vector(normalLogs.means().size());
  }

  @Override
  public DataType logSumExp(LogSumExp logSumExp) {
    vectorType(logSumExp, logSumExp.vector());
    return DataType.DOUBLE;
  }

  @Override
  public DataType interpolate(Interpolate interpolate) {
    DataType type = DataType.vector(interpolate.least().size());
    require(interpolate, interpolate.vector(), type);
    return type;
  }

  @Override
  public DataType orElse(OrElse orElse) {
    DataType type = typed(orElse.value());
    DataType constant = orElse.otherwise().type();
    boolean fits = constant.equals(type) || type == DataType.DOUBLE && constant == DataType.LONG;
    if (!(type instanceof ScalarType) || !fits) {
      throw new TypeMismatchException(
          "in %s: %s is %s, for which %s, %s, cannot stand"
              .formatted(orElse, orElse.value(), type, orElse.otherwise(), constant));
    }
    return type;
  }

  @Override
  public DataType bucketOf(BucketOf bucketOf) {
    DataType type = typed(bucketOf.value());
    if (!type.isNumeric()) {
      throw mismatch(bucketOf, "a number", bucketOf.value(), type);
    }
    return DataType.LONG;
  }

  @Override
  public DataType hashTerms(HashTerms hashTerms) {
    require(hashTerms, hashTerms.terms(), DataType.listOf(DataType.STRING));
    return DataType.vector(hashTerms.elements());
  }

  @Override
  public DataType polynomial(Polynomial polynomial) {
    DataType type = typed(polynomial.vector());
    if (!(type instanceof VectorType vector)) {
      throw mismatch(polynomial, "a vector", polynomial.vector(), type);
    }
    long count = Monomials.count(vector.size(), polynomial.degree());
    if (count > Monomials.MOST) {
      throw new TypeMismatchException(
          "in %s: %s elements have %s products; %s at most. Expand fewer of them"
              .formatted(polynomial, vector.size(), count, Monomials.MOST));
    }
    return DataType.vector((int) count);
  }

  @Override
  public DataType round(Round round) {
    DataType type = typed(round.number());
    if (!type.isNumeric()) {
      throw mismatch(round, "a number", round.number(), type);
    }
    return type;
  }

  @Override
  public DataType concat(Concat concat) {
    for (Expr part : concat.parts()) {
      DataType type = typed(part);
      if (type != DataType.STRING) {
        throw mismatch(concat, "a STRING (cast(DataType.STRING) makes one)", part, type);
      }
    }
    return DataType.STRING;
  }

  @Override
  public DataType substring(Substring substring) {
    require(substring, substring.text(), DataType.STRING);
    return DataType.STRING;
  }

  @Override
  public DataType replace(Replace replace) {
    require(replace, replace.text(), DataType.STRING);
    return DataType.STRING;
  }

  @Override
  public DataType coalesce(Coalesce coalesce) {
    return common(coalesce, coalesce.values());
  }

  @Override
  public DataType caseWhen(CaseWhen caseWhen) {
    caseWhen.conditions().forEach(condition -> require(caseWhen, condition, DataType.BOOLEAN));
    return common(caseWhen, caseWhen.outcomes());
  }

  /**
   * The type of values any of which may be the result: theirs, or DOUBLE for both kinds of number.
   */
  private DataType common(Expr whole, List<Expr> values) {
    DataType common = typed(values.get(0));
    for (Expr value : values) {
      DataType type = typed(value);
      if (!(type instanceof ScalarType)) {
        throw mismatch(whole, "a BOOLEAN, LONG, DOUBLE or STRING", value, type);
      }
      if (common.isNumeric() && type.isNumeric()) {
        common = common.equals(type) ? common : DataType.DOUBLE;
      } else if (!common.equals(type)) {
        throw new TypeMismatchException(
            "in %s: %s is %s and %s is %s, which do not go into one column; cast one of them"
                .formatted(whole, values.get(0), common, value, type));
      }
    }
    return common;
  }
}
