package io.drawbar.engine.flink;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.EngineFactory;
import java.util.List;

/** Finds Apache Flink under the name {@code flink}. */
public final class FlinkEngineFactory implements EngineFactory {

  static final String NAME = "flink";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return FlinkKeys.all();
  }

  @Override
  public Engine create(Config config) {
    String master = config.value(FlinkKeys.MASTER);
    if (!master.equals(FlinkKeys.LOCAL)) {
      throw new EngineException(
          ("%s is '%s' (%s); to run on a session cluster, attach to an environment of it:"
                  + " FlinkDrawbar.session(StreamExecutionEnvironment.createRemoteEnvironment(host,"
                  + " port, jars)). Otherwise leave it at '%s'.")
              .formatted(
                  FlinkKeys.MASTER.name(),
                  master,
                  config.origin(FlinkKeys.MASTER.name()),
                  FlinkKeys.LOCAL));
    }
    try {
      // By name, so that this class loads without Flink.
      Class.forName("org.apache.flink.runtime.minicluster.MiniCluster", false, loader());
      Class.forName("org.apache.flink.client.program.ClusterClient", false, loader());
      Class.forName("org.apache.flink.streaming.api.datastream.DataStream", false, loader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new EngineException(
          "the flink engine misses Flink's own jars (no "
              + e.getMessage()
              + "): add org.apache.flink:flink-streaming-java and org.apache.flink:flink-clients,"
              + " both 1.20.x, to the class path.",
          e);
    }
    return FlinkEngine.embedded(config);
  }

  private static ClassLoader loader() {
    return FlinkEngineFactory.class.getClassLoader();
  }
}
