package io.drawbar.spi;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one engine, from start to end: each is a blocking call on a daemon thread of its own.
 * A run ends when its work has ended, also after {@link Run#cancel}: who has waited may delete what
 * the tasks wrote. So does {@link #close}, which ends them all.
 */
public final class Runs {
  private static final Logger LOG = LoggerFactory.getLogger(Runs.class);

  /** How long closing waits for tasks that ignore an interruption. */
  private static final long PATIENCE_SECONDS = 30;

  private final String engine;

  /** By its work, so that a run can leave before it was entered. Guarded by this, as is closed. */
  private final Map<Callable<RunResult>, ThreadRun> going = new IdentityHashMap<>();

  private boolean closed;

  /**
   * No runs yet.
   *
   * @param engine the engine's name in configuration, for messages
   */
  public Runs(String engine) {
    this.engine = engine;
  }

  /**
   * Starts a run.
   *
   * @param name what the thread is called and messages name
   * @param progress told by the work
   * @param work gives the result; its thread is interrupted on cancel
   * @param onCancel tells the engine, before the interruption; may do nothing
   * @throws EngineException if the engine is closed
   */
  public synchronized Run start(
      String name, Progress progress, Callable<RunResult> work, Runnable onCancel) {
    requireOpen();
    Callable<RunResult> leaving =
        new Callable<>() {
          @Override
          public RunResult call() throws Exception {
            try {
              return work.call();
            } finally {
              leave(this);
            }
          }
        };
    ThreadRun run = ThreadRun.start(name, progress, leaving, onCancel);
    going.put(leaving, run);
    return run;
  }

  private synchronized void leave(Callable<RunResult> work) {
    going.remove(work);
  }

  /**
   * Does nothing while the engine is open; for an engine that would have to start something first.
   *
   * @throws EngineException if it is closed
   */
  public synchronized void requireOpen() {
    if (closed) {
      throw new EngineException(
          "the session is closed, and engine '"
              + engine
              + "' with it: nothing runs in it any more."
              + " Open another one, and read in it: datasets belong to their session");
    }
  }

  /**
   * Takes no more runs, cancels those that go on and waits until they have ended; for half a
   * minute, if tasks ignore that they are interrupted.
   *
   * @return whether this was the first call, after which the engine gives back what it holds
   */
  public boolean close() {
    List<ThreadRun> left;
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
      left = new ArrayList<>(going.values());
    }
    left.forEach(Run::cancel);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    boolean interrupted = false;
    for (ThreadRun run : left) {
      try {
        if (!run.hasEndedBy(deadline)) {
          LOG.warn("{} is still at work after the engine was closed: its tasks go on", run);
        }
      } catch (InterruptedException e) {
        interrupted = true; // who closes is in a hurry: the runs have been cancelled
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
