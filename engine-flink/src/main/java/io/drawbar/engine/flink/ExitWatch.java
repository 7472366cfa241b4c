package io.drawbar.engine.flink;

/**
 * Lets a process end whose program forgot to close the engine.
 *
 * <p>Flink's actor threads are not daemons, and no option makes them so: a JVM whose main thread
 * has returned would wait for them for ever, before any shutdown hook runs. So a daemon thread
 * looks, four times a second, whether any thread is left that keeps the JVM alive and is not
 * Flink's; when there is none, the program has ended, and the engine is closed. Flink's threads are
 * known by their thread group, which a thread inherits from the one that starts it.
 */
final class ExitWatch {

  /** The name of the groups of Flink's threads. */
  static final String GROUP = "drawbar-flink";

  private static final long PERIOD_MILLIS = 250;

  /**
   * Waits in the JVM for the last thread that is not a daemon: there once the main thread has
   * returned.
   */
  private static final String JVM_EXIT = "DestroyJavaVM";

  private ExitWatch() {}

  /** Starts to watch; interrupt the thread to end that. */
  static Thread start(Runnable close) {
    Thread thread = new Thread(() -> watch(close), "drawbar-flink-exit-watch");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void watch(Runnable close) {
    try {
      do {
        Thread.sleep(PERIOD_MILLIS);
      } while (programIsRunning());
      close.run();
    } catch (InterruptedException e) {
      // The engine was closed.
      Thread.currentThread().interrupt();
    }
  }

  private static boolean programIsRunning() {
    ThreadGroup root = Thread.currentThread().getThreadGroup();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Thread[] threads = new Thread[root.activeCount() + 64];
    int count = root.enumerate(threads);
    for (int i = 0; i < count; i++) {
      Thread thread = threads[i];
      if (!thread.isDaemon() && !thread.getName().equals(JVM_EXIT) && !isFlinks(thread)) {
        return true;
      }
    }
    // A full array may have left some out.
    return count == threads.length;
  }

  private static boolean isFlinks(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    while (group != null && !group.getName().equals(GROUP)) {
      group = group.getParent();
    }
    return group != null;
  }
}
