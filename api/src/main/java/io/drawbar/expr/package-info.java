/**
 * Expressions as a sealed tree of immutable records, made with {@link io.drawbar.expr.Functions}.
 *
 * <p>An {@link io.drawbar.expr.Aggregate} and a {@link io.drawbar.expr.SortKey} hold expressions
 * and are none: they make sense in {@code agg} and {@code sortBy} only. So does {@link
 * io.drawbar.expr.Explode} at the top of a {@code select}, which the plan checks. {@link
 * io.drawbar.expr.JoinKind} and {@link io.drawbar.expr.SampleSide} are here because the plan and
 * the kernel, which know nothing of each other, both speak of them.
 *
 * <p>They are typed against a schema before anything runs ({@link io.drawbar.expr.ExprTypes}) and
 * compiled to loops over columns by the kernel. A new kind of expression is a record here, a method
 * of {@link io.drawbar.expr.ExprVisitor} (which makes every walk that forgot it fail to compile), a
 * line in the table of values of {@code io.drawbar.type}, an evaluator in the kernel, its operands
 * in {@code ExprWalk}, whether it may fail in {@link io.drawbar.expr.ExprTypes#canFail}, and a case
 * in the test kit's row oracle.
 */
package io.drawbar.expr;
