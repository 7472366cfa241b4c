package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.vector;
import static io.drawbar.testkit.Behaviours.behaviour;

import io.drawbar.Dataset;
import io.drawbar.HeldDataset;
import java.util.List;

/** What goes over the same rows again and again. */
final class SuperstepBehaviours {
  private static final HuberRegression LINE = new HuberRegression("x", "load", 2, 1.5, 7);

  private SuperstepBehaviours() {}

  static List<Behaviour> all() {
    return List.of(
        behaviour("iterate over a scan", s -> line(some(s.readings()))),
        behaviour(
            "iterate over no rows", s -> line(some(s.readings().where(col("heat").lt(-1e9))))),
        behaviour(
            "iterate over a union, kept and not",
            s -> {
              Dataset rows = some(s.readings()).union(some(s.readings().where(col("heat").gt(0))));
              Canonical weights = line(rows);
              line(rows.cache()).mustEqual(weights, "kept rows");
              return weights;
            }),
        behaviour(
            "iterate over a join",
            s ->
                line(
                    RelationalBehaviours.hotPairs(s)
                        .where(col("heat").isNotNull().and(col("other").isNotNull()))
                        .select(
                            vector(col("heat"), col("other")).as("x"), col("other").as("load")))),
        behaviour(
            "hold rows, reduce them twice and iterate",
            s -> {
              Dataset rows = some(s.readings()).withColumn("heat", col("load").times(2));
              try (HeldDataset held = rows.hold(List.of("heat", "x", "load"))) {
                Canonical blocks = held.reduce(new BlockFolds("heat")).canonical();
                blocks.mustEqual(rows.reduce(new BlockFolds("heat")).canonical(), "a run");
                held.reduce(new BlockFolds("load"));
                held.reduce(new BlockFolds("heat")).canonical().mustEqual(blocks, "once more");
                return blocks
                    .and(Canonical.ofValues(held.data().toString(), held.data().rows()))
                    .and(weights(held.iterate(LINE, HuberRegression.Weights.zero(2))));
              }
            }),
        behaviour(
            "iterate over rows without order",
            s ->
                line(
                    s.session()
                        .read(new ShuffledSource(ContractData.KEYED, s.data().keyed()))
                        .where(col("weight").isNotNull().and(col("whole").isNotNull()))
                        .select(
                            vector(col("weight"), col("whole").mod(5)).as("x"),
                            col("weight").as("load")))));
  }

  private static Dataset some(Dataset readings) {
    return readings
        .where(col("heat").isNotNull().and(col("load").isNotNull()))
        .select(vector(col("heat"), col("minute").mod(7)).as("x"), col("load"));
  }

  private static Canonical line(Dataset rows) {
    return weights(rows.iterate(LINE, HuberRegression.Weights.zero(2)));
  }

  private static Canonical weights(HuberRegression.Weights end) {
    return Canonical.ofValues(end.values(), (long) end.supersteps(), end.loss(), end.settled());
  }
}
