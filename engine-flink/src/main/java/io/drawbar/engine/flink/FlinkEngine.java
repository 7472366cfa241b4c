package io.drawbar.engine.flink;

import io.drawbar.config.Config;
import io.drawbar.config.CoreKeys;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.ThreadRun;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;

/** Runs stage graphs on Apache Flink, started by the first run and kept for all others. */
final class FlinkEngine implements Engine {

  private final int parallelism;
  private final int attempts;
  private final String exchangeDir;
  private final Map<String, String> overrides;
  private final Set<FlinkRun> runs = ConcurrentHashMap.newKeySet();

  private EmbeddedCluster cluster;
  private Thread exitWatch;
  private Thread shutdownHook;
  private boolean closed;

  FlinkEngine(Config config) {
    int wanted = config.value(CoreKeys.PARALLELISM);
    this.parallelism = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    this.attempts = config.value(FlinkKeys.ATTEMPTS);
    this.exchangeDir = config.value(FlinkKeys.EXCHANGE_DIR);
    this.overrides = config.value(FlinkKeys.CONF);
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(FlinkEngineFactory.NAME, parallelism);
  }

  @Override
  public Run run(StageGraph graph) {
    Progress progress = new Progress();
    FlinkRun work = prepare(graph, progress);
    return ThreadRun.start(graph.name(), progress, work, work::cancel);
  }

  @Override
  public void close() {
    EmbeddedCluster toClose;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      toClose = cluster;
      cluster = null;
    }
    if (toClose == null) {
      return;
    }
    exitWatch.interrupt();
    forget(shutdownHook);
    runs.forEach(FlinkRun::cancel);
    runs.forEach(FlinkRun::awaitEnd);
    toClose.close();
  }

  private synchronized FlinkRun prepare(StageGraph graph, Progress progress) {
    if (closed) {
      throw new EngineException(
          "the flink engine is closed; open another session to run '%s'.".formatted(graph.name()));
    }
    if (cluster != null && !cluster.isRunning()) {
      // A fatal error stopped it; the run it happened in was told.
      cluster.close();
      cluster = null;
    }
    if (cluster == null) {
      startCluster();
    }
    Path exchange =
        exchangeDir.isEmpty() ? new Path(cluster.scratch().toUri()) : new Path(exchangeDir);
    FlinkRun work =
        new FlinkRun(
            graph,
            progress,
            cluster,
            parallelism,
            attempts,
            Configuration.fromMap(overrides),
            exchange);
    runs.removeIf(FlinkRun::hasEnded);
    runs.add(work);
    return work;
  }

  private void startCluster() {
    cluster = EmbeddedCluster.start(parallelism, overrides);
    if (exitWatch == null) {
      exitWatch = ExitWatch.start(this::close);
      shutdownHook = new Thread(this::close, "drawbar-flink-shutdown");
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running: nothing to forget.
    }
  }
}
