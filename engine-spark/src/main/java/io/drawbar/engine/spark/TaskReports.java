package io.drawbar.engine.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.util.AccumulatorV2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Carries the frames in which tasks report from the tasks of a program's own jobs to the driver,
 * with what Spark tells of the end of a task. Nothing is summed: a task may run for several jobs.
 */
final class TaskReports extends AccumulatorV2<byte[], List<byte[]>> {
  private static final long serialVersionUID = 1;

  /** What has none is told to nobody. */
  static final String NAME = "drawbar.reports";

  private final List<byte[]> frames = new ArrayList<>();

  /** Those of a task that has ended well. */
  static List<byte[]> of(TaskInfo task) {
    List<byte[]> frames = new ArrayList<>();
    for (AccumulableInfo info : CollectionConverters.asJava(task.accumulables())) {
      if (info.name().contains(NAME) && info.update().isDefined()) {
        for (Object frame : (List<?>) info.update().get()) {
          frames.add((byte[]) frame);
        }
      }
    }
    return frames;
  }

  @Override
  public boolean isZero() {
    return frames.isEmpty();
  }

  @Override
  public AccumulatorV2<byte[], List<byte[]>> copy() {
    TaskReports copy = new TaskReports();
    copy.frames.addAll(frames);
    return copy;
  }

  @Override
  public void reset() {
    frames.clear();
  }

  @Override
  public void add(byte[] frame) {
    frames.add(frame);
  }

  /** On the driver; what came is told already, and the next job begins at nothing. */
  @Override
  public void merge(AccumulatorV2<byte[], List<byte[]>> other) {}

  @Override
  public List<byte[]> value() {
    return List.copyOf(frames);
  }
}
