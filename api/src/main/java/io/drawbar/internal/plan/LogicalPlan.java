package io.drawbar.internal.plan;

import io.drawbar.type.Schema;
import java.util.List;

/**
 * What a dataset means: a tree of immutable steps, each of which has checked its names and types
 * when it was made. Nothing here says how it is run.
 */
public sealed interface LogicalPlan permits Scan, Narrow, Keyed, OneInput, Union, Cache {
  /** The columns of the rows that the step gives. */
  Schema schema();

  /** The steps it takes its rows from. */
  List<LogicalPlan> inputs();

  /** The same step on other inputs, as many as {@link #inputs}. */
  LogicalPlan withInputs(List<LogicalPlan> inputs);

  /** The step in a line. */
  String describe();
}
