package io.drawbar.internal.local;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.ThreadRun;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the tasks of a graph on threads of this process; frames stay in memory. */
final class LocalEngine implements Engine {
  private final int parallelism;
  private final long memoryBytes;
  private final ExecutorService threads;
  private final Set<LocalRun> runs = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LocalEngine(int parallelism, long memoryBytes) {
    this.parallelism = parallelism;
    this.memoryBytes = memoryBytes;
    threads = Executors.newFixedThreadPool(parallelism, daemons());
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "drawbar-local-" + number.getAndIncrement());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities("local", parallelism);
  }

  @Override
  public Run run(StageGraph graph) {
    if (closed) {
      throw new EngineException("engine 'local' is closed; open another session");
    }
    LocalRun run = new LocalRun(graph, parallelism, memoryBytes, threads);
    runs.add(run);
    return ThreadRun.start(
        graph.name(),
        run.progress(),
        () -> {
          try {
            return run.execute();
          } finally {
            runs.remove(run);
          }
        },
        run::cancel);
  }

  @Override
  public void close() {
    closed = true;
    runs.forEach(LocalRun::cancel);
    // Who waits for a task that has not begun would wait for ever.
    threads.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
  }
}
