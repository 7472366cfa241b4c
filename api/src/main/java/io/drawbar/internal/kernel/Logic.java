package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.BinaryOperator;

/** Kleene's three-valued logic: null means unknown. */
final class Logic {
  private Logic() {}

  /** Negation: not unknown is unknown. */
  record Not(Evaluator operand) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      BooleanColumn column = (BooleanColumn) operand.evaluate(batch);
      boolean[] values = new boolean[batch.rows()];
      for (int i = 0; i < values.length; i++) {
        values[i] = !column.values()[i];
      }
      return new BooleanColumn(values.length, values, column.nulls());
    }
  }

  /**
   * Conjunction and disjunction. One operand decides if it is false (and) or true (or), whatever
   * the other; else an unknown operand makes the result unknown.
   */
  record Junction(BinaryOperator operator, Evaluator left, Evaluator right) implements Evaluator {
    @Override
    public ColumnVector evaluate(Batch batch) {
      BooleanColumn a = (BooleanColumn) left.evaluate(batch);
      BooleanColumn b = (BooleanColumn) right.evaluate(batch);
      boolean deciding = operator == BinaryOperator.OR;
      boolean[] values = new boolean[batch.rows()];
      boolean[] nulls = a.nulls() == null && b.nulls() == null ? null : new boolean[values.length];
      for (int i = 0; i < values.length; i++) {
        boolean aKnown = !a.isNull(i);
        boolean bKnown = !b.isNull(i);
        boolean decided =
            (aKnown && a.values()[i] == deciding) || (bKnown && b.values()[i] == deciding);
        values[i] = decided == deciding;
        if (nulls != null) {
          nulls[i] = !decided && !(aKnown && bKnown);
        }
      }
      return new BooleanColumn(values.length, values, nulls);
    }
  }
}
