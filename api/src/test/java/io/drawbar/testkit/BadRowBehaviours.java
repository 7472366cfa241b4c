package io.drawbar.testkit;

import static io.drawbar.expr.Functions.count;
import static io.drawbar.testkit.Behaviours.collected;

import io.drawbar.Dataset;
import io.drawbar.RunReport;
import io.drawbar.io.BadRows;
import io.drawbar.io.Csv;
import io.drawbar.io.Json;
import io.drawbar.testkit.Behaviour.Says;
import java.nio.file.Path;
import java.util.List;

/** What becomes of rows that do not fit, where they do not end the run. */
final class BadRowBehaviours {
  private BadRowBehaviours() {}

  /** All of them. */
  static List<Behaviour> all() {
    return List.of(
        collected(
            "bad rows are left out, and move no others",
            s -> readings(s, BadRows.skip()).sample(0.6, 3)),
        collected(
            "fields that do not fit become null",
            s ->
                s.session()
                    .read(
                        Setting.json()
                            .at(s.data().folder("bad-events", s.packing()))
                            .badRows(BadRows.nullField()))),
        new Behaviour(
            "bad rows are quarantined two stages before an output", Says.PLACES, s -> written(s)),
        new Behaviour(
            "bad rows are quarantined while others are folded",
            Says.PLACES,
            s -> {
              Path bad = s.scratch().resolve("bad");
              BlockFolds.Total total =
                  readings(s, BadRows.quarantine(bad.toString())).reduce(new BlockFolds("load"));
              return total.canonical().and(Canonical.ofFolder(bad));
            }));
  }

  /** What is said of too many. */
  static Behaviour tooMany() {
    return Refusals.refusal(
        "more bad rows than may be",
        s -> {
          BadRows policy = BadRows.quarantine(s.scratch() + "/bad").atMost(1);
          readings(s, policy).groupBy("machine").agg(count()).collect();
        });
  }

  private static Dataset readings(Setting s, BadRows policy) {
    return s.session()
        .read(Csv.of(ContractData.READING).at(s.data().folder("bad", s.packing())).badRows(policy));
  }

  private static Canonical written(Setting s) {
    Path bad = s.scratch().resolve("bad");
    RunReport report =
        readings(s, BadRows.quarantine(bad.toString()))
            .groupBy("machine")
            .agg(count().as("rows"))
            .write(Json.to(s.target().toString()));
    return Canonical.ofValues(report.rowsRead(), report.rowsGood(), report.rowsBad())
        .and(Canonical.ofFolder(s.target()))
        .and(Canonical.ofFolder(bad));
  }
}
