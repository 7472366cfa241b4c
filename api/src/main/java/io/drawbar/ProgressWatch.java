package io.drawbar;

import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import java.time.Duration;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Tells listeners of a run how far it has come, on a thread of its own, until it is closed. */
final class ProgressWatch implements AutoCloseable {
  private static final long MILLIS = 200;

  private final List<RunListener> listeners;
  private final RunControl control;
  private final Thread thread;
  private volatile boolean ended;

  private ProgressWatch(List<RunListener> listeners, long id, StageGraph graph, Run run) {
    this.listeners = List.copyOf(listeners);
    control = new RunControl(id, graph.name(), run);
    long start = System.nanoTime();
    thread = new Thread(() -> watch(id, graph, run, start), "drawbar-progress");
    thread.setDaemon(true);
  }

  /** Starts to tell; does nothing if nobody listens. */
  static ProgressWatch of(List<RunListener> listeners, long id, StageGraph graph, Run run) {
    ProgressWatch watch = new ProgressWatch(listeners, id, graph, run);
    watch.listeners.forEach(listener -> safely(() -> listener.started(watch.control)));
    if (!watch.listeners.isEmpty()) {
      watch.thread.start();
    }
    return watch;
  }

  private void watch(long id, StageGraph graph, Run run, long start) {
    try {
      while (!ended) { // also where a listener has taken the interrupt for its own
        Thread.sleep(MILLIS);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        RunProgress now =
            new RunProgress(
                id, graph.name(), graph.stages().size(), run.progress().stages(), elapsed);
        listeners.forEach(listener -> safely(() -> listener.progress(now)));
      }
    } catch (InterruptedException e) {
      // The run has ended.
    }
  }

  /** What a listener makes of a run does not change it. */
  static void safely(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) { // also an Error: the run has begun, and somebody has to wait for it
      LoggerFactory.getLogger(ProgressWatch.class).warn("a listener of runs failed", e);
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    listeners.forEach(listener -> safely(() -> listener.ended(control)));
  }
}
