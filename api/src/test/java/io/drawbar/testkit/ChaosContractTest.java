package io.drawbar.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.spi.Engine;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

/** All layouts of the contract, with everything that may happen happening. */
final class ChaosContractTest extends EngineContractTest {
  private static final long SEED = 1_000_000;

  private final ChaosTally tally = new ChaosTally();
  private int started;

  @Override
  protected String engine() {
    return "chaos";
  }

  @Override
  protected int randomPipelineCount() {
    return 500;
  }

  @Override
  List<Variant> variants() {
    return Variant.layouts(parallelisms());
  }

  @Override
  boolean runsTasksTogether() {
    return false;
  }

  @Override
  boolean isFoundByName() {
    return false;
  }

  @Override
  Engine start(int parallelism) {
    return new ChaosEngine(SEED * ++started, parallelism, Fault.NONE, tally);
  }

  @AfterAll
  void everyKindOfChaosHappened() {
    String seen = tally.toString();
    assertThat(tally.givenUp).as(seen).isGreaterThan(100);
    assertThat(tally.dropped).as(seen).isGreaterThan(100);
    assertThat(tally.scattered).as(seen).isGreaterThan(100);
    assertThat(tally.merges).as(seen).isGreaterThan(100);
    assertThat(tally.silenced).as(seen).isGreaterThan(10);
    assertThat(tally.mostTogether).as(seen).isEqualTo(7);
    System.getLogger(ChaosContractTest.class.getName()).log(System.Logger.Level.INFO, seen);
  }

  /** Chaos gives attempts up by itself. */
  @Override
  protected boolean triesTasksAgain() {
    return false;
  }
}
