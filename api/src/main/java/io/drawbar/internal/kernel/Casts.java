package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.expr.Cast;
import io.drawbar.expr.EvaluationException;
import io.drawbar.text.DecimalFormatter;
import io.drawbar.text.DecimalParser;
import io.drawbar.type.DataType;

/** Values as other types. */
final class Casts {
  private Casts() {}

  /** LONG (to nearest) and BOOLEAN (0 and 1) as DOUBLE. */
  static final class ToDouble implements Evaluator {
    private final Evaluator operand;
    private final DoubleScratch scratch = new DoubleScratch();

    ToDouble(Evaluator operand) {
      this.operand = operand;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = operand.evaluate(batch);
      int rows = batch.rows();
      double[] values = scratch.forRows(rows);
      if (column instanceof LongColumn longs) {
        for (int i = 0; i < rows; i++) {
          values[i] = longs.values()[i];
        }
      } else {
        boolean[] flags = ((BooleanColumn) column).values();
        for (int i = 0; i < rows; i++) {
          values[i] = flags[i] ? 1 : 0;
        }
      }
      return scratch.column(rows, column.nulls());
    }
  }

  /** BOOLEAN as LONG: 0 and 1. */
  static final class FlagToLong implements Evaluator {
    private final Evaluator operand;
    private long[] scratch = new long[0];
    private LongColumn last;

    FlagToLong(Evaluator operand) {
      this.operand = operand;
    }

    @Override
    public ColumnVector evaluate(Batch batch) {
      BooleanColumn column = (BooleanColumn) operand.evaluate(batch);
      int rows = batch.rows();
      if (scratch.length < rows) {
        scratch = new long[rows];
      }
      boolean[] flags = column.values();
      for (int i = 0; i < rows; i++) {
        scratch[i] = flags[i] ? 1 : 0;
      }
      last = Unchanged.longs(last, rows, scratch, column.nulls());
      return last;
    }
  }

  /** All other casts, a value at a time. */
  record ByValue(Cast cast, Evaluator operand) implements Evaluator {
    private static final double LEAST_OUTSIDE = 0x1p63;

    @Override
    public ColumnVector evaluate(Batch batch) {
      ColumnVector column = operand.evaluate(batch);
      ColumnBuilder builder = ColumnBuilder.of(cast.type());
      int next = 0;
      for (int n = 0; n < batch.selected(); n++) {
        for (int row = batch.row(n); next < row; next++) {
          builder.appendNull();
        }
        builder.appendValue(column.isNull(next) ? null : value(column, next));
        next++;
      }
      for (; next < batch.rows(); next++) {
        builder.appendNull();
      }
      return builder.build();
    }

    private Object value(ColumnVector column, int row) {
      if (column instanceof StringColumn text) {
        return parsed(text, row);
      }
      if (cast.type() == DataType.STRING) {
        Object value = column.value(row);
        return value instanceof Double number
            ? DecimalFormatter.toString(number)
            : value.toString();
      }
      if (column instanceof BooleanColumn flags) {
        return flags.values()[row] ? 1L : 0L;
      }
      double number = ((DoubleColumn) column).values()[row];
      if (!(Math.abs(number) < LEAST_OUTSIDE) && number != -LEAST_OUTSIDE) {
        return misfit(DecimalFormatter.toString(number), "does not fit a LONG");
      }
      return (long) number;
    }

    private Object parsed(StringColumn text, int row) {
      int from = text.starts()[row];
      int to = text.ends()[row];
      try {
        if (cast.type() == DataType.LONG) {
          return DecimalParser.parseLong(text.bytes(), from, to);
        }
        if (cast.type() == DataType.DOUBLE) {
          return DecimalParser.parseDouble(text.bytes(), from, to);
        }
      } catch (NumberFormatException e) {
        return misfit("'" + text.value(row) + "'", "is not a " + cast.type());
      }
      String word = (String) text.value(row);
      if (word.equals("true") || word.equals("false")) {
        return word.equals("true");
      }
      return misfit("'" + word + "'", "is neither 'true' nor 'false'");
    }

    private Object misfit(String value, String what) {
      if (cast.misfit() == Cast.Misfit.NULL) {
        return null;
      }
      String shown = value.length() > 100 ? value.substring(0, 100) + "..." : value;
      throw new EvaluationException(
          "%s: %s %s; filter such rows out before, or have tryCast make null of them"
              .formatted(cast, shown, what));
    }
  }
}
