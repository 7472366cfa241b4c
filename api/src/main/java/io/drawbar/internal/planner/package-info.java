/**
 * From meaning to stages. {@link io.drawbar.internal.planner.Planner} applies the rules, one a
 * file, and {@code StageCutter} fuses narrow steps and cuts at exchanges.
 *
 * <p>A rule must keep results <em>and errors</em>: a LONG overflow or a failed cast is as much a
 * part of a pipeline's meaning as a row, so an expression that can fail is neither dropped nor
 * computed for rows that a filter before it would have removed. That is why successive filters are
 * not merged: the second runs on what the first has kept, which costs nothing with selections.
 */
package io.drawbar.internal.planner;
