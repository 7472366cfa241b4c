package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.EvaluationException;
import io.drawbar.type.Field;
import io.drawbar.type.RecordBinding;
import io.drawbar.type.RecordFunction;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a user's function makes of each row, seen as a record.
 *
 * @param in the record that a row becomes
 * @param out the record that rows are made of
 * @param text the function, for people
 * @param idColumn the position of the rows' ids among the columns that come, or -1; they go along,
 *     with the number of the child mixed in
 * @param output the columns of {@code out}, and the id if there is one
 */
public record RecordStep(
    Class<? extends Record> in,
    Class<? extends Record> out,
    RecordFunction function,
    String text,
    int idColumn,
    Schema input,
    Schema output)
    implements Step {
  @Override
  public Operator open(TaskScope scope, Operator next) {
    return work(RecordBinding.of(in), RecordBinding.of(out), next);
  }

  private <I extends Record, O extends Record> Operator work(
      RecordBinding<I> from, RecordBinding<O> to, Operator next) {
    return new Forwarding(next) {
      @Override
      public void batch(Batch batch) throws IOException {
        Children children = new Children(to);
        for (int n = 0; n < batch.selected(); n++) {
          int row = batch.row(n);
          children.begin(idColumn < 0 ? 0 : ((LongColumn) batch.column(idColumn)).values()[row]);
          apply(from, asTheUserKnowsIt(batch.rowAt(row)), children);
        }
        next.batch(children.build());
      }
    };
  }

  private Row asTheUserKnowsIt(Row row) {
    if (idColumn < 0) {
      return row;
    }
    List<Field> fields = new ArrayList<>(row.schema().fields());
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < fields.size(); c++) {
      values.add(row.value(c));
    }
    fields.remove(idColumn);
    values.remove(idColumn);
    return Row.of(new Schema(fields), values.toArray());
  }

  private <I extends Record> void apply(RecordBinding<I> from, Row row, Children children) {
    try {
      function.apply(
          from.record(row),
          child -> {
            if (child == null) {
              throw new DrawbarException(
                  "the function gave null for %s where a %s is wanted; leave rows out with filter"
                          .formatted(row, out.getSimpleName())
                      + " or flatMap");
            }
            children.add(child);
          });
    } catch (DrawbarException e) {
      throw new EvaluationException("%s: %s".formatted(text, e.getMessage()));
    } catch (RuntimeException e) {
      throw new EvaluationException("%s failed on %s: %s%s".formatted(text, row, e, line(e)));
    }
  }

  /**
   * The line of the user's program that an error came of, with a blank before it: the first in its
   * trace that is not of the JDK. Only text travels, so this is all that the driver has of it.
   */
  private String line(RuntimeException error) {
    String caller = function.getClass().getNestHost().getName();
    for (StackTraceElement frame : error.getStackTrace()) {
      if (frame.getClassName().equals(caller)) {
        break; // What follows is not the user's.
      }
      String module = frame.getModuleName();
      boolean isJdk = module != null && (module.startsWith("java.") || module.startsWith("jdk."));
      if (!isJdk && frame.getFileName() != null) {
        return " at %s:%s".formatted(frame.getFileName(), frame.getLineNumber());
      }
    }
    return "";
  }

  /** The rows made of a batch. */
  private final class Children {
    private final RecordBinding<? extends Record> binding;
    private final ColumnBuilder[] builders;
    private int rows;
    private long parent;
    private long child;

    Children(RecordBinding<? extends Record> binding) {
      this.binding = binding;
      builders =
          output.fields().stream()
              .map(f -> ColumnBuilder.of(f.type()))
              .toArray(ColumnBuilder[]::new);
    }

    void begin(long id) {
      parent = id;
      child = 0;
    }

    void add(Record record) {
      Row row = row(binding, record);
      int own = row.schema().size();
      for (int c = 0; c < own; c++) {
        builders[c].appendValue(row.value(c));
      }
      if (own < builders.length) {
        builders[own].appendValue(IdentifyStep.combine(parent, child++));
      }
      rows++;
    }

    @SuppressWarnings("unchecked") // the function is typed where the user wrote it
    private <O extends Record> Row row(RecordBinding<O> to, Record record) {
      return to.row((O) record);
    }

    Batch build() {
      return Batch.of(
          output,
          rows,
          Arrays.stream(builders).map(ColumnBuilder::build).toArray(ColumnVector[]::new));
    }
  }

  @Override
  public String describe() {
    return text;
  }
}
