package io.drawbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Session;
import io.drawbar.config.Config;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * On small inputs, each program written by hand gives the answer that the generator knows, and so
 * does Drawbar: on the engines of the class path, which are all with {@code -Pall-engines}.
 */
class ContendersTest {
  private static final int FEATURES = 5;

  @TempDir private static Path folder;

  private static final Map<Job, Input> INPUTS = new EnumMap<>(Job.class);

  @BeforeAll
  static void makeInputs() {
    INPUTS.put(Job.WORD_COUNT, Input.in(folder, "words", Words.generator(300_000)));
    INPUTS.put(Job.KEYED_AVERAGE, Input.in(folder, "readings", Readings.generator(30_000, 7_000)));
    INPUTS.put(Job.JOIN, Input.in(folder, "orders", Orders.generator(20_000, 3_000)));
    INPUTS.put(
        Job.REGRESSION_FROM_CSV, Input.in(folder, "plane", Plane.generator(10_000, FEATURES)));
    INPUTS.put(Job.SUPERSTEPS, Input.in(folder, "numbers", Numbers.generator(3_000, 1_024)));
    INPUTS.put(Job.REGRESSION_FROM_CACHE, INPUTS.get(Job.REGRESSION_FROM_CSV));
  }

  private static List<String> engines() {
    return Stream.of("local", "spark", "flink", "mapreduce")
        .filter(
            engine -> {
              try {
                ByHand.on(engine);
                return true;
              } catch (IllegalArgumentException e) {
                return false;
              }
            })
        .toList();
  }

  private static List<Contender> portable(Job job, Session session) {
    return switch (job) {
      case WORD_COUNT ->
          List.of(WordCountBenchmark.portable(session), WordCountBenchmark.portableTyped(session));
      case KEYED_AVERAGE -> List.of(KeyedAverageBenchmark.portable(session));
      case JOIN -> List.of(JoinBenchmark.portable(session));
      case REGRESSION_FROM_CSV -> List.of(LinearRegressionBenchmark.portable(session, FEATURES));
      case REGRESSION_FROM_CACHE ->
          List.of(new LinearRegressionBenchmark.FromCache(session, FEATURES));
      case SUPERSTEPS -> List.of(SuperstepBenchmark.portable(session));
    };
  }

  /** One start of an engine for all of its jobs: a cluster takes longer than they do. */
  @TestFactory
  Stream<DynamicTest> programsByHandAreRight() {
    return engines().stream().map(engine -> DynamicTest.dynamicTest(engine, () -> byHand(engine)));
  }

  private static void byHand(String engine) throws Exception {
    try (ByHand programs = ByHand.on(engine)) {
      programs.start();
      for (Job job : Job.values()) {
        for (String name : programs.contenders(job)) {
          Contender program = programs.contender(job, name);
          program.prepare(INPUTS.get(job));
          INPUTS.get(job).checked(program.run(INPUTS.get(job)));
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> theExamplesAreRight() {
    return engines().stream()
        .map(engine -> DynamicTest.dynamicTest(engine, () -> examples(engine)));
  }

  private static void examples(String engine) throws Exception {
    try (Session session = Session.open(Config.of("drawbar.engine", engine))) {
      for (Job job : Job.values()) {
        for (Contender example : portable(job, session)) {
          example.prepare(INPUTS.get(job));
          INPUTS.get(job).checked(example.run(INPUTS.get(job)));
        }
      }
    }
  }

  @Test
  void aProgramThatLeavesWorkOutIsFound() {
    Input input = INPUTS.get(Job.KEYED_AVERAGE);
    double[] lacksOne = input.answer().clone();
    lacksOne[0]--;
    assertThatThrownBy(() -> input.checked(lacksOne))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a wrong answer");
    double[] lacksAReading = input.answer().clone();
    lacksAReading[1] -= 0.01;
    assertThatThrownBy(() -> input.checked(lacksAReading))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aMissingEngineIsNamed() {
    assertThatThrownBy(() -> ByHand.on("beam")).hasMessageContaining("'beam'");
  }

  @Test
  void inputsAreReused() {
    Input again =
        Input.in(
            folder,
            "words",
            unused -> {
              throw new AssertionError("made again");
            });
    assertThat(again.answer()).isEqualTo(INPUTS.get(Job.WORD_COUNT).answer());
  }
}
