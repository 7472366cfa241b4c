package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.Runs;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.SuperstepProgram;
import java.util.List;
import java.util.function.Consumer;

/** Rows that stay with the tasks of a job, to which it tells each superstep. */
final class FlinkHeldData implements HeldData {
  private final HoldJob job;
  private final Run loading;
  private final Consumer<FlinkHeldData> onClose;
  private volatile boolean closed;

  private SuperstepProgram sent;
  private long programs;
  private long supersteps;

  private FlinkHeldData(HoldJob job, Run loading, Consumer<FlinkHeldData> onClose) {
    this.job = job;
    this.loading = loading;
    this.onClose = onClose;
  }

  static FlinkHeldData start(
      StageGraph graph, HoldJob job, Runs runs, Consumer<FlinkHeldData> onClose) {
    Progress progress = new Progress();
    Run loading = runs.start(graph.name(), progress, () -> job.load(progress), () -> {});
    return new FlinkHeldData(job, loading, onClose);
  }

  @Override
  public Run loading() {
    return loading;
  }

  @Override
  public synchronized List<byte[]> superstep(SuperstepProgram program, byte[] state)
      throws InterruptedException {
    if (closed) {
      throw letGo(null);
    }
    try {
      if (program != sent) {
        sent = null;
        job.ship(program, ++programs);
        sent = program;
      }
      return job.fold(++supersteps, programs, state);
    } catch (EngineException e) {
      throw closed ? letGo(e) : e;
    }
  }

  private static EngineException letGo(EngineException cause) {
    return new EngineException("engine 'flink': these rows have been let go of", cause);
  }

  /* Also by a thread that has been interrupted, as those are that end a training. */
  @Override
  public void close() {
    boolean wasInterrupted = Thread.interrupted();
    try {
      closed = true;
      loading.cancel();
      awaitLoading();
      job.stop();
      synchronized (this) {
        job.removeFiles();
      }
    } catch (InterruptedException e) {
      wasInterrupted = true;
    } finally {
      onClose.accept(this);
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void awaitLoading() throws InterruptedException {
    try {
      loading.await();
    } catch (EngineException e) {
      // Whoever waits for it hears of it.
    }
  }
}
