package io.drawbar.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/** The DataStream API. */
final class FlinkStreams {
  private static final Pattern NOT_WORDS = Pattern.compile("\\W+");

  private FlinkStreams() {}

  /** The lines of a file. */
  static DataStream<String> lines(StreamExecutionEnvironment environment, java.nio.file.Path file) {
    return environment.fromSource(
        FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(file.toUri())).build(),
        WatermarkStrategy.noWatermarks(),
        file.getFileName().toString());
  }

  static double[] wordCount(StreamExecutionEnvironment environment, Input input) throws Exception {
    double[] answer = new double[2];
    try (CloseableIterator<Tuple2<String, Long>> counts =
        lines(environment, input.file(Words.FILE))
            .flatMap(FlinkStreams::words)
            .returns(Types.TUPLE(Types.STRING, Types.LONG))
            .keyBy(word -> word.f0)
            .sum(1)
            .executeAndCollect()) {
      while (counts.hasNext()) {
        Tuple2<String, Long> count = counts.next();
        answer[0]++;
        answer[1] += Words.weighed(count.f0, count.f1);
      }
    }
    return answer;
  }

  private static void words(String line, Collector<Tuple2<String, Long>> out) {
    for (String word : NOT_WORDS.split(line.toLowerCase(Locale.ROOT))) {
      if (!word.isEmpty()) {
        out.collect(Tuple2.of(word, 1L));
      }
    }
  }

  static double[] keyedAverage(StreamExecutionEnvironment environment, Input input)
      throws Exception {
    MapPartitionFunction<Tuple3<Long, Double, Long>, Tuple2<Long, Double>> total =
        (sums, out) -> {
          long sensors = 0;
          double averages = 0;
          for (Tuple3<Long, Double, Long> sum : sums) {
            sensors++;
            averages += sum.f1 / sum.f2;
          }
          out.collect(Tuple2.of(sensors, averages));
        };
    double[] answer = new double[2];
    try (CloseableIterator<Tuple2<Long, Double>> totals =
        lines(environment, input.file(Readings.FILE))
            .filter(line -> !line.startsWith("sensor"))
            .map(
                line ->
                    Tuple3.of(
                        Long.parseLong(line.substring(0, line.indexOf(','))),
                        Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)),
                        1L))
            .returns(Types.TUPLE(Types.LONG, Types.DOUBLE, Types.LONG))
            .keyBy(reading -> reading.f0)
            .reduce((a, b) -> Tuple3.of(a.f0, a.f1 + b.f1, a.f2 + b.f2))
            .fullWindowPartition()
            .mapPartition(total)
            .returns(Types.TUPLE(Types.LONG, Types.DOUBLE))
            .executeAndCollect()) {
      while (totals.hasNext()) {
        Tuple2<Long, Double> each = totals.next();
        answer[0] += each.f0;
        answer[1] += each.f1;
      }
    }
    return answer;
  }

  static double[] regression(StreamExecutionEnvironment environment, Input input) throws Exception {
    MapPartitionFunction<String, double[]> products =
        (lines, out) -> {
          Gram gram = null;
          for (String line : lines) {
            double[] row =
                Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
            gram = gram == null ? new Gram(row.length - 1) : gram;
            gram.add(row);
          }
          if (gram != null) {
            out.collect(gram.numbers());
          }
        };
    Gram all = null;
    try (CloseableIterator<double[]> grams =
        lines(environment, input.file(Plane.FILE))
            .filter(line -> !line.startsWith("x"))
            .fullWindowPartition()
            .mapPartition(products)
            .returns(TypeInformation.of(new TypeHint<double[]>() {}))
            .executeAndCollect()) {
      while (grams.hasNext()) {
        Gram next = Gram.of(grams.next());
        all = all == null ? next : all.merge(next);
      }
    }
    return all.solve();
  }
}
