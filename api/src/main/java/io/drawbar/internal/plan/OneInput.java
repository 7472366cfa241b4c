package io.drawbar.internal.plan;

import io.drawbar.type.Schema;
import java.util.List;

/** A step with one input, and, unless it says otherwise, the columns of that. */
sealed interface OneInput extends LogicalPlan
    permits Aggregation,
        Arrange,
        Draw,
        Expect,
        Filter,
        Identify,
        Limit,
        MapRecords,
        Project,
        Salt,
        Sample,
        Sort,
        Unnest {
  /** The step it takes its rows from. */
  LogicalPlan input();

  /** The same step on another input. */
  LogicalPlan over(LogicalPlan other);

  @Override
  default Schema schema() {
    return input().schema();
  }

  @Override
  default List<LogicalPlan> inputs() {
    return List.of(input());
  }

  @Override
  default LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return over(inputs.get(0));
  }
}
