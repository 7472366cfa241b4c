package io.drawbar.engine.mapreduce;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.from;
import static io.drawbar.testkit.Graphs.numbers;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.stage;
import static io.drawbar.testkit.Graphs.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.spi.RunResult;
import io.drawbar.spi.StageGraph;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.mapreduce.Counters;
import org.apache.hadoop.mapreduce.TaskCounter;
import org.junit.jupiter.api.Test;

class GraphRunTest {
  /** Hadoop's history may have nothing of a job that has ended well: that is no failure. */
  @Test
  void aJobWhoseCountersAreGoneIsCounted() {
    StageGraph graph = collect(stage(0, numbers(1), route()), stage(1, from(2, 0), sum()));
    JobPlan plan = JobPlan.of(graph, 2).get(0);
    SortedMap<String, Long> counters = new TreeMap<>();
    GraphRun.count(counters, plan, null);
    assertThat(counters).containsExactlyEntriesOf(Map.of("jobs", 1L));
    Counters known = new Counters();
    known.findCounter(TaskCounter.REDUCE_SHUFFLE_BYTES).setValue(17);
    GraphRun.count(counters, plan, known);
    assertThat(counters).containsEntry("jobs", 2L).containsEntry(RunResult.exchangeBytes(1), 17L);
  }
}
