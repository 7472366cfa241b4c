package io.drawbar.testkit;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.error.DrawbarException;
import io.drawbar.expr.TypeMismatchException;
import io.drawbar.io.Csv;
import io.drawbar.io.CsvSink;
import io.drawbar.io.Records;
import io.drawbar.io.UnsupportedColumnException;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Source;
import io.drawbar.type.RecordBindingException;
import io.drawbar.type.UnknownColumnException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Shows that an engine's contract has tested something: work was divided, tasks ran beside each
 * other, frames moved.
 */
final class Evidence {
  private static final int RUNS = 20;

  /** A record that the rows in memory do not fit: their names are text. */
  record Named(double name) {}

  private final Setting setting;
  private final String engine;
  private final List<RunReport> reports = new ArrayList<>();

  /**
   * Evidence of one session.
   *
   * @param engine which engine, for messages
   */
  Evidence(Setting setting, String engine) {
    this.setting = setting;
    this.engine = engine;
    setting.session().listen(reports::add);
  }

  private RunReport lastReport() {
    return reports.get(reports.size() - 1);
  }

  /**
   * At least eight leaves and eight blocks, of several tasks, were merged in one run. The engine
   * that makes chaos may give all to one task, though not often.
   */
  void manyBlocksMerge() {
    RunReport.StageCounts counts = null;
    for (int run = 0; run < RUNS && (counts == null || counts.tasks() < 2); run++) {
      BlockFolds.Total total = setting.readings().reduce(new BlockFolds("heat"));
      counts = lastReport().stages().get(0);
      assertThat(total.blocks()).as("blocks merged by %s", engine).isEqualTo(counts.blocks());
    }
    assertThat(counts.units()).as("leaves in one run of %s", engine).isGreaterThanOrEqualTo(8);
    assertThat(counts.blocks()).as("blocks in one run of %s", engine).isGreaterThanOrEqualTo(8);
    assertThat(counts.tasks()).as("tasks in one run of %s", engine).isGreaterThanOrEqualTo(2);
  }

  /** Every exchange of a pipeline of two carried bytes by the engine's own count. */
  void exchangesCarryBytes() {
    Behaviours.groupsOfGroups(setting).collect();
    for (int stage = 1; stage <= 2; stage++) {
      assertThat(lastReport().counters())
          .as("the engine's own counters of a run of %s", engine)
          .containsKey(RunResult.exchangeBytes(stage));
      assertThat(lastReport().counters().get(RunResult.exchangeBytes(stage)))
          .as("bytes that %s moved into stage %d", engine, stage)
          .isPositive();
    }
  }

  /** Frames overtook those of tasks that come earlier in the data, in some run. */
  void framesArriveOutOfOrder() {
    long outOfOrder = 0;
    for (int run = 0; run < RUNS && outOfOrder == 0; run++) {
      Behaviours.groupsOfGroups(setting).collect();
      outOfOrder =
          lastReport().stages().stream().mapToLong(RunReport.StageCounts::framesOutOfOrder).sum();
    }
    assertThat(outOfOrder).as("frames out of order in a run of %s", engine).isPositive();
  }

  /** Two tasks were at work at the same time: each waited for the other. */
  void tasksRunTogether() {
    probe(Probe.Order.TOGETHER);
  }

  /** The task of the first range ended after the last range had been read. */
  void lastRangeEndsFirst() {
    probe(Probe.Order.LAST_RANGE_FIRST);
  }

  /** No thread that asked for a run has read a leaf, nor any while the source was being cut. */
  void driverReadsNoLeaf() {
    probe(Probe.Order.ANY);
  }

  /**
   * What is wrong with a pipeline itself is said in the call that is wrong, before anything runs.
   */
  void mistakesRunNothing() {
    Source records = Records.of(ContractData.KEYED, setting.data().keyed());
    Probe probe = Probe.named(engine + ", mistakes", Probe.Order.ANY);
    Dataset rows = setting.session().read(new ProbeSource(records, engine + ", mistakes"));
    mistake(UnknownColumnException.class, () -> rows.select("nmae"));
    mistake(UnknownColumnException.class, () -> rows.where(col("wole").gt(1)));
    mistake(UnknownColumnException.class, () -> rows.groupBy("nmae").agg(count()));
    mistake(UnknownColumnException.class, () -> rows.groupBy("name").agg(sum("wieght")));
    mistake(UnknownColumnException.class, () -> rows.reduce(new BlockFolds("wieght")));
    mistake(TypeMismatchException.class, () -> rows.where(col("name")));
    mistake(TypeMismatchException.class, () -> rows.withColumn("x", col("name").plus(1)));
    mistake(TypeMismatchException.class, () -> rows.agg(sum("name")));
    mistake(RecordBindingException.class, () -> rows.collect(Named.class));
    CsvSink sink = Csv.to(setting.target().toString());
    mistake(UnsupportedColumnException.class, () -> rows.write(sink));
    assertThat(probe.cuts()).as("times that %s looked at the data", engine).isZero();
    assertThat(reports).as("runs of %s", engine).isEmpty();
    assertThat(Canonical.list(setting.scratch())).as("left behind by %s", engine).isEmpty();
  }

  private void mistake(Class<? extends DrawbarException> named, ThrowingCallable call) {
    assertThatThrownBy(call).as(engine).isExactlyInstanceOf(named);
  }

  private void probe(Probe.Order order) {
    Source records = Records.of(ContractData.KEYED, setting.data().keyed());
    Source file =
        Csv.of(ContractData.READING).at(setting.data().file("readings.csv", Packing.PLAIN));
    Session session = setting.session();
    for (Source source : List.of(records, file)) {
      String name = engine + ", " + order + ", " + source.describe();
      Probe probe = Probe.named(name, order);
      Dataset rows = session.read(new ProbeSource(source, name));
      String key = source == file ? "machine" : "name";
      Canonical probed = grouped(rows, key);
      assertThat(probe.problems()).as(name).isEmpty();
      assertThat(probe.opened()).as("ranges read, %s", name).isPositive();
      assertThat(probe.readers())
          .as("threads that read, %s", name)
          .isNotEmpty()
          .doesNotContain(Thread.currentThread());
      probed.mustEqual(grouped(session.read(source), key), name);
    }
  }

  /** A write that is interrupted ends, and leaves nothing behind. */
  void interruptedWriteLeavesNothing() {
    String name = engine + ", interrupting";
    Probe probe = Probe.named(name, Probe.Order.HELD);
    Source records = Records.of(ContractData.KEYED, setting.data().keyed());
    Dataset rows =
        setting.session().read(new ProbeSource(records, name)).select("name", "whole", "real");
    Path target = setting.scratch().resolve("interrupted");
    FutureTask<RunReport> run = new FutureTask<>(() -> rows.write(Csv.to(target.toString())));
    Thread writer = new Thread(run, "interrupting");
    writer.start();
    try {
      assertThat(probe.hasBegun()).as("a task of %s reads", engine).isTrue();
      writer.interrupt();
      assertThatThrownBy(() -> run.get(2, TimeUnit.MINUTES))
          .as("the write that %s was at", engine)
          .hasCauseInstanceOf(EngineException.class);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(Canonical.list(setting.scratch())).as("left behind by %s", engine).isEmpty();
  }

  /** A run ends when its engine is closed, and an engine that is closed takes no other. */
  void closingEndsARun(Runnable close) {
    String name = engine + ", closing";
    Probe probe = Probe.named(name, Probe.Order.HELD);
    Source records = Records.of(ContractData.KEYED, setting.data().keyed());
    Dataset rows = setting.session().read(new ProbeSource(records, name));
    FutureTask<Canonical> run = new FutureTask<>(() -> grouped(rows, "name"));
    new Thread(run, "closing").start();
    try {
      assertThat(probe.hasBegun()).as("a task of %s reads", engine).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    close.run();
    assertThatThrownBy(() -> run.get(2, TimeUnit.MINUTES))
        .as("the run that %s was at", engine)
        .hasCauseInstanceOf(EngineException.class);
    assertThatThrownBy(() -> grouped(rows, "name"))
        .as("a run on %s, closed", engine)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("closed");
  }

  private static Canonical grouped(Dataset rows, String key) {
    String real = key.equals("machine") ? "heat" : "weight";
    return Canonical.of(rows.groupBy(key).agg(sum(real), count().as("rows")).collect());
  }
}
