package io.drawbar.expr;

/** A full walk over the kinds of {@link Expr}. */
public interface ExprVisitor<T> {
  T columnRef(ColumnRef ref);

  T literal(Literal literal);

  T alias(Alias alias);

  T unary(Unary unary);

  T binary(Binary binary);

  T cast(Cast cast);

  T split(Split split);

  T explode(Explode explode);

  T vectorOf(VectorOf vector);

  T dot(Dot dot);

  T rescale(Rescale rescale);

  T indexOf(IndexOf indexOf);

  T oneHot(OneHot oneHot);

  T softmax(Softmax softmax);

  T indexOfGreatest(IndexOfGreatest indexOfGreatest);

  T nearest(Nearest nearest);

  T normalLogs(NormalLogs normalLogs);

  T logSumExp(LogSumExp logSumExp);

  T interpolate(Interpolate interpolate);

  T orElse(OrElse orElse);

  T bucketOf(BucketOf bucketOf);

  T hashTerms(HashTerms hashTerms);

  T polynomial(Polynomial polynomial);

  T round(Round round);

  T concat(Concat concat);

  T substring(Substring substring);

  T replace(Replace replace);

  T coalesce(Coalesce coalesce);

  T caseWhen(CaseWhen caseWhen);
}
