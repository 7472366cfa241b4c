package io.drawbar.engine.spark;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Dataset;
import io.drawbar.RunControl;
import io.drawbar.RunListener;
import io.drawbar.RunProgress;
import io.drawbar.RunReport;
import io.drawbar.Session;
import io.drawbar.io.Csv;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Datasets that Spark goes on with. */
@Timeout(60)
class ToDataFrameTest extends AttachedSpark {
  @TempDir Path folder;

  @Test
  void sparkGoesOnWithADataset() {
    Dataset grouped = dataset(numbers(1000)).groupBy("key").agg(sum("n").as("total"));
    org.apache.spark.sql.Dataset<Row> frame = SparkDrawbar.toDataFrame(grouped);
    List<Row> sums =
        frame
            .join(numbers(1000).groupBy("key").agg(functions.sum("n").as("expected")), "key")
            .where("total = expected")
            .collectAsList();
    assertThat(sums).hasSize(7);
    // Used again, and one row of it only, so that tasks are left half way.
    assertThat(frame.count()).isEqualTo(7);
    assertThat(SparkDrawbar.toDataFrame(dataset(numbers(200_000))).limit(1).collectAsList())
        .hasSize(1);
  }

  record Reading(String machine, double temperature) {}

  private Dataset readings(String text) throws IOException {
    Files.writeString(folder.resolve("readings.csv"), text);
    return session.read(Csv.of(Reading.class).at(folder.resolve("readings.csv").toString()));
  }

  /** An error in the data is Drawbar's own, at the root of what Spark says. */
  @Test
  void aBadRowIsTheRootOfSparksException() throws IOException {
    org.apache.spark.sql.Dataset<Row> frame = SparkDrawbar.toDataFrame(readings("a,1.5\nb,warm\n"));
    assertThatThrownBy(frame::collectAsList)
        .rootCause()
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("warm");
  }

  @Test
  void nothingRunsBeforeTheDataFrameIsUsed() throws IOException {
    Path file = folder.resolve("readings.csv");
    Dataset dataset = readings("a,1.5\nb,2.5\n");
    Files.delete(file);
    org.apache.spark.sql.Dataset<Row> frame =
        SparkDrawbar.toDataFrame(dataset.where(col("temperature").gt(2)));
    assertThat(frame.schema().simpleString())
        .isEqualTo("struct<machine:string,temperature:double>");
    assertThatThrownBy(frame::collectAsList).hasStackTraceContaining("MissingFileException");
    readings("a,1.5\nb,2.5\n");
    assertThat(frame.collectAsList()).containsExactly(RowFactory.create("b", 2.5));
  }

  /** What a listener has heard. */
  private static final class Heard implements RunListener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<RunReport> reports = new CopyOnWriteArrayList<>();
    volatile RunControl control;

    @Override
    public void started(RunControl run) {
      control = run;
      events.add("started");
    }

    @Override
    public void progress(RunProgress progress) {
      if (!progress.begun().isEmpty()) {
        events.add("progress");
      }
    }

    @Override
    public void ended(RunControl run) {
      events.add("ended");
    }

    @Override
    public void finished(RunReport report) {
      reports.add(report);
    }

    void await(BooleanSupplier condition) throws InterruptedException {
      for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
        Thread.sleep(10);
      }
      assertThat(condition.getAsBoolean()).as("%s, %s", events, reports).isTrue();
    }
  }

  @Test
  void listenersHearOfRunsOfSparks() throws InterruptedException {
    try (Session listened = SparkDrawbar.session(spark)) {
      Dataset grouped =
          SparkDrawbar.dataset(listened, numbers(10_000)).groupBy("key").agg(sum("n").as("total"));
      Heard heard = new Heard();
      listened.listen(heard);
      org.apache.spark.sql.Dataset<Row> frame = SparkDrawbar.toDataFrame(grouped);
      assertThat(heard.events).isEmpty();
      for (int use = 1; use <= 2; use++) {
        int uses = use;
        assertThat(frame.collectAsList()).hasSize(7);
        heard.await(() -> heard.reports.size() == uses);
        RunReport report = heard.reports.get(use - 1);
        assertThat(report.engine()).isEqualTo("spark");
        assertThat(report.rowsOut()).isEqualTo(7);
        assertThat(report.stages().get(0).rowsIn()).isEqualTo(10_000);
        assertThat(report.counters()).containsKey("exchange.1.bytes");
      }
      assertThat(heard.events).filteredOn("started"::equals).hasSize(2);
      assertThat(heard.events).filteredOn("ended"::equals).hasSize(2);
    }
  }

  /** Spark asks for one partition, then for more: neither is all of it. */
  @Test
  void runsOfSomePartitionsEndWithoutAReport() throws InterruptedException {
    try (Session listened = SparkDrawbar.session(spark)) {
      Heard heard = new Heard();
      listened.listen(heard);
      org.apache.spark.sql.Dataset<Row> frame =
          SparkDrawbar.toDataFrame(SparkDrawbar.dataset(listened, numbers(10_000)));
      assertThat(frame.limit(1).collectAsList()).hasSize(1);
      heard.await(() -> heard.events.contains("ended"));
      assertThat(frame.count()).isEqualTo(10_000);
      heard.await(() -> heard.reports.size() == 1);
      assertThat(heard.reports.get(0).rowsOut()).isEqualTo(10_000);
    }
  }

  @Test
  void runsOfSparksAreWatchedAndCancelled() throws InterruptedException {
    try (Session listened = SparkDrawbar.session(spark)) {
      Heard heard = new Heard();
      listened.listen(heard);
      spark.udf().register("slow", (Long n) -> slowly(n), DataTypes.LongType);
      Dataset slow = SparkDrawbar.dataset(listened, numbers(10).selectExpr("slow(n) AS n"));
      org.apache.spark.sql.Dataset<Row> frame = SparkDrawbar.toDataFrame(slow);
      Thread cancelling =
          new Thread(
              () -> {
                try {
                  heard.await(() -> heard.events.contains("progress"));
                  heard.control.cancel();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      cancelling.start();
      assertThatThrownBy(frame::collectAsList).hasMessageContaining("cancelled");
      cancelling.join();
      heard.await(() -> heard.events.contains("ended"));
      assertThat(heard.reports).isEmpty();
    }
  }

  private static long slowly(long n) throws InterruptedException {
    Thread.sleep(2_000);
    return n;
  }

  /** Lazily used after the session was closed: the rows are right, nobody is told. */
  @Test
  void aDataFrameOutlivesItsSession() {
    org.apache.spark.sql.Dataset<Row> frame;
    try (Session other = SparkDrawbar.session(spark)) {
      frame =
          SparkDrawbar.toDataFrame(SparkDrawbar.dataset(other, numbers(100)).where(col("n").lt(5)));
    }
    assertThat(frame.count()).isEqualTo(5);
  }

  @Test
  void aDataFrameThatIsAStreamIsRefused() {
    org.apache.spark.sql.Dataset<Row> stream = spark.readStream().format("rate").load();
    assertThatThrownBy(() -> SparkDrawbar.dataset(session, stream))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("is a stream")
        .hasMessageContaining("foreachBatch");
  }
}
