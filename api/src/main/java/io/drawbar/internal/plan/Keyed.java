package io.drawbar.internal.plan;

/**
 * A step that brings rows together by their content: whatever order its inputs have, the order and
 * the units of its rows are of its own making.
 */
public sealed interface Keyed extends LogicalPlan permits Aggregation, Join, Arrange, Sort {}
