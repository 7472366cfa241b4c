package io.drawbar.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Optional;

/**
 * Runs one benchmark on some engines, each with the contenders that it has, keeps JMH's results as
 * JSON and prints the {@link Ratios}.
 */
public final class Benchmarks {

  /** Where results are kept; a system property, because the working directory may be anywhere. */
  static final String RESULTS = "benchmarks.results";

  private static final String FROM = "from";
  private static final String TRAINER = "trainer";

  /** What is timed in this process, by JMH alone. */
  private static final Set<String> PLAIN = Set.of("GradientBenchmark", "ScoreBenchmark");

  private static final List<String> NAMES =
      List.of(
          "CsvReadBenchmark",
          "CsvWriteBenchmark",
          "JoinBenchmark",
          "JsonReadBenchmark",
          "KeyedAverageBenchmark",
          "LibsvmReadBenchmark",
          "LinearRegressionBenchmark",
          "ParquetReadBenchmark",
          "SortBenchmark",
          "SuperstepBenchmark",
          "TrainBenchmark",
          "WordCountBenchmark");

  /** Where programs take longer than 20 seconds: one run to warm up and three that count. */
  private static final Set<String> SLOW = Set.of("mapreduce");

  private Benchmarks() {}

  /**
   * Runs them.
   *
   * @param arguments the name of a class, engines separated by commas, then what JMH takes
   */
  public static void main(String[] arguments) throws Exception {
    String name = arguments[0];
    String[] engines = arguments[1].split(",");
    CommandLineOptions options =
        new CommandLineOptions(
            List.of(arguments).subList(2, arguments.length).toArray(new String[0]));
    if (PLAIN.contains(name)) {
      plain(name, options);
      return;
    }
    Path file = results().resolve(name + "-" + String.join("-", engines) + ".json");
    List<RunResult> results = new ArrayList<>();
    for (String engine : engines) {
      results.addAll(run(name, engine, options));
    }
    write(results, file);
    System.out.println(Ratios.table(List.of(file)));
    System.out.println("Results of JMH: " + file.toAbsolutePath());
  }

  /** JMH's own table says it all: time, and what is allocated. */
  private static void plain(String name, CommandLineOptions given) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .parent(given)
                .include("\\.%s\\.".formatted(name))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .build())
        .run();
  }

  static Path results() {
    return Path.of(System.getProperty(RESULTS, "target/benchmarks"));
  }

  private static List<RunResult> run(String name, String engine, CommandLineOptions options)
      throws RunnerException, ReflectiveOperationException {
    List<RunResult> results = new ArrayList<>();
    for (Turn turn : turns(name, engine)) {
      if (turn.isWanted(options)) {
        results.addAll(new Runner(options(name, engine, turn, options)).run());
      }
    }
    return results;
  }

  private static Options options(String name, String engine, Turn turn, CommandLineOptions given) {
    ChainedOptionsBuilder builder =
        new OptionsBuilder()
            .parent(given)
            .include("\\.%s\\.(%s)$".formatted(name, String.join("|", turn.contenders())))
            .param("engine", engine)
            .addProfiler(CpuTime.class)
            .shouldDoGC(true)
            .shouldFailOnError(true);
    turn.parameters().forEach((parameter, value) -> builder.param(parameter, value));
    if (SLOW.contains(engine) && !given.getMeasurementIterations().hasValue()) {
      builder.warmupIterations(1).measurementIterations(3);
    }
    return builder.build();
  }

  /**
   * Contenders that are timed with the same parameters.
   *
   * @param parameters those that decide which contenders there are
   */
  private record Turn(Map<String, String> parameters, Set<String> contenders) {
    boolean isWanted(CommandLineOptions options) {
      return parameters.entrySet().stream()
          .allMatch(
              parameter -> {
                Optional<Collection<String>> wanted = options.getParameter(parameter.getKey());
                return !wanted.hasValue() || wanted.get().contains(parameter.getValue());
              });
    }
  }

  private static List<Turn> turns(String name, String engine) throws ReflectiveOperationException {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "no benchmark is named '%s'; there are: %s, %s"
              .formatted(name, String.join(", ", NAMES), String.join(", ", new TreeSet<>(PLAIN))));
    }
    ByHand programs = ByHand.on(engine);
    JobBenchmark benchmark =
        (JobBenchmark)
            Class.forName(Benchmarks.class.getPackageName() + "." + name)
                .getDeclaredConstructor()
                .newInstance();
    if (benchmark instanceof LinearRegressionBenchmark) {
      // An engine without a contender for rows in memory is not timed there.
      return Stream.of("cached", "csv")
          .filter(from -> !programs.contenders(LinearRegressionBenchmark.job(from)).isEmpty())
          .map(
              from ->
                  new Turn(
                      Map.of(FROM, from),
                      contenders(programs, LinearRegressionBenchmark.job(from))))
          .toList();
    }
    if (benchmark instanceof TrainBenchmark) {
      return Training.ALL.stream()
          .flatMap(training -> Training.FROM.stream().map(from -> turn(programs, training, from)))
          .toList();
    }
    return List.of(new Turn(Map.of(), contenders(programs, benchmark.job())));
  }

  private static Turn turn(ByHand programs, Training training, String from) {
    return new Turn(
        Map.of(TRAINER, training.name(), FROM, from), contenders(programs, training.from(from)));
  }

  private static Set<String> contenders(ByHand programs, Work job) {
    Set<String> names = new LinkedHashSet<>();
    names.add(JobBenchmark.DRAWBAR);
    if (job == Job.WORD_COUNT) {
      names.add(JobBenchmark.DRAWBAR_TYPED);
    }
    names.addAll(programs.contenders(job));
    return names;
  }

  private static void write(List<RunResult> results, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
  }
}
