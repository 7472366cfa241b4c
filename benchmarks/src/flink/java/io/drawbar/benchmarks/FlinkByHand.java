package io.drawbar.benchmarks;

import java.net.URI;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Batch mode on a mini cluster that is started once, with a slot for each core, objects reused, and
 * managed memory that holds the groups.
 */
final class FlinkByHand extends ByHand {
  private MiniCluster cluster;
  private URI address;

  FlinkByHand() {
    offer(Job.WORD_COUNT, "handWritten", input -> FlinkTables.wordCount(environment(), input));
    offer(
        Job.KEYED_AVERAGE, "handWritten", input -> FlinkTables.keyedAverage(environment(), input));
    offer(Job.JOIN, "handWritten", input -> FlinkTables.join(environment(), input));
    offer(
        Job.REGRESSION_FROM_CSV,
        "handWritten",
        input -> FlinkRegression.fromCsv(environment(), input));
    offer(Job.SUPERSTEPS, "handWritten", input -> FlinkSupersteps.run(this::environment, input));
  }

  @Override
  void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1024));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(256));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(256));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(CORES)
                .build());
    cluster.start();
    address = cluster.getRestAddress().get();
  }

  private StreamExecutionEnvironment environment() {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createRemoteEnvironment(address.getHost(), address.getPort());
    environment.setParallelism(CORES);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    environment.getConfig().enableObjectReuse();
    return environment;
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
