package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.io.Csv;
import io.drawbar.spi.EngineException;
import io.drawbar.testkit.Behaviour.Work;
import io.drawbar.testkit.Faults.Counted;
import io.drawbar.testkit.Faults.Delivery;
import io.drawbar.testkit.Faults.Receiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of engines and kernels, planted one at a time: each is caught, either because the run ends
 * with an error or because the contract's comparison with the embedded engine fails. Each test also
 * runs without its fault, and then nothing is found.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PlantedFaultsTest {
  private static final int SEEDS = 20;
  private static final Variant VARIANT =
      new Variant(64, 3, 3, Packing.PLAIN, Variant.Training.HELD);

  /** What became of a run with a fault in it. */
  private enum Outcome {
    /** It ended with an EngineException. */
    REFUSED,
    /** It gave another result, which the contract finds. */
    DIFFERENT,
    /** It ended with another error. */
    BROKEN,
    /** It gave the right result: nobody would notice. */
    SAME
  }

  private static final Work COLLECT = s -> Canonical.of(s.readings().collect());
  private static final Work GROUP = s -> Canonical.of(Behaviours.groupsOfGroups(s).collect());
  private static final Work JOIN = s -> Canonical.of(RelationalBehaviours.hotPairs(s).collect());
  private static final Work SORT = s -> Canonical.of(s.readings().sortBy("heat").collect());
  private static final Work FOLD = s -> s.readings().reduce(new BlockFolds("heat")).canonical();
  private static final Work WRITE =
      s -> {
        s.readings().write(Csv.to(s.target().toString()));
        return Canonical.ofFolder(s.target());
      };

  private final Map<Work, Canonical> expected = new HashMap<>();
  private Path folder;
  private ContractData data;
  private int settings;

  @BeforeAll
  void makeData(@TempDir Path temporary) throws IOException {
    folder = temporary;
    data = ContractData.in(Files.createDirectory(folder.resolve("data")));
  }

  private Canonical run(Session session, Work work) throws IOException {
    try (session) {
      Path scratch = Files.createDirectory(folder.resolve("scratch-" + settings++));
      return work.run(new Setting(session, data, Packing.PLAIN, scratch));
    }
  }

  /** What the embedded engine gives. */
  private Canonical local(Work work) throws IOException {
    Config config = Config.of("drawbar.engine", "local", "drawbar.parallelism", "1");
    return run(Session.open(VARIANT.layout(config)), work);
  }

  /** The right result, which all seeds give without a fault. */
  private Canonical expected(Work work) throws IOException {
    Canonical known = expected.get(work);
    if (known == null) {
      known = local(work);
      for (long seed = 0; seed < SEEDS; seed++) {
        run(session(seed, Fault.NONE), work).mustEqual(known, "seed " + seed + ", no fault");
      }
      expected.put(work, known);
    }
    return known;
  }

  /** How the runs with a fault in them ended, of many seeds. */
  private Map<Outcome, Integer> outcomes(Work work, Counted fault) throws IOException {
    Canonical right = expected(work);
    Map<Outcome, Integer> outcomes = new TreeMap<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      int before = fault.spoiled;
      Outcome outcome;
      try {
        outcome = run(session(seed, fault), work).equals(right) ? Outcome.SAME : Outcome.DIFFERENT;
      } catch (EngineException e) {
        outcome = Outcome.REFUSED;
      } catch (RuntimeException e) {
        outcome = Outcome.BROKEN;
      }
      if (fault.spoiled > before) {
        outcomes.merge(outcome, 1, Integer::sum);
      }
    }
    return outcomes;
  }

  private static Session session(long seed, Fault fault) {
    ChaosEngine engine = new ChaosEngine(seed, VARIANT.parallelism(), fault, new ChaosTally());
    return Session.attach(engine, VARIANT.layout(Config.of()));
  }

  /** A fault that always ends the run, wherever it strikes. */
  private void isRefused(Receiver receiver, Delivery fault, Work... works) throws IOException {
    for (Work work : works) {
      Map<Outcome, Integer> outcomes = outcomes(work, Faults.delivering(receiver, fault));
      assertThat(outcomes).as("seeds 0 to %d", SEEDS - 1).containsOnlyKeys(Outcome.REFUSED);
      assertThat(outcomes.get(Outcome.REFUSED)).isGreaterThan(SEEDS / 2);
    }
  }

  /** A fault that shows in results, though not in those of every seed. */
  private void isSeen(Counted fault, Work... works) throws IOException {
    for (Work work : works) {
      Map<Outcome, Integer> outcomes = outcomes(work, fault);
      assertThat(outcomes.getOrDefault(Outcome.DIFFERENT, 0))
          .as("results that differ: %s", outcomes)
          .isGreaterThan(SEEDS / 2);
    }
  }

  @Test
  void plainFloatingMergeOfPartialsIsSeen() throws IOException {
    Work plain = s -> Canonical.ofValues(s.readings().reduce(new PlainSums("heat")).value());
    Set<Canonical> results = new HashSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      results.add(run(session(seed, Fault.NONE), plain));
    }
    // Whichever of them the embedded engine happens to give, most seeds give another.
    assertThat(results).as("results of %d seeds", SEEDS).hasSizeGreaterThan(2);
  }

  @Test
  void splitsOfTheEngineAsLeavesAreSeen() throws IOException {
    isSeen(Faults.ownLeaves(200), FOLD, WRITE);
  }

  @Test
  void orderOfAHashMapIsSeen() throws IOException {
    isSeen(Faults.delivering(Receiver.DRIVER, Faults::orderByHash), COLLECT);
  }

  @Test
  void taskCountedTwiceIsRefused() throws IOException {
    isRefused(Receiver.DRIVER, Faults::countTwice, COLLECT, FOLD, WRITE);
    isRefused(Receiver.TASK, Faults::countTwice, GROUP, JOIN, SORT);
  }

  @Test
  void taskLostIsRefused() throws IOException {
    isRefused(Receiver.DRIVER, Faults::loseTask, COLLECT, FOLD, WRITE);
    isRefused(Receiver.TASK, Faults::loseTask, GROUP, JOIN, SORT);
  }

  @Test
  void frameLostIsRefused() throws IOException {
    isRefused(Receiver.DRIVER, Faults::loseFrame, COLLECT, WRITE);
    isRefused(Receiver.TASK, Faults::loseFrame, GROUP, JOIN, SORT);
  }

  @Test
  void frameRepeatedIsRefused() throws IOException {
    isRefused(Receiver.DRIVER, Faults::repeatFrame, COLLECT, FOLD, WRITE);
    isRefused(Receiver.TASK, Faults::repeatFrame, GROUP, JOIN, SORT);
  }

  @Test
  void bitFlippedIsRefused() throws IOException {
    isRefused(Receiver.DRIVER, Faults::flipBit, COLLECT, FOLD, WRITE);
    isRefused(Receiver.TASK, Faults::flipBit, GROUP, JOIN, SORT);
  }

  @Test
  void frameCutIsRefused() throws IOException {
    isRefused(Receiver.DRIVER, Faults::cutFrame, COLLECT, FOLD, WRITE);
    isRefused(Receiver.TASK, Faults::cutFrame, GROUP, JOIN, SORT);
  }
}
