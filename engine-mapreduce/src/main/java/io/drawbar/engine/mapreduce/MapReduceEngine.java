package io.drawbar.engine.mapreduce;

import io.drawbar.config.Config;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.ThreadRun;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Runs stage graphs as chains of MapReduce jobs; the package page says how. */
final class MapReduceEngine implements Engine {

  private final Hadoop hadoop;
  private final Map<GraphRun, Run> going = new ConcurrentHashMap<>();

  /** Used again, because a JVM before 19 never lets go of a thread group. */
  private final Queue<LocalThreads> idle = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  MapReduceEngine(Config config) {
    hadoop = Hadoop.of(config);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(MapReduceEngineFactory.NAME, hadoop.parallelism());
  }

  @Override
  public Run run(StageGraph graph) {
    if (closed) {
      throw new EngineException("engine mapreduce is closed; open another session");
    }
    LocalThreads taken = idle.poll();
    LocalThreads threads = taken == null ? new LocalThreads() : taken;
    GraphRun work = new GraphRun(hadoop, threads, graph);
    Run run =
        ThreadRun.start(
            graph.name(),
            new Progress(),
            () -> {
              try {
                return work.call();
              } finally {
                going.remove(work);
                if (threads.await(0)) {
                  idle.add(threads);
                }
              }
            },
            () -> {});
    going.put(work, run);
    if (work.hasEnded()) {
      going.remove(work);
    }
    return run;
  }

  /** Ends once the runs still going have removed their working folders. */
  @Override
  public void close() {
    closed = true;
    going.values().forEach(Run::cancel);
    for (GraphRun work : going.keySet()) {
      work.awaitEnd();
    }
  }
}
