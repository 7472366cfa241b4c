package io.drawbar.internal.plan;

/**
 * A step that makes of each row of its first input none, one or several, without a look at others:
 * rows keep their order, their units and their blocks.
 */
public sealed interface Narrow extends LogicalPlan
    permits Filter, Expect, Project, Unnest, MapRecords, Identify, Salt, Sample, Draw, Lookup {}
