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
 * @param take what is made of a source without order
 */
public record Scan(Source source, Layout layout, List<String> columns, Take take)
    implements LogicalPlan {
  /** What is made of a source without order. */
  public enum Take {
    /** Rows are put in order of content where order is looked at. */
    BY_CONTENT,
    /**
     * Rows are taken as they come: results may change from run to run, and the user has said so.
     */
    AS_ARRIVES
  }

  public Scan {
    columns = List.copyOf(columns);
  }

  /** All columns of a source. */
  public static Scan of(Source source, Layout layout) {
    return new Scan(source, layout, source.schema().names(), Take.BY_CONTENT);
  }

  /** The same with fewer columns. */
  public Scan withColumns(List<String> fewer) {
    return new Scan(source, layout, fewer, take);
  }

  /** The same columns of another source. */
  public Scan withSource(Source other) {
    return new Scan(other, layout, columns, take);
  }

  /** The same, taken as it arrives. */
  public Scan asArrives() {
    return new Scan(source, layout, columns, Take.AS_ARRIVES);
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
    String order =
        source.isOrdered() ? "" : take == Take.AS_ARRIVES ? ", as it arrives" : ", without order";
    return "read %s%s -> %s".formatted(source.describe(), order, schema());
  }
}
