package io.drawbar.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A run whose work is a blocking call; {@link Runs} says the rest. */
final class ThreadRun implements Run {
  private final String name;
  private final Progress progress;
  private final Callable<RunResult> work;
  private final Runnable onCancel;
  private final Thread thread;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean cancelled;
  private volatile RunResult result;
  private volatile Throwable failure;
  private boolean isTold;

  private ThreadRun(String name, Progress progress, Callable<RunResult> work, Runnable onCancel) {
    this.name = name;
    this.progress = progress;
    this.work = work;
    this.onCancel = onCancel;
    thread = new Thread(this::work, "drawbar-" + name);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
  }

  static ThreadRun start(
      String name, Progress progress, Callable<RunResult> work, Runnable onCancel) {
    ThreadRun run = new ThreadRun(name, progress, work, onCancel);
    run.thread.start();
    return run;
  }

  private void work() {
    try {
      result = work.call();
    } catch (Throwable e) { // handed to whoever waits
      failure = e;
    } finally {
      ended.countDown();
    }
  }

  @Override
  public RunResult await() throws InterruptedException {
    ended.await();
    if (cancelled) {
      throw new EngineException("run '" + name + "' was cancelled", failure);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException unchecked) {
      tellWhoWaits(unchecked);
      throw unchecked;
    }
    if (failure != null) {
      throw new EngineException("run '" + name + "' failed: " + failure, failure);
    }
    return result;
  }

  /** What was thrown on this run's thread gets the lines of the thread that waits for it, too. */
  private synchronized void tellWhoWaits(RuntimeException thrown) {
    if (!isTold) {
      isTold = true;
      List<StackTraceElement> lines = new ArrayList<>(List.of(thrown.getStackTrace()));
      lines.addAll(List.of(new Throwable().getStackTrace()));
      thrown.setStackTrace(lines.toArray(StackTraceElement[]::new));
    }
  }

  /** Waits for the end, until a moment of {@link System#nanoTime}; whether it has come. */
  boolean hasEndedBy(long deadline) throws InterruptedException {
    return ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public String toString() {
    return "run '" + name + "'";
  }

  @Override
  public Progress progress() {
    return progress;
  }

  @Override
  public synchronized void cancel() {
    // Once: a second interrupt would reach the work while it cleans up after the first.
    if (!cancelled && ended.getCount() > 0) {
      cancelled = true;
      onCancel.run();
      thread.interrupt();
    }
  }
}
