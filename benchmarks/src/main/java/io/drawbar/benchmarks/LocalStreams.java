package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parallel streams over the lines of files. */
final class LocalStreams {
  private static final Pattern NOT_WORDS = Pattern.compile("\\W+");

  private LocalStreams() {}

  static double[] wordCount(Input input) throws IOException {
    try (Stream<String> lines = Files.lines(input.file(Words.FILE))) {
      Map<String, Long> counts =
          lines
              .parallel()
              .flatMap(line -> Arrays.stream(NOT_WORDS.split(line.toLowerCase(Locale.ROOT))))
              .filter(word -> !word.isEmpty())
              .collect(Collectors.groupingByConcurrent(word -> word, Collectors.counting()));
      double sum = 0;
      for (Map.Entry<String, Long> entry : counts.entrySet()) {
        sum += Words.weighed(entry.getKey(), entry.getValue());
      }
      return new double[] {counts.size(), sum};
    }
  }

  static double[] keyedAverage(Input input) throws IOException {
    try (Stream<String> lines = Files.lines(input.file(Readings.FILE))) {
      Map<Long, Double> averages =
          lines
              .parallel()
              .filter(line -> !line.startsWith("sensor"))
              .collect(
                  Collectors.groupingByConcurrent(
                      line -> Long.valueOf(line.substring(0, line.indexOf(','))),
                      Collectors.averagingDouble(
                          line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))));
      double sum = averages.values().parallelStream().mapToDouble(Double::doubleValue).sum();
      return new double[] {averages.size(), sum};
    }
  }

  private record Reading(double temperature, String line) {}

  /** Lines with what they are sorted by. */
  static double[] sort(Input input) throws IOException {
    try (SortedOutput output = new SortedOutput();
        Stream<String> lines = Files.lines(input.file(Readings.FILE))) {
      Reading[] readings =
          lines
              .parallel()
              .filter(line -> !line.startsWith("sensor"))
              .map(
                  line ->
                      new Reading(
                          Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)), line))
              .toArray(Reading[]::new);
      Arrays.parallelSort(readings, Comparator.comparingDouble(Reading::temperature).reversed());
      Files.createDirectory(output.folder());
      Files.write(
          output.folder().resolve("sorted.csv"),
          (Iterable<String>) Arrays.stream(readings).map(Reading::line)::iterator);
      return output.answer(input.answer()[0]);
    }
  }

  /** The smaller table becomes a map. */
  static double[] join(Input input) throws IOException {
    Map<Long, Double> rates;
    try (Stream<String> lines = Files.lines(input.file(Orders.CUSTOMERS))) {
      rates =
          lines
              .parallel()
              .filter(line -> !line.startsWith("customer"))
              .map(line -> line.split(","))
              .collect(
                  Collectors.toConcurrentMap(
                      fields -> Long.valueOf(fields[0]), fields -> Double.valueOf(fields[1])));
    }
    try (Stream<String> lines = Files.lines(input.file(Orders.ORDERS))) {
      return lines
          .parallel()
          .filter(line -> !line.startsWith("order"))
          .map(line -> line.split(","))
          .filter(fields -> rates.containsKey(Long.valueOf(fields[1])))
          .mapToDouble(fields -> Double.parseDouble(fields[2]) * rates.get(Long.valueOf(fields[1])))
          .collect(
              () -> new double[2],
              (answer, value) -> {
                answer[0]++;
                answer[1] += value;
              },
              (answer, other) -> {
                answer[0] += other[0];
                answer[1] += other[1];
              });
    }
  }

  static double[] regression(Input input) throws IOException {
    int columns = columns(input);
    try (Stream<String> lines = Files.lines(input.file(Plane.FILE))) {
      return lines
          .parallel()
          .filter(line -> !line.startsWith("x"))
          .map(LocalStreams::numbers)
          .collect(() -> new Gram(columns - 1), Gram::add, Gram::merge)
          .solve();
    }
  }

  private static int columns(Input input) throws IOException {
    try (Stream<String> lines = Files.lines(input.file(Plane.FILE))) {
      return lines.findFirst().orElseThrow().split(",").length;
    }
  }

  /** The numbers of a line. */
  private static double[] numbers(String line) {
    return Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  /** The rows of a file as arrays. */
  static List<double[]> rows(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .parallel()
          .filter(line -> !line.startsWith("x"))
          .map(LocalStreams::numbers)
          .toList();
    }
  }

  /** The same from rows kept as arrays. */
  static final class CachedRegression implements Contender {
    private List<double[]> rows;

    @Override
    public void prepare(Input input) throws IOException {
      rows = rows(input.file(Plane.FILE));
    }

    @Override
    public double[] run(Input input) {
      int features = rows.get(0).length - 1;
      return rows.parallelStream()
          .collect(() -> new Gram(features), Gram::add, Gram::merge)
          .solve();
    }
  }
}
