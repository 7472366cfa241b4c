package io.drawbar.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Walks the tree of an expression. */
public final class ExprWalk {
  private static final ExprVisitor<List<Expr>> OPERANDS =
      new ExprVisitor<>() {
        @Override
        public List<Expr> columnRef(ColumnRef ref) {
          return List.of();
        }

        @Override
        public List<Expr> literal(Literal literal) {
          return List.of();
        }

        @Override
        public List<Expr> alias(Alias alias) {
          return List.of(alias.expr());
        }

        @Override
        public List<Expr> unary(Unary unary) {
          return List.of(unary.operand());
        }

        @Override
        public List<Expr> binary(Binary binary) {
          return List.of(binary.left(), binary.right());
        }

        @Override
        public List<Expr> cast(Cast cast) {
          return List.of(cast.operand());
        }

        @Override
        public List<Expr> split(Split split) {
          return List.of(split.text());
        }

        @Override
        public List<Expr> explode(Explode explode) {
          return List.of(explode.list());
        }

        @Override
        public List<Expr> vectorOf(VectorOf vector) {
          return vector.elements();
        }

        @Override
        public List<Expr> dot(Dot dot) {
          return List.of(dot.vector());
        }

        @Override
        public List<Expr> rescale(Rescale rescale) {
          return List.of(rescale.vector());
        }

        @Override
        public List<Expr> indexOf(IndexOf indexOf) {
          return List.of(indexOf.text());
        }

        @Override
        public List<Expr> oneHot(OneHot oneHot) {
          return List.of(oneHot.index());
        }

        @Override
        public List<Expr> softmax(Softmax softmax) {
          return List.of(softmax.vector());
        }

        @Override
        public List<Expr> indexOfGreatest(IndexOfGreatest indexOfGreatest) {
          return List.of(indexOfGreatest.vector());
        }

        @Override
        public List<Expr> nearest(Nearest nearest) {
          return List.of(nearest.vector());
        }

        @Override
        public List<Expr> normalLogs(NormalLogs normalLogs) {
          return List.of(normalLogs.vector());
        }

        @Override
        public List<Expr> logSumExp(LogSumExp logSumExp) {
          return List.of(logSumExp.vector());
        }

        @Override
        public List<Expr> interpolate(Interpolate interpolate) {
          return List.of(interpolate.vector());
        }

        @Override
        public List<Expr> orElse(OrElse orElse) {
          return List.of(orElse.value());
        }

        @Override
        public List<Expr> bucketOf(BucketOf bucketOf) {
          return List.of(bucketOf.value());
        }

        @Override
        public List<Expr> hashTerms(HashTerms hashTerms) {
          return List.of(hashTerms.terms());
        }

        @Override
        public List<Expr> polynomial(Polynomial polynomial) {
          return List.of(polynomial.vector());
        }

        @Override
        public List<Expr> round(Round round) {
          return List.of(round.number());
        }

        @Override
        public List<Expr> concat(Concat concat) {
          return concat.parts();
        }

        @Override
        public List<Expr> substring(Substring substring) {
          return List.of(substring.text());
        }

        @Override
        public List<Expr> replace(Replace replace) {
          return List.of(replace.text());
        }

        @Override
        public List<Expr> coalesce(Coalesce coalesce) {
          return coalesce.values();
        }

        @Override
        public List<Expr> caseWhen(CaseWhen caseWhen) {
          List<Expr> operands = new ArrayList<>(caseWhen.conditions());
          operands.addAll(caseWhen.outcomes());
          return operands;
        }
      };

  private ExprWalk() {}

  /** The operands of an expression, in order. */
  public static List<Expr> operands(Expr expr) {
    return expr.accept(OPERANDS);
  }

  /** Calls the action for an expression and everything inside it, outside first. */
  public static void visit(Expr expr, Consumer<Expr> action) {
    action.accept(expr);
    operands(expr).forEach(e -> visit(e, action));
  }
}
