package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Drawbar compares with the others, from the JSON files that JMH wrote: medians with their
 * spread, and {@code drawbar} over each other contender of the same benchmark and parameters, in
 * time and in CPU time. Below 1, Drawbar is faster.
 */
public final class Ratios {

  /** The milliseconds of some runs, the shortest first; empty if they were not measured. */
  private record Times(double[] sorted) {

    /** Of JMH's form: a list of runs for each fork. */
    static Times of(Object metric) {
      if (!(metric instanceof Map<?, ?> values)) {
        return new Times(new double[0]);
      }
      double[] times =
          ((List<?>) values.get("rawData"))
              .stream()
                  .flatMap(fork -> ((List<?>) fork).stream())
                  .mapToDouble(time -> (Double) time)
                  .toArray();
      Arrays.sort(times);
      return new Times(times);
    }

    boolean unknown() {
      return sorted.length == 0;
    }

    double median() {
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double least() {
      return sorted[0];
    }

    double most() {
      return sorted[sorted.length - 1];
    }
  }

  private record Result(Times wall, Times cpu) {}

  private Ratios() {}

  /** Prints the table of JSON files; without arguments, of all that the benchmarks left. */
  public static void main(String[] arguments) throws IOException {
    List<Path> files = Stream.of(arguments).map(Path::of).toList();
    if (files.isEmpty()) {
      try (Stream<Path> found = Files.list(Benchmarks.results())) {
        files = found.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      }
    }
    System.out.println(table(files));
  }

  /** The table, in Markdown. */
  static String table(List<Path> files) throws IOException {
    Map<String, Map<String, Result>> cases = new LinkedHashMap<>();
    for (Path file : files) {
      for (Object result : (List<?>) JsonText.parse(Files.readString(file))) {
        add((Map<?, ?>) result, cases);
      }
    }
    StringBuilder table = new StringBuilder();
    table.append("| benchmark | contender | median ms | min - max | CPU ms |");
    table.append(" drawbar / it | min - max | of CPU |\n");
    table.append("|---|---|--:|--:|--:|--:|--:|--:|\n");
    cases.forEach((name, contenders) -> rows(name, contenders, table));
    return table.toString();
  }

  private static void add(Map<?, ?> result, Map<String, Map<String, Result>> cases) {
    String[] path = ((String) result.get("benchmark")).split("\\.");
    Map<Object, Object> params = new TreeMap<>();
    if (result.get("params") instanceof Map<?, ?> given) {
      params.putAll(given);
    }
    String shown =
        params.entrySet().stream()
            .map(param -> param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining(" "));
    Map<?, ?> metric = (Map<?, ?>) result.get("primaryMetric");
    if (!metric.get("scoreUnit").equals("ms/op")) {
      throw new IllegalArgumentException(
          "%s is in %s, not in ms/op".formatted(result.get("benchmark"), metric.get("scoreUnit")));
    }
    Object cpu =
        result.get("secondaryMetrics") instanceof Map<?, ?> others
            ? others.get(CpuTime.NAME)
            : null;
    cases
        .computeIfAbsent(path[path.length - 2] + " " + shown, name -> new LinkedHashMap<>())
        .put(path[path.length - 1], new Result(Times.of(metric), Times.of(cpu)));
  }

  private static void rows(String name, Map<String, Result> contenders, StringBuilder table) {
    Result ours = contenders.get(JobBenchmark.DRAWBAR);
    contenders.forEach(
        (contender, result) -> {
          Times times = result.wall;
          table.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %.0f | %.0f - %.0f | %s |",
                  name,
                  contender,
                  times.median(),
                  times.least(),
                  times.most(),
                  result.cpu.unknown()
                      ? ""
                      : String.format(Locale.ROOT, "%.0f", result.cpu.median())));
          table.append(ours == null || ours == result ? " | | |" : ratios(ours, result));
          table.append('\n');
        });
  }

  private static String ratios(Result ours, Result theirs) {
    String ofCpu =
        ours.cpu.unknown() || theirs.cpu.unknown()
            ? ""
            : String.format(Locale.ROOT, "%.2f", ours.cpu.median() / theirs.cpu.median());
    return String.format(
        Locale.ROOT,
        " %.2f | %.2f - %.2f | %s |",
        ours.wall.median() / theirs.wall.median(),
        ours.wall.least() / theirs.wall.most(),
        ours.wall.most() / theirs.wall.least(),
        ofCpu);
  }
}
