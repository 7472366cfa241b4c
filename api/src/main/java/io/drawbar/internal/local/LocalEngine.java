package io.drawbar.internal.local;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Holdings;
import io.drawbar.spi.Run;
import io.drawbar.spi.Runs;
import io.drawbar.spi.SpillFolder;
import io.drawbar.spi.StageGraph;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the tasks of a graph on threads of this process. */
final class LocalEngine implements Engine {
  static final String NAME = "local";

  private final int parallelism;
  private final long memoryBytes;
  private final SpillFolder spillFolder;
  private final ExecutorService threads;
  private final Runs runs = new Runs(NAME);
  private final Holdings held = new Holdings();

  LocalEngine(int parallelism, long memoryBytes, SpillFolder spillFolder) {
    this.parallelism = parallelism;
    this.memoryBytes = memoryBytes;
    this.spillFolder = spillFolder;
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
    return new Capabilities(NAME, parallelism, Capabilities.Reach.THIS_MACHINE);
  }

  @Override
  public Run run(StageGraph graph) {
    return start(run(graph, LocalRun.Tasks.END));
  }

  private LocalRun run(StageGraph graph, LocalRun.Tasks then) {
    return new LocalRun(graph, then, parallelism, memoryBytes, spillFolder, threads);
  }

  private Run start(LocalRun run) {
    return runs.start(run.name(), run.progress(), run::execute, run::cancel);
  }

  @Override
  public Optional<HeldData> hold(StageGraph graph) {
    LocalRun run = run(graph, LocalRun.Tasks.HOLD);
    LocalHeldData rows = new LocalHeldData(start(run), run, parallelism, held::remove);
    held.add(rows);
    return Optional.of(rows);
  }

  @Override
  public void close() {
    if (runs.close()) {
      try {
        held.close();
      } finally {
        // Who waits for a task that is dropped would wait for ever.
        threads.shutdownNow().forEach(task -> ((Future<?>) task).cancel(false));
      }
    }
  }
}
