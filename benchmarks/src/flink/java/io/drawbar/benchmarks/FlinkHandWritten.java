package io.drawbar.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/** The DataStream API in batch mode, on a mini cluster that is started once. */
final class FlinkHandWritten implements HandWritten {
  private final int cores = Runtime.getRuntime().availableProcessors();
  private final MiniCluster cluster;
  private final URI address;

  FlinkHandWritten() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
    configuration.set(RestOptions.BIND_PORT, "0");
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(cores)
                .build());
    cluster.start();
    address = cluster.getRestAddress().get();
  }

  @Override
  public long wordCount(Path file) throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createRemoteEnvironment(address.getHost(), address.getPort());
    environment.setParallelism(cores);
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    environment.getConfig().enableObjectReuse();
    long words = 0;
    try (CloseableIterator<Tuple2<String, Long>> counts =
        environment
            .readTextFile(file.toAbsolutePath().toString())
            .flatMap(FlinkHandWritten::words)
            .returns(Types.TUPLE(Types.STRING, Types.LONG))
            .keyBy(word -> word.f0)
            .sum(1)
            .executeAndCollect()) {
      while (counts.hasNext()) {
        counts.next();
        words++;
      }
    }
    return words;
  }

  private static void words(String line, Collector<Tuple2<String, Long>> out) {
    for (String word : line.toLowerCase(Locale.ROOT).split("\\W+")) {
      if (!word.isEmpty()) {
        out.collect(Tuple2.of(word, 1L));
      }
    }
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
