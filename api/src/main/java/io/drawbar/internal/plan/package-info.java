/**
 * The logical plan: what a dataset means, as sealed immutable records.
 *
 * <p>A step checks itself when it is made: names and types are bound against the schema of its
 * input, so that a wrong name fails at the user's line. Steps know nothing of stages, engines or
 * kernels; the planner rewrites them into steps of the same kinds and then cuts them into stages.
 *
 * <table>
 *   <caption>Kinds of steps, by what becomes of the order and the units of rows</caption>
 *   <tr><td>{@code Scan}, {@code Cache}</td><td>as read; as kept</td></tr>
 *   <tr><td>{@link io.drawbar.internal.plan.Narrow}</td><td>as those of the first input</td></tr>
 *   <tr><td>{@link io.drawbar.internal.plan.Keyed}</td><td>of the step's own making, by content: the
 *     exchange is here</td></tr>
 *   <tr><td>{@code Limit}</td><td>the first rows, in one unit</td></tr>
 *   <tr><td>{@code Union}</td><td>one input after the other</td></tr>
 * </table>
 *
 * <p>A user writes none of {@code Arrange}, {@code Identify} and {@code Salt}: the planner puts
 * them where order is looked at that a source does not have, and where rows are chosen by their
 * ids. Three steps hold what is found by a run of its own, before the plan can be run as a whole:
 * {@code Cache} its rows, {@code Lookup} its table, {@code Sort} the bounds of its units. They are
 * planned, and explained, without as well.
 *
 * <p>A new kind of step is a record here that is {@code Narrow} or {@code Keyed}, if it is one of
 * these, and {@code OneInput} if it has one, its translation in {@code NarrowSteps} or {@code
 * StageCutter}, a case in {@code PruneColumns} if it does not need all columns, one in {@code
 * CarryIds} if its output does not pass ids on by itself, a step of the kernel, and a case in the
 * test kit's oracle and generator.
 */
package io.drawbar.internal.plan;
