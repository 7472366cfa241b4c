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
  private final Consumer<HeldData> onClose;
  private volatile boolean closed;

  private SuperstepProgram sent;
  private long programs;
  private long supersteps;

  private FlinkHeldData(HoldJob job, Run loading, Consumer<HeldData> onClose) {
    this.job = job;
    this.loading = loading;
    this.onClose = onClose;
  }

  static FlinkHeldData start(StageGraph graph, HoldJob job, Runs runs, Consumer<HeldData> onClose) {
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
    closed = true;
    loading.cancel();
    wasInterrupted |= awaitLoading();
    try {
      job.stop();
    } finally {
      synchronized (this) {
        job.removeFiles();
      }
      onClose.accept(this);
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until the loading, which has been cancelled, is over; whether interrupted meanwhile. */
  private boolean awaitLoading() {
    boolean interrupted = false;
    while (true) {
      try {
        loading.await();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (RuntimeException | Error e) {
        return interrupted; // whoever waits for it hears of it
      }
    }
  }
}
