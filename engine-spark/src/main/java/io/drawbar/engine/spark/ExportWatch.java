package io.drawbar.engine.spark;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.ExportedRuns;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Notices when a program's own jobs use DataFrames that were made of datasets. */
final class ExportWatch extends SparkListener {
  private final SparkContext spark;

  /** For as long as the program has them. */
  private final Map<ResultRdd, ExportedRuns> exports = new WeakHashMap<>();

  /** Of jobs that have begun; by their ids. */
  private final Map<Integer, List<JobWatch>> watches = new HashMap<>();

  ExportWatch(SparkContext spark) {
    this.spark = spark;
  }

  /** From now on its runs are told. */
  synchronized void add(ResultRdd rows, ExportedRuns runs) {
    exports.put(rows, runs);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    exports.forEach(
        (rows, runs) -> {
          if (uses(start, rows)) {
            runs.began(watched(start, rows));
          }
        });
  }

  /** Those that watch the job hear of this, too: Spark has begun to tell it. */
  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    watches.getOrDefault(end.jobId(), List.of()).forEach(spark::removeSparkListener);
    watches.remove(end.jobId());
  }

  private static boolean uses(SparkListenerJobStart start, ResultRdd rows) {
    for (StageInfo stage : CollectionConverters.asJava(start.stageInfos())) {
      if (stage.rddInfos().exists(rdd -> rdd.id() == rows.id())) {
        return true;
      }
    }
    return false;
  }

  private Run watched(SparkListenerJobStart start, ResultRdd rows) {
    int job = start.jobId();
    Progress progress = new Progress();
    JobWatch watch = new JobWatch(other -> other.jobId() == job, rows.translation(), progress);
    watch.onJobStart(start);
    spark.addSparkListener(watch);
    watches.computeIfAbsent(job, id -> new ArrayList<>()).add(watch);
    return new ExportedRun(job, watch, progress);
  }

  /** A job of the program's. */
  private final class ExportedRun implements Run {
    private final int job;
    private final JobWatch watch;
    private final Progress progress;

    ExportedRun(int job, JobWatch watch, Progress progress) {
      this.job = job;
      this.watch = watch;
      this.progress = progress;
    }

    @Override
    public RunResult await() throws InterruptedException {
      boolean succeeded = watch.awaitSuccess();
      if (!succeeded) {
        throw new EngineException("engine 'spark': job %s of the program's failed".formatted(job));
      }
      return new RunResult(watch.reports(), watch.counters());
    }

    @Override
    public Progress progress() {
      return progress;
    }

    @Override
    public void cancel() {
      spark.cancelJob(job);
    }
  }
}
