package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.expect.Expectation;
import io.drawbar.expect.Expectations;
import io.drawbar.spi.Unit;
import io.drawbar.text.DecimalFormatter;
import io.drawbar.text.Utf8;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Counts the rows that are not as expected, and passes all of them on.
 *
 * @param number the number of the counts
 */
public record ExpectStep(int number, Expectations expectations, Schema input) implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    List<Expectation> all = expectations.ofOnePass();
    ExpectationTally tally = ExpectationTally.of(all);
    scope.expectations.put(number, tally);
    List<Look> looks = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      looks.add(look(all.get(i), tally, i));
    }
    return new Expecting(scope, next, tally, looks);
  }

  /** Which rows of a batch are not as expected. */
  private interface Look {
    /** Tells of each row of a batch that is not so. */
    void at(Batch batch, Unmet unmet);
  }

  /** Is told of rows. */
  private interface Unmet {
    /** The n-th row that counts is not as expected. */
    void row(int n);
  }

  private Look look(Expectation expectation, ExpectationTally tally, int index) {
    if (expectation instanceof Expectation.Holds holds) {
      Evaluator evaluator = ExpressionCompiler.compile(holds.condition(), input);
      return (batch, unmet) -> {
        BooleanColumn verdict = (BooleanColumn) evaluator.evaluate(batch);
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          if (!verdict.isNull(row) && !verdict.values()[row]) {
            unmet.row(n);
          }
        }
      };
    }
    if (expectation instanceof Expectation.Matches matches) {
      return matching(Pattern.compile(matches.pattern()), input.indexOf(matches.column()));
    }
    return expectation instanceof Expectation.Newest newest
        ? newest(input.indexOf(newest.column()), tally, index)
        : (batch, unmet) -> {};
  }

  private static Look matching(Pattern pattern, int column) {
    return (batch, unmet) -> {
      StringColumn texts = (StringColumn) batch.column(column);
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        if (!texts.isNull(row) && !pattern.matcher(text(texts, row)).matches()) {
          unmet.row(n);
        }
      }
    };
  }

  private static Look newest(int column, ExpectationTally tally, int index) {
    return (batch, unmet) -> {
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        if (batch.column(column).isNull(row)) {
          continue;
        }
        if (batch.column(column) instanceof LongColumn longs) {
          tally.time(index, longs.values()[row]);
          continue;
        }
        OptionalLong time = IsoTimes.millis(text((StringColumn) batch.column(column), row));
        if (time.isPresent()) {
          tally.time(index, time.getAsLong());
        } else {
          unmet.row(n);
        }
      }
    };
  }

  private static String text(StringColumn texts, int row) {
    return Utf8.toString(texts.bytes(), texts.starts()[row], texts.ends()[row]);
  }

  /** At work in a task. */
  private final class Expecting extends Forwarding {
    private final TaskScope scope;
    private final ExpectationTally tally;
    private final List<Look> looks;
    private long unit = -1;
    private long block = -1;
    private long before;

    Expecting(TaskScope scope, Operator next, ExpectationTally tally, List<Look> looks) {
      super(next);
      this.scope = scope;
      this.tally = tally;
      this.looks = looks;
    }

    @Override
    public void batch(Batch batch) throws IOException {
      if (unit != scope.unit || block != scope.block) {
        unit = scope.unit;
        block = scope.block;
        before = 0;
      }
      tally.rows(batch.selected());
      for (int i = 0; i < looks.size(); i++) {
        int index = i;
        looks.get(i).at(batch, n -> unmet(batch, n, index));
      }
      before += batch.rows();
      next.batch(batch);
    }

    private void unmet(Batch batch, int n, int index) {
      int row = batch.row(n);
      if (tally.add(index, scope.stage, unit, block, before + row)) {
        tally.show(index, place() + ", row " + (before + row) + ": " + values(batch, row, index));
      }
    }

    private String place() {
      return scope.input == null
          ? "unit %s, block %s".formatted(unit, block)
          : "%s, leaf %s, block %s".formatted(scope.input, Unit.ordinal(unit), block);
    }

    private String values(Batch batch, int row, int index) {
      StringBuilder text = new StringBuilder();
      for (String column : expectations.ofOnePass().get(index).columns()) {
        text.append(text.isEmpty() ? "" : ", ").append(column).append('=');
        text.append(ExpectationTally.cut(shown(batch.column(column).value(row))));
      }
      return text.toString();
    }
  }

  private static String shown(Object value) {
    if (value instanceof Double number) {
      return DecimalFormatter.toString(number);
    }
    if (value instanceof double[] vector) {
      return Arrays.stream(vector).mapToObj(DecimalFormatter::toString).toList().toString();
    }
    return value instanceof List<?> list
        ? list.stream().map(ExpectStep::shown).toList().toString()
        : String.valueOf(value);
  }

  @Override
  public String describe() {
    return "expect " + expectations;
  }
}
