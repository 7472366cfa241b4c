package io.drawbar.engine.mapreduce;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.Runs;
import io.drawbar.spi.StageGraph;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs stage graphs as chains of MapReduce jobs; the package page says how. */
final class MapReduceEngine implements Engine {

  private final Hadoop hadoop;
  private final Runs runs = new Runs(MapReduceEngineFactory.NAME);

  /** Used again, because a JVM before 19 never lets go of a thread group. */
  private final Queue<LocalThreads> idle = new ConcurrentLinkedQueue<>();

  MapReduceEngine(Hadoop hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public Capabilities capabilities() {
    Capabilities.Reach reach =
        hadoop.local() ? Capabilities.Reach.THIS_MACHINE : Capabilities.Reach.CLUSTER;
    return new Capabilities(MapReduceEngineFactory.NAME, hadoop.parallelism(), reach);
  }

  @Override
  public Map<String, String> fileSettings() {
    return hadoop.fileSettings();
  }

  @Override
  public Run run(StageGraph graph) {
    LocalThreads taken = idle.poll();
    LocalThreads threads = taken == null ? new LocalThreads() : taken;
    Progress progress = new Progress();
    GraphRun work = new GraphRun(hadoop, threads, graph, progress);
    return runs.start(
        graph.name(),
        progress,
        () -> {
          try {
            return work.call();
          } finally {
            if (threads.await(0)) {
              idle.add(threads);
            }
          }
        },
        () -> {});
  }

  /** Ends once the runs still going have removed their working folders. */
  @Override
  public void close() {
    runs.close();
  }
}
