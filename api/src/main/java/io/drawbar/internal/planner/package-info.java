/**
 * From meaning to stages. {@link io.drawbar.internal.planner.Planner} applies the rules, one a
 * file, and {@code StageCutter} fuses narrow steps and cuts at exchanges.
 *
 * <table>
 *   <caption>The rules, in the order in which they are applied</caption>
 *   <tr><td>{@code CarryIds}</td><td>where rows are sampled, or numbers drawn for them, has their ids made
 *     and carried along</td></tr>
 *   <tr><td>{@code DropSorts}</td><td>drops sorts whose order nobody looks at</td></tr>
 *   <tr><td>{@code HoistUnions}</td><td>does narrow steps in each branch of a union: a branch is a
 *     stage</td></tr>
 *   <tr><td>{@code ArrangeUnordered}</td><td>puts rows of a source without order in order of content,
 *     as late as can be</td></tr>
 *   <tr><td>{@code PruneColumns}</td><td>drops columns that nobody reads</td></tr>
 * </table>
 *
 * <p>{@code DropSorts} and {@code PruneColumns} only save time; without the others a plan cannot be
 * cut. A rule walks from the top and is told by {@code Orders} whether anybody looks at the order
 * of the rows it is at.
 *
 * <p>A rule must keep results <em>and errors</em>: a LONG overflow or a failed cast is as much a
 * part of a pipeline's meaning as a row, so an expression that can fail is neither dropped nor
 * computed for rows that a filter before it would have removed. That is why successive filters are
 * not merged: the second runs on what the first has kept, which costs nothing with selections.
 *
 * <p>{@code StageCutter} goes from the observation down, and knows for each stage what its rows are
 * for. Rows that go through a step which may fail on them are taken in order even where nobody
 * looks at it, because the first failure in that order is the one reported.
 */
package io.drawbar.internal.planner;
