package io.drawbar.engine.mapreduce;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** The threads of the local jobs of a run. Runs that follow each other share one. */
final class LocalThreads {

  /*
   * Hadoop's local runner says that a job is over while its threads are still at it: on success
   * they remove the job's files, and after a kill, tasks run on until they notice the
   * interruption. Whoever deletes the working folder then finds it made again. Threads inherit
   * their group from the thread that makes them, so a job submitted from a group of its own can be
   * waited for.
   */
  private final ThreadGroup group = new ThreadGroup("drawbar-mapreduce");

  /** Makes a call on a thread of the group; an interruption is kept for later. */
  <T> T call(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    // Not a daemon, so that the thread of the job is none and can be told from those of Hadoop.
    Thread thread = new Thread(group, task, "drawbar-mapreduce-submit");
    thread.setDaemon(false);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          throw (Exception) e.getCause();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits until they have ended, or a time is over; whether they have. */
  boolean await(long seconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (working() && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    return !working();
  }

  /** Daemons are Hadoop's own, for the life of the JVM. */
  private boolean working() {
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (!threads[i].isDaemon()) {
        return true;
      }
    }
    return false;
  }
}
