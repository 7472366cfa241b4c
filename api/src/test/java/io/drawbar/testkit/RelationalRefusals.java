package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.split;

import io.drawbar.Dataset;
import io.drawbar.Rows;
import io.drawbar.io.Csv;
import io.drawbar.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** What joins, unions, sorts and lambdas say when something is wrong. */
final class RelationalRefusals {
  private RelationalRefusals() {}

  private static Dataset cells(Setting setting) {
    return setting.readings().select(col("machine").as("text"), col("minute").as("whole"));
  }

  private static Rows<Cell> records(Setting setting) {
    return cells(setting).as(Cell.class);
  }

  private static Dataset overflowing(Setting setting) {
    return setting.csvFolder("large").withColumn("minute", col("minute").times(2));
  }

  /** All of them. */
  static List<Behaviour> all() {
    List<Behaviour> all = new ArrayList<>(mistakes());
    all.addAll(
        List.of(
            Refusals.refusal(
                "a lookup with a key twice",
                s -> cells(s).lookup(cells(s).rename("whole", "n"), "text").collect()),
            Refusals.refusal(
                "a lambda that fails",
                s -> records(s).filter(c -> 7 / (c.whole() % 3) > 0).collect()),
            Refusals.refusal(
                "a lambda that fails, written",
                s ->
                    records(s)
                        .map(Cell.class, c -> new Cell(c.text().substring(5), 7 / (c.whole() % 3)))
                        .dataset()
                        .write(Csv.to(s.target().toString()))),
            Refusals.refusal(
                "a lambda that gives null", s -> records(s).map(Cell.class, c -> null).collect()),
            Refusals.refusal(
                "a lambda that gives no list",
                s -> records(s).flatMap(Cell.class, c -> null).collect()),
            Refusals.refusal(
                "an overflow after a join, counted",
                s ->
                    s.csvFolder("large")
                        .drop("heat", "load", "alarm")
                        .join(s.readings().select("machine", "heat").limit(9), "machine")
                        .withColumn("minute", col("minute").times(1L << 53))
                        .groupBy("minute")
                        .agg()
                        .count()),
            Refusals.refusal(
                "an overflow on the right of a join, sorted",
                s ->
                    s.readings()
                        .antiJoin(overflowing(s), "machine", "minute")
                        .sortBy("heat")
                        .limit(1)
                        .collect()),
            Refusals.refusal(
                "an overflow in the second branch of a union, folded",
                s -> s.csvFolder("large").union(overflowing(s)).reduce(new BlockFolds("heat"))),
            Refusals.refusal("an overflow, kept", s -> overflowing(s).cache().count())));
    return all;
  }

  private static List<Behaviour> mistakes() {
    return List.of(
        Refusals.refusal(
            "a join on different types",
            s ->
                cells(s)
                    .join(
                        cells(s).select(col("whole").cast(DataType.STRING).as("whole")), "whole")),
        Refusals.refusal("a join with columns on both sides", s -> cells(s).join(cells(s), "text")),
        Refusals.refusal("a join on lists", s -> s.keyed().semiJoin(s.keyed(), "words")),
        Refusals.refusal("a join on nothing", s -> cells(s).join(cells(s))),
        Refusals.refusal("a union of other columns", s -> cells(s).union(s.keyed())),
        Refusals.refusal("a sort by lists", s -> s.keyed().sortBy("words")),
        Refusals.refusal(
            "a sort by explode", s -> cells(s).sortBy(explode(split(col("text"), " ")))),
        Refusals.refusal("a share out of range", s -> cells(s).split(1.5, 1)),
        Refusals.refusal("a share that is no number", s -> cells(s).sample(Double.NaN, 1)),
        Refusals.refusal("a limit below nothing", s -> cells(s).limit(-1)),
        Refusals.refusal(
            "a lambda that cannot be shipped",
            s -> {
              StringBuilderHolder holder = new StringBuilderHolder();
              records(s).filter(c -> holder.holds(c)).collect();
            }));
  }

  /** What no lambda may capture. */
  private static final class StringBuilderHolder {
    boolean holds(Cell cell) {
      return cell.text() == null;
    }
  }
}
