package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.Aggregate;
import io.drawbar.expr.AggregateFunction;
import io.drawbar.type.DataType;
import java.util.List;

/**
 * The state of one aggregate for all groups of a table. It can be written as columns, a row a
 * group, and such columns can be added to another's state, exactly, in any order: that is how
 * partial results cross an exchange.
 */
interface Accumulator {
  /** Makes room for groups up to this number. */
  void grow(int groups);

  /**
   * Adds the rows that count.
   *
   * @param groups the group of each, by its number among the rows that count
   * @param argument what is aggregated; null for the count of rows
   */
  void update(Batch batch, ColumnVector argument, int[] groups);

  /** Adds rows of state as {@link #state} gives them; its columns start at {@code first}. */
  void merge(Batch batch, int first, int[] groups);

  /** The state of some groups, in that order, as columns of {@link #stateTypes}. */
  List<ColumnVector> state(int[] groups, int count);

  /**
   * The results of some groups, in that order.
   *
   * @throws io.drawbar.expr.EvaluationException if a total does not fit its type
   */
  ColumnVector result(int[] groups, int count);

  /** The bytes of heap that values of no fixed size take: texts. */
  default long textBytes() {
    return 0;
  }

  /** The types of the columns that the state of an aggregate over values of a type takes. */
  static List<DataType> stateTypes(Aggregate aggregate, DataType input) {
    return switch (aggregate.function()) {
      case COUNT -> List.of(DataType.LONG);
      case MIN, MAX -> List.of(input);
      case SUM, AVG -> input == DataType.LONG ? LongTotals.STATE : DoubleTotals.STATE;
    };
  }

  /** An empty state of an aggregate over values of a type. */
  static Accumulator of(Aggregate aggregate, DataType input) {
    AggregateFunction function = aggregate.function();
    return switch (function) {
      case COUNT -> new Counts();
      case MIN, MAX -> new Extremes(input, function == AggregateFunction.MAX);
      case SUM, AVG ->
          input == DataType.LONG
              ? new LongTotals(aggregate)
              : new DoubleTotals(function == AggregateFunction.AVG);
    };
  }
}
