package io.drawbar.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineFactory;
import io.drawbar.spi.HeldData;
import io.drawbar.testkit.Variant.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every engine has to pass, and all it has to pass: if this is green, pipelines give the same
 * bits there as everywhere. An engine's module has one subclass:
 *
 * <pre>{@code
 * final class SparkContractTest extends EngineContractTest {
 *   @Override
 *   protected String engine() {
 *     return "spark";
 *   }
 * }
 * }</pre>
 *
 * <p>Each behaviour runs with leaves, blocks, parallelism and compression of all sizes, on rows
 * that are gathered and on rows that are held, two choices of which meet at least once, some with
 * hardly any memory, and gives the bytes that the embedded engine gives with one thread, the same
 * leaves and the same blocks, from plain files. No test can be left out.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
public abstract class EngineContractTest {
  /** How many random pipelines a real engine runs. */
  protected static final int RANDOM_PIPELINES = 30;

  private static final long RANDOM_SEED = 1;

  /** How many tasks run at once where all of them fail once. */
  private static final int RETRIED_TASKS = 2;

  private Path folder;
  private ContractData data;
  private EngineShelf engines;
  private EngineShelf reference;
  private final Map<String, Canonical> expected = new HashMap<>();
  private int settings;

  /** The value of {@code drawbar.engine} that means the engine. */
  protected abstract String engine();

  /** Configuration of the engine for a test: fast, small and in this process. */
  protected Config config(Config base) {
    return base;
  }

  /** How many tasks run at once, in turn. An engine is started anew for each, one at a time. */
  protected int[] parallelisms() {
    return new int[] {1, 2, 7};
  }

  /** How many random pipelines are run. */
  protected int randomPipelineCount() {
    return RANDOM_PIPELINES;
  }

  /** Whether a task that fails is tried again, as on a cluster. */
  protected boolean triesTasksAgain() {
    return true;
  }

  /** The combinations that are run; sorted by parallelism. */
  List<Variant> variants() {
    return Variant.pairwise(parallelisms());
  }

  /** Whether tasks run on threads, so that one can wait for another. */
  boolean runsTasksTogether() {
    return true;
  }

  /** Whether a program in a process of its own finds it. */
  boolean isFoundByName() {
    return true;
  }

  /** Starts the engine, through the factory that a session would find. */
  Engine start(int parallelism) {
    return start(engine(), parallelism, this::config);
  }

  private static Engine start(String name, int parallelism, UnaryOperator<Config> more) {
    Config config =
        more.apply(
            Config.of(
                "drawbar.engine", name, "drawbar.parallelism", Integer.toString(parallelism)));
    for (EngineFactory factory : ServiceLoader.load(EngineFactory.class)) {
      if (factory.name().equals(name)) {
        return factory.create(config);
      }
    }
    throw new AssertionError("no engine named '" + name + "' is listed in META-INF/services");
  }

  @BeforeAll
  protected final void prepare(@TempDir Path temporary) throws IOException {
    folder = temporary;
    data = ContractData.in(Files.createDirectory(folder.resolve("data")));
    engines = new EngineShelf(this::start, Variant::little);
    reference =
        new EngineShelf(parallelism -> start("local", parallelism, base -> base), Variant::layout);
  }

  @AfterAll
  protected final void close() {
    engines.close();
    reference.close();
  }

  /** What the engine gives is what the embedded engine gives with one thread, to the bit. */
  @TestFactory
  @Order(1)
  public final Stream<DynamicNode> sameBits() {
    List<Behaviour> simple = new ArrayList<>(Behaviours.all());
    simple.addAll(Refusals.all());
    List<Behaviour> all = new ArrayList<>(simple);
    all.addAll(RelationalBehaviours.all());
    all.addAll(RelationalRefusals.all());
    all.addAll(SuperstepBehaviours.all());
    all.addAll(QualityBehaviours.all());
    all.addAll(QualityBehaviours.refusals());
    // They run several times each: where all combinations are tried, they have but some.
    List<Variant> some = Variant.pairwise(parallelisms());
    return variants().stream()
        .map(
            variant ->
                DynamicContainer.dynamicContainer(
                    variant.toString(),
                    (some.contains(variant) ? all : simple)
                        .stream().map(b -> sameBits(b, variant))));
  }

  private DynamicTest sameBits(Behaviour behaviour, Variant variant) {
    return DynamicTest.dynamicTest(
        behaviour.name(),
        () -> {
          Canonical wanted = expected(behaviour, variant);
          Canonical found;
          try {
            found = run(engines, behaviour, variant, variant.packing());
          } catch (Exception | AssertionError e) {
            throw new AssertionError(where(behaviour, variant) + ": " + e, e);
          }
          found.mustEqual(wanted, where(behaviour, variant));
        });
  }

  /** Joins, sorts, folds, models, supersteps and writes whose tasks all fail once, unnoticed. */
  @TestFactory
  @Order(2)
  public final Stream<DynamicTest> tasksThatFailOnceChangeNothing() {
    if (!triesTasksAgain()) {
      return Stream.empty();
    }
    List<Behaviour> all = new ArrayList<>(RelationalBehaviours.all());
    all.addAll(Behaviours.all());
    all.addAll(SuperstepBehaviours.all());
    Variant variant = new Variant(64, 3, RETRIED_TASKS, Packing.PLAIN, Training.HELD);
    return all.stream()
        .map(
            behaviour ->
                DynamicTest.dynamicTest(
                    behaviour.name(),
                    () -> {
                      Canonical wanted = expected(behaviour, variant);
                      stumbling(behaviour, variant).mustEqual(wanted, where(behaviour, variant));
                    }));
  }

  private Canonical stumbling(Behaviour behaviour, Variant variant) throws IOException {
    StumblingEngine engine =
        new StumblingEngine(
            engines.engine(variant.parallelism()),
            Files.createTempDirectory(folder, "stumbles-"),
            StumblingEngine.Fall.THROW);
    try (Session session = Session.attach(engine, variant.layout(Config.of()))) {
      Canonical found = behaviour.work().run(setting(session, variant.packing()));
      assertTrue(engine.stumbles() > 0, "a task failed");
      return found;
    }
  }

  private String where(Behaviour behaviour, Variant variant) {
    return "%s on %s, %s".formatted(behaviour.name(), description(variant.parallelism()), variant);
  }

  /** The engine for messages; the one that makes chaos says by what seed. */
  private String description(int parallelism) {
    Engine running = engines.engine(parallelism);
    return running instanceof ChaosEngine ? running.toString() : "engine '" + engine() + "'";
  }

  private Canonical expected(Behaviour behaviour, Variant variant) {
    Packing packing = behaviour.says() == Behaviour.Says.ROWS ? Packing.PLAIN : variant.packing();
    Variant alone =
        new Variant(variant.leafBytes(), variant.blockRows(), 1, packing, Training.HELD);
    String key = behaviour + ", " + alone;
    Canonical known = expected.get(key);
    if (known == null) {
      known = run(reference, behaviour, alone, packing);
      expected.put(key, known);
    }
    return known;
  }

  private Canonical run(EngineShelf shelf, Behaviour behaviour, Variant variant, Packing packing) {
    try (Session session = shelf.session(variant)) {
      return behaviour.work().run(setting(session, packing));
    }
  }

  private Setting setting(Session session, Packing packing) {
    try {
      Path scratch = Files.createDirectory(folder.resolve("scratch-" + settings++));
      return new Setting(session, data, packing, scratch);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parallelism that comes last, whose engine is running after the others. */
  private int largest() {
    int[] parallelisms = parallelisms();
    return parallelisms[parallelisms.length - 1];
  }

  /** Shows something with many small units. */
  private void show(Consumer<Evidence> work) {
    Variant variant = new Variant(64, 3, largest(), Packing.PLAIN, Training.HELD);
    try (Session session = engines.session(variant)) {
      String name = description(variant.parallelism());
      work.accept(new Evidence(setting(session, Packing.PLAIN), name));
    }
  }

  @Test
  @Order(2)
  public final void manyLeavesAndBlocksMergeInOneRun() {
    show(Evidence::manyBlocksMerge);
  }

  @Test
  @Order(3)
  public final void twoTasksAreInFlightTogether() {
    if (runsTasksTogether()) {
      show(Evidence::tasksRunTogether);
    }
  }

  @Test
  @Order(4)
  public final void tasksEndOutOfOrder() {
    show(runsTasksTogether() ? Evidence::lastRangeEndsFirst : Evidence::framesArriveOutOfOrder);
  }

  @Test
  @Order(5)
  public final void noLeafIsReadOnTheDriver() {
    show(Evidence::driverReadsNoLeaf);
  }

  @Test
  @Order(6)
  public final void everyExchangeCarriesBytesByTheEnginesOwnCount() {
    show(Evidence::exchangesCarryBytes);
  }

  @Test
  @Order(7)
  public final void averagesOfRealDataAreTheSame() {
    sameOnSharedData(4096, SharedData::hoursByEducation);
  }

  @Test
  @Order(8)
  public final void wordsOfARealBookAreTheSame() {
    sameOnSharedData(4096, SharedData::wordCount);
  }

  @Test
  @Order(12)
  public final void modelsOfRealDataAreTheSame() {
    sameOnSharedData(4096, SharedData::wineRegression);
    sameOnSharedData(64, SharedData::longleyRegression);
  }

  private void sameOnSharedData(long leafBytes, BiFunction<SharedData, Session, Canonical> work) {
    Optional<SharedData> shared = SharedData.find();
    assumeTrue(shared.isPresent(), SharedData.MISSING);
    Variant many = new Variant(leafBytes, 4096, largest(), Packing.PLAIN, Training.HELD);
    Variant alone = new Variant(leafBytes, 4096, 1, Packing.PLAIN, Training.HELD);
    try (Session session = engines.session(many);
        Session local = reference.session(alone)) {
      Canonical found = work.apply(shared.get(), session);
      found.mustEqual(work.apply(shared.get(), local), description(largest()));
    }
  }

  @Test
  @Order(9)
  public final void mistakesFailInTheirLineAndRunNothing() {
    show(Evidence::mistakesRunNothing);
  }

  /** What the embedded engine is held against too: an oracle that takes a row at a time. */
  @Test
  @Order(10)
  public final void randomPipelines() {
    Engine running = new SharedEngine(engines.engine(largest()));
    RandomPipelines.run(
        RANDOM_SEED, randomPipelineCount(), pairs -> Session.attach(running, Config.of(pairs)));
  }

  @Test
  @Order(11)
  public final void theEngineSaysItsName() {
    assertEquals(engine(), engines.engine(largest()).capabilities().engine());
  }

  @Test
  @Order(13)
  public final void interruptedWriteLeavesNothing() {
    if (runsTasksTogether()) {
      show(Evidence::interruptedWriteLeavesNothing);
    }
  }

  /** Broken off here and taken up by the embedded engine, and the other way round. */
  @TestFactory
  @Order(14)
  public final Stream<DynamicTest> trainingsThatAreBrokenOffGoOnElsewhere() {
    return Stream.of(HeldTraining.values())
        .map(training -> DynamicTest.dynamicTest(training.name(), () -> brokenOff(training)));
  }

  private void brokenOff(HeldTraining training) throws IOException {
    Path states = Files.createTempDirectory(folder, "states-");
    for (BrokenOffTraining.Break where : BrokenOffTraining.Break.values()) {
      BrokenOffTraining.interruptAndResume(states, training, where, this::here, this::there);
      BrokenOffTraining.interruptAndResume(states, training, where, this::there, this::here);
    }
  }

  /** Its process is killed while it trains here, and the embedded engine goes on. */
  @Test
  @Order(14)
  public final void aProgramThatIsKilledGoesOnElsewhere() throws Exception {
    if (isFoundByName()) {
      BrokenOffTraining.killAndResume(
          Files.createTempDirectory(folder, "kill-"),
          HeldTraining.LOGISTIC,
          List.of("drawbar.engine=" + engine(), "drawbar.parallelism=2"),
          this::there);
    }
  }

  private Session here(Config config) {
    return on(engines.engine(largest()), config);
  }

  private Session there(Config config) {
    return on(reference.engine(2), config);
  }

  /** A byte decides where rows are, and of the model nothing. */
  @Test
  @Order(14)
  public final void rowsAreGatheredUpToTheLimit() {
    GatheringEvidence gathering =
        new GatheringEvidence(data, config -> on(engines.engine(largest()), config));
    gathering.rowsAreGatheredUpToTheLimit(description(largest()));
  }

  private static Session on(Engine engine, Config config) {
    return Session.attach(new SharedEngine(engine), config);
  }

  private HoldingEvidence holding() {
    return new HoldingEvidence(engines.engine(largest()), description(largest()));
  }

  @Test
  @Order(15)
  public final void closedRowsAreLetGoOf() throws InterruptedException {
    holding().closedRowsAreLetGoOf();
  }

  @Test
  @Order(15)
  public final void closingRowsEndsASuperstep() throws InterruptedException {
    holding().closingEndsASuperstep();
  }

  @Test
  @Order(15)
  public final void anotherSuperstepFollowsOneThatWasInterrupted() throws InterruptedException {
    holding().anotherSuperstepFollowsOneThatWasInterrupted();
  }

  /** The last one, since the engine is gone afterwards. */
  @Test
  @Order(16)
  public final void closingEndsARunLetsGoOfRowsAndIsForGood() throws InterruptedException {
    HoldingEvidence holding = holding();
    Optional<HeldData> held = holding.hold();
    if (runsTasksTogether()) {
      show(evidence -> evidence.closingEndsARun(engines::close));
    }
    engines.close();
    if (held.isPresent()) {
      holding.isLetGoOf(held.get());
    }
  }
}
