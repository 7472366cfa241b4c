package io.drawbar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.drawbar.Session;
import io.drawbar.config.Config;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Param;

/**
 * On small inputs, each program written by hand gives the answer that the generator knows, and so
 * does Drawbar: on the engines of the class path, which are all with {@code -Pall-engines}.
 */
class ContendersTest {
  private static final int FEATURES = 5;
  private static final int TRAINING_ROWS = 5_000;

  @TempDir private static Path folder;

  private static final Map<Job, Input> INPUTS = new EnumMap<>(Job.class);

  /** MLlib makes a pass over the rows for each penalty. */
  @BeforeAll
  static void takeFewPenalties() {
    System.setProperty(LassoPathTraining.PENALTIES, "5");
  }

  @AfterAll
  static void takeAllPenalties() {
    System.clearProperty(LassoPathTraining.PENALTIES);
  }

  @BeforeAll
  static void makeInputs() {
    INPUTS.put(Job.WORD_COUNT, Input.in(folder, "words", Words.generator(300_000)));
    INPUTS.put(Job.KEYED_AVERAGE, Input.in(folder, "readings", Readings.generator(30_000, 7_000)));
    INPUTS.put(Job.JOIN, Input.in(folder, "orders", Orders.generator(20_000, 3_000)));
    INPUTS.put(Job.SORT, Input.in(folder, "sorted", Readings.sorted(20_000)));
    INPUTS.put(
        Job.REGRESSION_FROM_CSV, Input.in(folder, "plane", Plane.generator(10_000, FEATURES)));
    INPUTS.put(Job.READ_CSV, numbers(NumberRows.CSV, NumberRows.SHORT));
    INPUTS.put(Job.READ_JSON, numbers(NumberRows.JSON, NumberRows.FULL_17));
    INPUTS.put(Job.READ_LIBSVM, numbers(NumberRows.LIBSVM, NumberRows.SHORT));
    INPUTS.put(Job.WRITE_CSV, INPUTS.get(Job.READ_CSV));
    INPUTS.put(
        Job.READ_PARQUET,
        Input.in(folder, "parquet", ParquetRows.generator(10_000, ParquetRows.REPEATED)));
    INPUTS.put(Job.SUPERSTEPS, Input.in(folder, "numbers", Numbers.generator(3_000, 1_024)));
    INPUTS.put(Job.REGRESSION_FROM_CACHE, INPUTS.get(Job.REGRESSION_FROM_CSV));
  }

  private static Input numbers(NumberRows format, String cells) {
    return Input.in(folder, "numbers-" + format, format.generator(10_000, cells));
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
      case SORT -> List.of(SortBenchmark.portable(session));
      case REGRESSION_FROM_CSV -> List.of(LinearRegressionBenchmark.portable(session, FEATURES));
      case REGRESSION_FROM_CACHE ->
          List.of(new LinearRegressionBenchmark.FromCache(session, FEATURES));
      case READ_CSV -> List.of(ReadBenchmark.csv(session));
      case READ_JSON -> List.of(ReadBenchmark.json(session));
      case READ_LIBSVM -> List.of(LibsvmReadBenchmark.portable(session));
      case WRITE_CSV -> List.of(CsvWriteBenchmark.portable(session));
      case READ_PARQUET -> List.of(ParquetReadBenchmark.portable(session));
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
          check(job, program);
        }
      }
    }
  }

  private static void check(Job job, Contender program) throws Exception {
    Input input = INPUTS.get(job);
    program.prepare(input);
    double[] found = program.run(input);
    double[] written = WriteJob.checked(input);
    input.checked(written.length == 0 ? found : written);
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
          check(job, example);
        }
      }
    }
  }

  /** Each trainer of each library, from memory and from a file, is as good as it may be. */
  @TestFactory
  Stream<DynamicTest> trainersFindWhatThereIsToFind() {
    return engines().stream().map(engine -> DynamicTest.dynamicTest(engine, () -> train(engine)));
  }

  private static void train(String engine) throws Exception {
    try (Session session = Session.open(Config.of("drawbar.engine", engine))) {
      for (Training training : Training.ALL) {
        for (String from : Training.FROM) {
          check(training, "drawbar", TrainBenchmark.portable(session, training, from));
        }
      }
    }
    try (ByHand programs = ByHand.on(engine)) {
      programs.start();
      for (Training training : Training.ALL) {
        for (String from : Training.FROM) {
          for (String name : programs.contenders(training.from(from))) {
            check(training, name, programs.contender(training.from(from), name));
          }
        }
      }
    }
  }

  private static Input small(Training training) {
    String name = "train-" + training.data().file().replace(".csv", "");
    return Input.in(folder, name, training.data().generator(TRAINING_ROWS));
  }

  private static void check(Training training, String name, Contender program) throws Exception {
    Input input = small(training);
    TrainingRows rows = training.read(input);
    program.prepare(input);
    training.checked(name, program.run(input), rows, training.least(input, rows));
  }

  @Test
  void aTrainerThatStopsShortIsFound() {
    Training training = Training.named("logistic");
    Input input = small(training);
    TrainingRows rows = training.read(input);
    double least = training.least(input, rows);
    double[] early = training.byHand(rows, 1e-2);
    assertThatThrownBy(() -> training.checked("drawbar", early, rows, least))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("logistic by drawbar: an objective of");
    double[] half =
        training.byHand(
            new TrainingRows(java.util.Arrays.copyOf(rows.rows(), TRAINING_ROWS / 2)), 1e-6);
    assertThatThrownBy(() -> training.checked("drawbar", half, rows, least))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Each of the four that are looked at counts, and so does the intercept. */
  @Test
  void aPathThatIsWrongAtOnePenaltyIsFound() {
    Training training = Training.named("lassoPath");
    Input input = small(training);
    TrainingRows rows = training.read(input);
    double least = training.least(input, rows);
    int width = 1 + rows.features();
    double[] right = training.byHand(rows, 1e-6);
    assertThat(right).hasSize(4 * width);
    training.checked("drawbar", right, rows, least);
    for (int k = 0; k < 4; k++) {
      for (int j : new int[] {0, width - 1}) {
        double[] wrong = right.clone();
        wrong[k * width + j] += 0.001;
        assertThatThrownBy(() -> training.checked("drawbar", wrong, rows, least))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("lassoPath by drawbar: an objective of");
      }
    }
  }

  @Test
  void penaltiesGoFromNothingToAThousandth() {
    Training training = Training.named("lassoPath");
    TrainingRows rows = training.read(small(training));
    double[] penalties = LassoPathTraining.penalties(rows);
    assertThat(penalties).hasSize(5);
    assertThat(penalties[4] / penalties[0]).isCloseTo(1e-3, within(1e-12));
    double[] learned = training.byHand(rows, 1e-6);
    double[] first = java.util.Arrays.copyOfRange(learned, 1, 1 + rows.features());
    assertThat(java.util.Arrays.stream(first).filter(b -> Math.abs(b) > 1e-12)).isEmpty();
    assertThat(LassoPathTraining.lookedAt(100)).containsExactly(0, 33, 66, 99);
    assertThat(LassoPathTraining.lookedAt(5)).containsExactly(0, 1, 2, 4);
  }

  /** It is not that anything would do: one normal distribution, ten times, is too far away. */
  @Test
  void aMixtureOfTheSameIsFound() {
    Training training = Training.named("gmm");
    Input input = small(training);
    TrainingRows rows = training.read(input);
    double least = training.least(input, rows);
    double[] one = NormalMixture.around(new double[rows.features()], rows).numbers();
    int components = GaussianMixtureTraining.COMPONENTS;
    double[] all = new double[components * one.length];
    for (int k = 0; k < components; k++) {
      System.arraycopy(one, 0, all, k * one.length, one.length);
      all[k * one.length] = 1.0 / components;
    }
    assertThatThrownBy(() -> training.checked("drawbar", all, rows, least))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("gmm by");
  }

  @Test
  void allTrainersAreParameters() throws Exception {
    Param trainers = TrainBenchmark.class.getField("trainer").getAnnotation(Param.class);
    assertThat(trainers.value())
        .containsExactlyElementsOf(Training.ALL.stream().map(Training::name).toList());
  }

  @Test
  void aTrainerThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Training.named("forest"))
        .hasMessageContaining("'forest'")
        .hasMessageContaining("logistic");
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
