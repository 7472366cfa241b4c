package io.drawbar.engine.spark;

import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * A stage's program as a function over the partitions of an RDD, shipped to the executors.
 *
 * @param application Spark's name for the application, part of the names of attempts
 * @param program what the tasks do
 * @param tasks how many there are
 * @param receivers how many tasks their frames go to
 * @param feed hands an element of the RDD to the program
 * @param <T> what the RDD is of: splits or frames
 */
record SparkStageTask<T>(
    String application, StageProgram program, int tasks, int receivers, Feed<T> feed)
    implements Function2<Integer, Iterator<T>, Iterator<Tuple2<Integer, byte[]>>> {

  /** What a task holds in memory of the frames that one split, or the end of its input, gives. */
  private static final long FRAMES_IN_MEMORY = 32 << 20;

  /** Hands over an element. */
  @FunctionalInterface
  interface Feed<T> extends Serializable {
    void to(StageTask task, T element) throws IOException;
  }

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(Integer task, Iterator<T> input) {
    return new Attempt<>(this, task, input, org.apache.spark.TaskContext.get());
  }

  /** Spark never uses a task attempt id twice in an application. The rest is for people. */
  static String attempt(String application, org.apache.spark.TaskContext context) {
    return "%s-%s-%s-%s"
        .formatted(
            application.replaceAll("[^A-Za-z0-9_-]", "_"),
            context.stageId(),
            context.partitionId(),
            context.taskAttemptId());
  }

  /**
   * One attempt at one task. It works when Spark asks for frames, an element of its input at a
   * time, so that frames leave while the task goes on.
   */
  private static final class Attempt<T>
      implements Iterator<Tuple2<Integer, byte[]>>, TaskCompletionListener {

    private final Feed<T> feed;
    private final Iterator<T> input;
    private final org.apache.spark.TaskContext context;
    private final FrameQueue queue;
    private StageTask running;
    private Tuple2<Integer, byte[]> next;

    Attempt(
        SparkStageTask<T> stage,
        int task,
        Iterator<T> input,
        org.apache.spark.TaskContext context) {
      this.feed = stage.feed();
      this.input = input;
      this.context = context;
      this.queue = new FrameQueue(stage.receivers(), FRAMES_IN_MEMORY, Attempt::spillFile);
      // Before the program opens anything. Spark calls it after success, failure and a kill alike.
      context.addTaskCompletionListener((TaskCompletionListener) this);
      String attempt = attempt(stage.application(), context);
      TaskContext which =
          TaskContext.of(task, stage.tasks(), stage.receivers(), attempt)
              .withMemoryBytes(TaskMemory.bytes())
              .withSpillFolder(TaskMemory.spillFolder(task));
      this.running = stage.program().open(which, queue);
    }

    private static File spillFile() {
      return SparkEnv.get().blockManager().diskBlockManager().createTempLocalBlock()._2();
    }

    @Override
    public boolean hasNext() {
      try {
        while (next == null && (next = queue.poll()) == null && running != null) {
          step();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return next != null;
    }

    private void step() throws IOException {
      if (context.isInterrupted()) {
        throw new TaskKilledException("cancelled");
      }
      if (input.hasNext()) {
        feed.to(running, input.next());
      } else {
        running.endInput();
        release();
      }
    }

    @Override
    public Tuple2<Integer, byte[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Tuple2<Integer, byte[]> frame = next;
      next = null;
      return frame;
    }

    /** A task whose resources do not close has not succeeded: what it wrote may be incomplete. */
    private void release() throws IOException {
      if (running != null) {
        StageTask ended = running;
        running = null;
        ended.close();
      }
    }

    @Override
    public void onTaskCompletion(org.apache.spark.TaskContext ended) {
      try (queue) {
        release();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
