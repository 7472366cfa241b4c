package io.drawbar.testkit;

import static io.drawbar.testkit.HeldNumbers.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.testkit.HeldNumbers.Sum;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * Shows that an engine keeps the contract of {@link HeldData}, whoever breaks off what when. One
 * that holds nothing has nothing to show.
 */
final class HoldingEvidence {
  private static final int NUMBERS = 1_000;

  /**
   * How long a block takes in a superstep that is to be broken off: all of them take so long that
   * it comes to its end only if nobody breaks it off.
   */
  private static final long BLOCK_MILLIS = 200;

  private static final long PATIENCE_SECONDS = 60;

  /** Tasks of all engines in tests run in this process. */
  private static volatile CountDownLatch begun;

  private final Engine engine;
  private final String name;

  /**
   * Evidence of an engine.
   *
   * @param name which engine, for messages
   */
  HoldingEvidence(Engine engine, String name) {
    this.engine = engine;
    this.name = name;
  }

  /** Holds some numbers, if the engine holds any. */
  Optional<HeldData> hold() {
    Optional<HeldData> held = engine.hold(HeldNumbers.graph(NUMBERS));
    if (held.isPresent()) {
      try {
        held.get().loading().await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return held;
  }

  private void foldsAll(HeldData held, long factor) throws InterruptedException {
    assertThat(HeldNumbers.total(held.superstep(Sum.plain(), state(factor, Long.BYTES))))
        .as("a superstep of %s", name)
        .isEqualTo(HeldNumbers.expected(NUMBERS, factor));
  }

  /** Rows that were let go of are used by nobody, and no worker has them any more. */
  void isLetGoOf(HeldData held) throws InterruptedException {
    assertThatThrownBy(() -> held.superstep(Sum.plain(), state(1, Long.BYTES)))
        .as("a superstep of %s over rows let go of", name)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("let go of");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (HeldNumbers.tasksThatHold() > 0) {
      assertThat(System.nanoTime()).as("tasks of %s still hold rows", name).isLessThan(end);
      Thread.sleep(10);
    }
  }

  /** After the rows are closed, once and again. */
  void closedRowsAreLetGoOf() throws InterruptedException {
    Optional<HeldData> held = hold();
    if (held.isPresent()) {
      foldsAll(held.get(), 1);
      held.get().close();
      held.get().close();
      isLetGoOf(held.get());
      Optional<HeldData> unused = hold();
      unused.orElseThrow().close();
      isLetGoOf(unused.get());
    }
  }

  /** A superstep is under way when its rows are closed. */
  void closingEndsASuperstep() throws InterruptedException {
    Optional<HeldData> held = hold();
    if (held.isPresent()) {
      UnderWay superstep = underWay(held.get());
      held.get().close();
      assertThatThrownBy(superstep::end)
          .as("the superstep that %s was at", name)
          .hasCauseInstanceOf(EngineException.class)
          .hasMessageContaining("let go of");
      isLetGoOf(held.get());
    }
  }

  /** A superstep that is interrupted ends, and another one may follow, and be interrupted. */
  void anotherSuperstepFollowsOneThatWasInterrupted() throws InterruptedException {
    Optional<HeldData> held = hold();
    if (held.isPresent()) {
      for (int factor = 1; factor < 4; factor++) {
        UnderWay superstep = underWay(held.get());
        superstep.asking().interrupt();
        assertThatThrownBy(superstep::end)
            .as("the superstep that %s was at", name)
            .hasCauseInstanceOf(InterruptedException.class);
        foldsAll(held.get(), factor);
      }
      held.get().close();
      isLetGoOf(held.get());
    }
  }

  /** A superstep of which some block is being folded, and who has asked for it. */
  private record UnderWay(Thread asking, FutureTask<List<byte[]>> frames) {
    List<byte[]> end() throws Exception {
      return frames.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private UnderWay underWay(HeldData held) throws InterruptedException {
    begun = new CountDownLatch(1);
    Sum slow = new Sum(HoldingEvidence::slowly, Long.BYTES);
    FutureTask<List<byte[]>> frames =
        new FutureTask<>(() -> held.superstep(slow, state(1, Long.BYTES)));
    Thread asking = new Thread(frames, "superstep");
    asking.start();
    assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .as("a worker of %s folds", name)
        .isTrue();
    return new UnderWay(asking, frames);
  }

  private static void slowly(long number) {
    begun.countDown();
    try {
      Thread.sleep(BLOCK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the worker's business
    }
  }
}
