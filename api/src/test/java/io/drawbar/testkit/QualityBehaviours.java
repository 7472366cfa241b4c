package io.drawbar.testkit;

import static io.drawbar.expect.Expectations.between;
import static io.drawbar.expect.Expectations.matches;
import static io.drawbar.expect.Expectations.notNull;
import static io.drawbar.expect.Expectations.rowCount;
import static io.drawbar.expect.Expectations.that;
import static io.drawbar.expect.Expectations.unique;
import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.testkit.Behaviours.behaviour;
import static io.drawbar.testkit.Behaviours.collected;
import static io.drawbar.testkit.Refusals.refusal;

import io.drawbar.Dataset;
import io.drawbar.expect.Expectations;
import io.drawbar.io.Csv;
import io.drawbar.quality.Profile;
import java.util.List;

/** Columns that are profiled, and rows that are as expected, or not. */
final class QualityBehaviours {
  private static final Expectations WRONG =
      Expectations.of(
          notNull("heat"),
          between("minute", 0, 900),
          matches("machine", "[a-z]+"),
          that(col("load").le(0)),
          rowCount(1, 3));

  private QualityBehaviours() {}

  static List<Behaviour> all() {
    return List.of(
        behaviour(
            "profile columns",
            s ->
                Canonical.of(Profile.of(s.readings()).toRows())
                    .and(Canonical.of(Profile.of(s.keyed()).toRows()))),
        collected(
            "expect what is so",
            s ->
                s.readings()
                    .expect(Expectations.of(notNull("machine"), rowCount(1, 1L << 40)))
                    .groupBy("machine")
                    .agg(count().as("n"))
                    .expect(Expectations.of(unique("machine"), that(col("n").gt(0))))));
  }

  /** Rows that are not as expected, and what is left of them: nothing. */
  static List<Behaviour> refusals() {
    return List.of(
        refusal("rows not as expected, collected", s -> s.readings().expect(WRONG).collect()),
        refusal(
            "rows not as expected, written",
            s -> {
              Dataset rows = s.readings().expect(WRONG);
              rows.union(rows).write(Csv.to(s.target().toString()));
            }),
        refusal(
            "rows not as expected, folded",
            s -> s.readings().expect(WRONG).reduce(new BlockFolds("load"))),
        refusal(
            "groups not as expected",
            s ->
                s.readings()
                    .groupBy("machine", "minute")
                    .agg(count().as("n"))
                    .expect(Expectations.of(between("minute", 0, 900)))
                    .collect()),
        refusal(
            "keys that are not unique",
            s -> s.readings().expect(Expectations.of(unique("machine"))).collect()));
  }
}
