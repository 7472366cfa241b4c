package io.drawbar.internal.plan;

import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.type.Field;
import io.drawbar.type.Schema;
import java.util.List;

/**
 * The rows of a source, in its order.
 *
 * @param columns the columns used, by name
 */
public record Scan(Source source, Layout layout, List<String> columns) implements LogicalPlan {
  public Scan {
    columns = List.copyOf(columns);
  }

  /** All columns of a source. */
  public static Scan of(Source source, Layout layout) {
    return new Scan(source, layout, source.schema().names());
  }

  @Override
  public Schema schema() {
    List<Field> fields = columns.stream().map(source.schema()::field).toList();
    return new Schema(fields);
  }

  @Override
  public List<LogicalPlan> inputs() {
    return List.of();
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return this;
  }

  @Override
  public String describe() {
    return "read %s -> %s".formatted(source.describe(), schema());
  }
}
