package io.drawbar.testkit;

import io.drawbar.Session;
import io.drawbar.config.Config;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Random pipelines over random data, held against a row-at-a-time oracle: value by value, doubles
 * to the bit, in order; errors by their type. Parts that are written and messages of errors are
 * held against engine {@code local} with one task.
 *
 * <pre>{@code
 * RandomPipelines.run(
 *     1, 30, pairs -> Session.open(Config.of(pairs).with("drawbar.engine", "spark")));
 * }</pre>
 *
 * <p>A pipeline that fails is made smaller, and printed as a Java program with its seed.
 */
public final class RandomPipelines {
  private RandomPipelines() {}

  /** Where sessions on the engine under test come from. */
  @FunctionalInterface
  public interface SessionSource {
    /**
     * A session, which is closed after use.
     *
     * @param configPairs keys and values in turn: leaves, blocks, and {@code drawbar.parallelism},
     *     which an engine that is started once for many pipelines need not follow
     */
    Session open(String... configPairs);
  }

  /**
   * Checks the pipelines of seeds that follow each other.
   *
   * @throws AssertionError for the first that fails
   */
  public static void run(long firstSeed, int count, SessionSource sessions) {
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      check(seed, sessions);
    }
  }

  /**
   * Checks the pipeline of a seed.
   *
   * @throws AssertionError if its result is not the oracle's
   */
  public static void check(long seed, SessionSource sessions) {
    check(seed, sessions, new RowOracle());
  }

  static void check(long seed, SessionSource sessions, RowOracle oracle) {
    check(seed, sessions, oracle, PipelineCheck.Messages.COMPARED);
  }

  /** As {@link #run}, but of several errors any may be reported, as long as one is. */
  public static void runWithAnyError(long firstSeed, int count, SessionSource sessions) {
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      check(seed, sessions, new RowOracle(), PipelineCheck.Messages.ANY);
    }
  }

  private static void check(
      long seed, SessionSource sessions, RowOracle oracle, PipelineCheck.Messages messages) {
    PipelineCheck check = new PipelineCheck(sessions, RandomPipelines::local, oracle, messages);
    GeneratedPipeline pipeline = PipelineGenerator.generate(seed);
    String difference = check.difference(pipeline);
    if (difference != null) {
      throw new AssertionError(new Shrinking(check).report(pipeline, difference));
    }
  }

  /** The pipeline of a seed as a Java program. */
  public static String program(long seed) {
    return PipelineProgram.of(PipelineGenerator.generate(seed));
  }

  /**
   * How many of the pipelines use each source, step, operator with its types, cast, function,
   * aggregate, terminal and layout.
   */
  public static SortedMap<String, Integer> coverage(long firstSeed, int count) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (long seed = firstSeed; seed < firstSeed + count; seed++) {
      GeneratedPipeline pipeline = PipelineGenerator.generate(seed);
      pipeline.countFeatures(counts);
      Outcome expected = PipelineRun.expected(pipeline, new RowOracle());
      String end =
          expected.failures().isEmpty() ? "rows" : expected.failures().get(0).getSimpleName();
      boolean isEmpty = expected.failures().isEmpty() && expected.lines().size() == 1;
      counts.merge("ends with " + (isEmpty ? "nothing" : end), 1, Integer::sum);
    }
    return counts;
  }

  private static Session local(String... configPairs) {
    List<String> pairs = new ArrayList<>(Arrays.asList(configPairs));
    pairs.addAll(List.of("drawbar.engine", "local"));
    return Session.open(Config.of(pairs.toArray(String[]::new)));
  }
}
