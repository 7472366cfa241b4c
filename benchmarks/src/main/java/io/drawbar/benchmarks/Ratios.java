package io.drawbar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * spread, and the median of {@code drawbar} over that of each other contender of the same benchmark
 * and parameters. Below 1, Drawbar is faster.
 */
public final class Ratios {

  /** What one contender took, in milliseconds. */
  private record Times(double[] sorted) {
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
    Map<String, Map<String, Times>> cases = new LinkedHashMap<>();
    for (Path file : files) {
      for (Object result : (List<?>) JsonText.parse(Files.readString(file))) {
        add((Map<?, ?>) result, cases);
      }
    }
    StringBuilder table = new StringBuilder();
    table.append("| benchmark | contender | median ms | min - max | drawbar / it | min - max |\n");
    table.append("|---|---|--:|--:|--:|--:|\n");
    cases.forEach((name, contenders) -> rows(name, contenders, table));
    return table.toString();
  }

  private static void add(Map<?, ?> result, Map<String, Map<String, Times>> cases) {
    String[] path = ((String) result.get("benchmark")).split("\\.");
    Map<String, Object> params = new TreeMap<>();
    if (result.get("params") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> params.put((String) name, value));
    }
    String shown =
        params.entrySet().stream()
            .map(param -> param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining(" "));
    Map<?, ?> metric = (Map<?, ?>) result.get("primaryMetric");
    String unit = (String) metric.get("scoreUnit");
    if (!unit.equals("ms/op")) {
      throw new IllegalArgumentException(
          "%s is in %s, not in ms/op".formatted(path[path.length - 1], unit));
    }
    List<Double> times = new ArrayList<>();
    for (Object fork : (List<?>) metric.get("rawData")) {
      for (Object time : (List<?>) fork) {
        times.add((Double) time);
      }
    }
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    cases
        .computeIfAbsent(path[path.length - 2] + " " + shown, name -> new LinkedHashMap<>())
        .put(path[path.length - 1], new Times(sorted));
  }

  private static void rows(String name, Map<String, Times> contenders, StringBuilder table) {
    Times ours = contenders.get(JobBenchmark.DRAWBAR);
    contenders.forEach(
        (contender, times) -> {
          table.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %.0f | %.0f - %.0f |",
                  name,
                  contender,
                  times.median(),
                  times.least(),
                  times.most()));
          boolean compared = ours != null && times != ours;
          table.append(
              compared
                  ? String.format(
                      Locale.ROOT,
                      " %.2f | %.2f - %.2f |%n",
                      ours.median() / times.median(),
                      ours.least() / times.most(),
                      ours.most() / times.least())
                  : String.format(" | |%n"));
        });
  }
}
