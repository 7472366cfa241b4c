package io.drawbar.benchmarks;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** RDDs of lines, added up on the map side first. */
final class SparkRdd {
  private static final Pattern NOT_WORDS = Pattern.compile("\\W+");

  private SparkRdd() {}

  private static JavaRDD<String> lines(SparkSession session, String file) {
    return JavaSparkContext.fromSparkContext(session.sparkContext()).textFile(file);
  }

  static double[] wordCount(SparkSession session, Input input) {
    List<Tuple2<String, Integer>> counts =
        lines(session, input.file(Words.FILE).toString())
            .flatMap(
                line -> Arrays.asList(NOT_WORDS.split(line.toLowerCase(Locale.ROOT))).iterator())
            .filter(word -> !word.isEmpty())
            .mapToPair(word -> new Tuple2<>(word, 1))
            .reduceByKey(Integer::sum, ByHand.CORES)
            .collect();
    double sum = 0;
    for (Tuple2<String, Integer> count : counts) {
      sum += Words.weighed(count._1, count._2);
    }
    return new double[] {counts.size(), sum};
  }

  /** Values and their number, added up in place. */
  static final class Mean implements Serializable {
    private double sum;
    private long count;

    Mean add(double value) {
      sum += value;
      count++;
      return this;
    }

    Mean merge(Mean other) {
      sum += other.sum;
      count += other.count;
      return this;
    }

    double value() {
      return sum / count;
    }
  }

  static double[] keyedAverage(SparkSession session, Input input) {
    Mean averages =
        lines(session, input.file(Readings.FILE).toString())
            .filter(line -> !line.startsWith("sensor"))
            .mapToPair(
                line ->
                    new Tuple2<>(
                        Long.parseLong(line.substring(0, line.indexOf(','))),
                        Double.parseDouble(line.substring(line.lastIndexOf(',') + 1))))
            .aggregateByKey(new Mean(), ByHand.CORES, Mean::add, Mean::merge)
            .values()
            .aggregate(new Mean(), (all, mean) -> all.add(mean.value()), Mean::merge);
    return new double[] {averages.count, averages.sum};
  }
}
