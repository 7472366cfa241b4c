package io.drawbar.engine.spark;

import io.drawbar.spi.Progress;
import io.drawbar.spi.RunResult;
import io.drawbar.spi.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.spark.Success$;
import org.apache.spark.executor.ShuffleWriteMetrics;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How far one run has come, what Spark measured of it, and where it failed. Called by Spark's own
 * thread.
 */
final class JobWatch extends SparkListener {

  private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);

  private static final long PATIENCE_SECONDS = 10;

  private final Predicate<SparkListenerJobStart> isIts;
  private final Translation translation;
  private final Progress progress;
  private final CountDownLatch end = new CountDownLatch(1);
  private final SortedMap<String, Long> counters = new TreeMap<>();

  /** Spark's stages of the job, each with the tasks that it runs once it has begun. */
  private final Map<Object, List<Translation.Tasks>> sparkStages = new HashMap<>();

  private final List<Stage> failed = new ArrayList<>();
  private final List<byte[]> reports = new ArrayList<>();
  private int job = -1;
  private boolean succeeded;

  JobWatch(Predicate<SparkListenerJobStart> isIts, Translation translation, Progress progress) {
    this.isIts = isIts;
    this.progress = progress;
    this.translation = translation;
    translation.consumers().forEach(stage -> exchange(stage, 0, 0));
    count("tasks.launched", 0);
    count("tasks.failed", 0);
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    if (isIts.test(start)) {
      job = start.jobId();
      CollectionConverters.asJava(start.stageIds()).forEach(id -> sparkStages.put(id, List.of()));
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    StageInfo info = submitted.stageInfo();
    if (sparkStages.containsKey(info.stageId())) {
      List<Translation.Tasks> tasks = translation.tasks(rdds(info));
      sparkStages.put(info.stageId(), tasks);
      tasks.forEach(of -> progress.begun(of.stage().id(), of.count()));
    }
  }

  /** The partitions of a union are those of its parts, one part after the other. */
  private void ended(List<Translation.Tasks> tasks, int partition) {
    int left = partition;
    for (Translation.Tasks of : tasks) {
      if (left < of.count()) {
        progress.ended(of.stage().id());
        return;
      }
      left -= of.count();
    }
  }

  private static List<Integer> rdds(StageInfo info) {
    return CollectionConverters.asJava(info.rddInfos()).stream().map(RDDInfo::id).toList();
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    if (sparkStages.containsKey(start.stageId())) {
      count("tasks.launched", 1);
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (!sparkStages.containsKey(end.stageId())) {
      return;
    }
    if (end.reason() instanceof Success$) {
      ended(sparkStages.get(end.stageId()), end.taskInfo().partitionId());
      reports.addAll(TaskReports.of(end.taskInfo()));
    } else {
      count("tasks.failed", 1);
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted completed) {
    StageInfo info = completed.stageInfo();
    if (!sparkStages.containsKey(info.stageId())) {
      return;
    }
    List<Integer> rdds = rdds(info);
    ShuffleWriteMetrics written = info.taskMetrics().shuffleWriteMetrics();
    rdds.stream()
        .map(translation::consumer)
        .filter(Objects::nonNull)
        .forEach(stage -> exchange(stage, written.bytesWritten(), written.recordsWritten()));
    if (info.failureReason().isDefined()) {
      translation.tasks(rdds).forEach(tasks -> failed.add(tasks.stage()));
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd ended) {
    synchronized (this) {
      if (ended.jobId() != job) {
        return;
      }
      succeeded = ended.jobResult() instanceof JobSucceeded$;
    }
    end.countDown();
  }

  /** Spark stops, and no end of the job is told. */
  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd ended) {
    end.countDown();
  }

  /**
   * Waits until all of the job has been heard of. Spark posts its events before it hands over the
   * result, but tells them on a thread of its own, and may lose some when its queue is full: so not
   * for ever.
   */
  void awaitEnd() throws InterruptedException {
    if (!end.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("Spark's listener bus lags; the counters of job {} may be incomplete", job);
    }
  }

  /** Waits for the end of a job that somebody else has asked for; whether it was a good one. */
  boolean awaitSuccess() throws InterruptedException {
    end.await();
    synchronized (this) {
      return succeeded;
    }
  }

  /** The frames in which tasks have reported, where those are not among the results of the job. */
  synchronized List<byte[]> reports() {
    return List.copyOf(reports);
  }

  synchronized SortedMap<String, Long> counters() {
    return new TreeMap<>(counters);
  }

  /** The stages that Spark gave up on; several if their tasks are of one Spark stage. */
  synchronized List<Stage> failed() {
    return List.copyOf(failed);
  }

  private void exchange(Stage consumer, long bytes, long frames) {
    count(RunResult.exchangeBytes(consumer.id()), bytes);
    count("exchange." + consumer.id() + ".frames", frames);
  }

  private void count(String name, long amount) {
    counters.merge(name, amount, Long::sum);
  }
}
