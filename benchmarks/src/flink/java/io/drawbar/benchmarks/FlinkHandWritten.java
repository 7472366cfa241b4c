package io.drawbar.benchmarks;

import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/** The DataStream API in batch mode; a mini cluster a job, which is how it runs in process. */
final class FlinkHandWritten implements HandWritten {
  @Override
  public long wordCount(Path file) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(cores, new Configuration());
    environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
    environment.getConfig().enableObjectReuse();
    long words = 0;
    try (CloseableIterator<Tuple2<String, Long>> counts =
        environment
            .readTextFile(file.toString())
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
  public void close() {}
}
