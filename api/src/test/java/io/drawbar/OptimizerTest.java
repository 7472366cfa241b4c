package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.internal.plan.LogicalPlan;
import io.drawbar.internal.plan.Sort;
import io.drawbar.internal.planner.Planner;
import io.drawbar.io.Records;
import io.drawbar.testkit.ChaosEngine;
import io.drawbar.testkit.RandomPipelines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * With the rules left out that only make a plan faster, random pipelines have the same rows, parts
 * and blocks, and an error where there is one. Which of several errors comes first is a matter of
 * the stages: the same on all engines, another with other stages.
 */
class OptimizerTest {
  private static final long SEED = 70_000;
  private static final int COUNT = 150;

  record Number(long n, String text) {}

  private static Session session(JobRunner.Planning planning, String... pairs) {
    Config config = Config.of(pairs);
    return Session.planning(new ChaosEngine(1, 3), config, planning);
  }

  @Test
  void rulesChangeNeitherRowsNorErrors() {
    RandomPipelines.runWithAnyError(SEED, COUNT, pairs -> session(Planner::planAsWritten, pairs));
  }

  /** Drops sorts, somebody looks at their order or not. */
  private static LogicalPlan withoutSorts(LogicalPlan plan) {
    if (plan instanceof Sort) {
      return withoutSorts(plan.inputs().get(0));
    }
    return plan.inputs().isEmpty()
        ? plan
        : plan.withInputs(plan.inputs().stream().map(OptimizerTest::withoutSorts).toList());
  }

  @Test
  void sortsDroppedWhereOrderIsObservedAreCaught() {
    JobRunner.Planning faulty = (plan, how) -> Planner.plan(withoutSorts(plan), how);
    assertThatThrownBy(
            () -> RandomPipelines.runWithAnyError(SEED, COUNT, pairs -> session(faulty, pairs)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void theRulesAreReallyLeftOut() {
    try (Session session = session(Planner::planAsWritten)) {
      List<RunReport> reports = new ArrayList<>();
      session.listen(reports::add);
      Dataset rows = session.read(Records.of(List.of(new Number(1, "x")), Number.class));
      assertThat(rows.sortBy("text").groupBy("n").agg().count()).isEqualTo(1);
      assertThat(reports.get(0).stages().toString()).contains("sort by text");
      assertThat(rows.sortBy(col("text")).groupBy("n").agg().explain()).contains("send by range");
    }
    try (Session session = session(Planner::plan)) {
      Dataset rows = session.read(Records.of(List.of(new Number(1, "x")), Number.class));
      assertThat(rows.sortBy(col("text")).groupBy("n").agg().explain())
          .doesNotContain("send by range");
    }
  }
}
