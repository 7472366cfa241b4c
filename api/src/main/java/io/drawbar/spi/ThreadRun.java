package io.drawbar.spi;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A {@link Run} whose work is a blocking call, made on a daemon thread of its own. */
public final class ThreadRun implements Run {
  private final String name;
  private final FutureTask<RunResult> work;
  private final Runnable onCancel;

  private ThreadRun(String name, Callable<RunResult> work, Runnable onCancel) {
    this.name = name;
    this.work = new FutureTask<>(work);
    this.onCancel = onCancel;
  }

  /**
   * Starts the work.
   *
   * @param name what the thread is called and messages name
   * @param work gives the result; interrupted on cancel
   * @param onCancel tells the engine; may do nothing
   */
  public static ThreadRun start(String name, Callable<RunResult> work, Runnable onCancel) {
    ThreadRun run = new ThreadRun(name, work, onCancel);
    Thread thread = new Thread(run.work, "drawbar-" + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    return run;
  }

  @Override
  public RunResult await() throws InterruptedException {
    try {
      return work.get();
    } catch (CancellationException e) {
      throw new EngineException("run '" + name + "' was cancelled", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      if (cause instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw new EngineException("run '" + name + "' failed: " + cause, cause);
    }
  }

  @Override
  public void cancel() {
    if (!work.isDone()) {
      onCancel.run();
      work.cancel(true);
    }
  }
}
