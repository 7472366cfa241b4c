package io.drawbar.internal.plan;

import io.drawbar.spi.Layout;
import io.drawbar.spi.Source;
import io.drawbar.type.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Rows kept after they have been computed once, with their units, blocks and ids, so that reading
 * them again changes no bit.
 *
 * @param number which cache of the session it is
 * @param layout how the session cuts leaves and blocks
 * @param kept where they are, with their ids as last column, once they have been computed
 * @param branches of how many branches of a union, kept side by side, this is one; their ids are
 *     told apart already
 * @param columns those read, by name
 */
public record Cache(
    LogicalPlan input,
    int number,
    Layout layout,
    Optional<Source> kept,
    int branches,
    List<String> columns)
    implements LogicalPlan {
  public Cache {
    columns = List.copyOf(columns);
  }

  /** A cache that is empty yet. */
  public static Cache of(LogicalPlan input, int number, Layout layout) {
    return new Cache(input, number, layout, Optional.empty(), 1, input.schema().names());
  }

  /** The same, of one of so many branches of its input, filled. */
  public Cache filled(LogicalPlan branch, Source rows, int ofSoMany) {
    return new Cache(branch, number, layout, Optional.of(rows), ofSoMany, columns);
  }

  /** The same, filled, with fewer columns. */
  public Cache withColumns(List<String> fewer) {
    return new Cache(input, number, layout, kept, branches, fewer);
  }

  /** The same, filled, with the ids of the rows as last column. */
  public Cache withIds() {
    List<String> all = kept.orElseThrow().schema().names();
    return new Cache(input, number, layout, kept, branches, all);
  }

  /** Whether plans are all the branches of one cached union, filled, in their order. */
  public static boolean areOne(List<LogicalPlan> plans) {
    return plans.size() > 1
        && plans.stream()
            .allMatch(
                plan ->
                    plan instanceof Cache cache
                        && cache.kept.isPresent()
                        && cache.branches == plans.size());
  }

  @Override
  public Schema schema() {
    return kept.isPresent()
        ? new Schema(columns.stream().map(kept.get().schema()::field).toList())
        : input.schema();
  }

  @Override
  public List<LogicalPlan> inputs() {
    return kept.isPresent() ? List.of() : List.of(input);
  }

  @Override
  public LogicalPlan withInputs(List<LogicalPlan> inputs) {
    return inputs.isEmpty() ? this : of(inputs.get(0), number, layout);
  }

  @Override
  public String describe() {
    return "cache " + number + (kept.isPresent() ? ", filled" : "");
  }
}
