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
import java.util.Set;
import java.util.stream.Stream;
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

  private static final List<String> NAMES =
      List.of(
          "JoinBenchmark",
          "KeyedAverageBenchmark",
          "LinearRegressionBenchmark",
          "SuperstepBenchmark",
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
    Path file = results().resolve(name + "-" + String.join("-", engines) + ".json");
    List<RunResult> results = new ArrayList<>();
    for (String engine : engines) {
      results.addAll(run(name, engine, options));
    }
    write(results, file);
    System.out.println(Ratios.table(List.of(file)));
    System.out.println("Results of JMH: " + file.toAbsolutePath());
  }

  static Path results() {
    return Path.of(System.getProperty(RESULTS, "target/benchmarks"));
  }

  private static List<RunResult> run(String name, String engine, CommandLineOptions options)
      throws RunnerException, ReflectiveOperationException {
    List<RunResult> results = new ArrayList<>();
    Optional<Collection<String>> wanted = options.getParameter(FROM);
    for (Turn turn : turns(name, engine)) {
      if (turn.from() == null || !wanted.hasValue() || wanted.get().contains(turn.from())) {
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
    if (turn.from() != null) {
      builder.param(FROM, turn.from());
    }
    if (SLOW.contains(engine) && !given.getMeasurementIterations().hasValue()) {
      builder.warmupIterations(1).measurementIterations(3);
    }
    return builder.build();
  }

  /**
   * Contenders that are timed with the same parameters.
   *
   * @param from the parameter of that name; null if there is none
   */
  private record Turn(String from, Set<String> contenders) {}

  private static List<Turn> turns(String name, String engine) throws ReflectiveOperationException {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "no benchmark is named '%s'; there are: %s".formatted(name, String.join(", ", NAMES)));
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
          .map(from -> new Turn(from, contenders(programs, LinearRegressionBenchmark.job(from))))
          .toList();
    }
    return List.of(new Turn(null, contenders(programs, benchmark.job())));
  }

  private static Set<String> contenders(ByHand programs, Job job) {
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
