package io.drawbar.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RunsTest {
  private final Runs runs = new Runs("test");
  private final RunResult nothing = new RunResult(List.of(), new TreeMap<>());

  @Test
  void givesWhatTheWorkGives() throws Exception {
    Progress progress = new Progress();
    Run run = runs.start("one", progress, () -> nothing, () -> {});
    assertThat(run.await()).isSameAs(nothing);
    assertThat(run.await()).isSameAs(nothing);
    assertThat(run.progress()).isSameAs(progress);
    run.cancel();
    assertThat(run.await()).isSameAs(nothing);
  }

  @Test
  void handsOverWhatTheWorkThrows() {
    Run data =
        runs.start("one", new Progress(), () -> throwing(new BadRowException("no")), this::no);
    assertThatThrownBy(data::await).isInstanceOf(BadRowException.class).hasMessage("no");
    Run other = runs.start("one", new Progress(), () -> throwing(new Exception("no")), this::no);
    assertThatThrownBy(other::await)
        .isInstanceOf(EngineException.class)
        .hasMessage("run 'one' failed: java.lang.Exception: no");
    Run fatal =
        runs.start(
            "one",
            new Progress(),
            () -> {
              throw new StackOverflowError();
            },
            this::no);
    assertThatThrownBy(fatal::await).isInstanceOf(StackOverflowError.class);
  }

  private static RunResult throwing(Exception e) throws Exception {
    throw e;
  }

  private void no() {
    throw new AssertionError("nobody has cancelled");
  }

  @Test
  void closingCancelsAndAwaitsAllRuns() throws Exception {
    AtomicInteger cleaned = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    CountDownLatch begun = new CountDownLatch(2);
    Run ended = runs.start("ended", new Progress(), () -> nothing, this::no);
    ended.await();
    for (int i = 0; i < 2; i++) {
      runs.start(
          "long",
          new Progress(),
          () -> {
            try {
              begun.countDown();
              new CountDownLatch(1).await();
              return nothing;
            } finally {
              Thread.sleep(50);
              cleaned.incrementAndGet();
            }
          },
          told::incrementAndGet);
    }
    begun.await();
    assertThat(runs.close()).isTrue();
    assertThat(cleaned).as("runs that have ended when closing has").hasValue(2);
    assertThat(told).hasValue(2);
    assertThat(runs.close()).isFalse();
    assertThatThrownBy(() -> runs.start("late", new Progress(), () -> nothing, this::no))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "the session is closed, and engine 'test' with it: nothing runs in it any more. Open another"
                + " one, and read in it: datasets belong to their session");
    assertThatThrownBy(runs::requireOpen).isInstanceOf(EngineException.class);
  }

  @Test
  void whoIsInterruptedWhileClosingDoesNotWait() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Run stubborn =
        runs.start(
            "stubborn",
            new Progress(),
            () -> {
              begun.countDown();
              while (end.getCount() > 0) {
                Thread.onSpinWait();
              }
              return nothing;
            },
            () -> {});
    begun.await();
    Thread.currentThread().interrupt();
    assertThat(runs.close()).isTrue();
    assertThat(Thread.interrupted()).isTrue();
    end.countDown();
    assertThatThrownBy(stubborn::await).hasMessage("run 'stubborn' was cancelled");
  }

  @Test
  void failuresOfStagesNameThem() {
    Stage one = new Stage(0, "read", new ExchangeInput(List.of(7), 1), (context, output) -> null);
    Stage two = new Stage(1, "sum", new ExchangeInput(List.of(7), 1), (context, output) -> null);
    Exception cause = new Exception();
    assertThat(EngineException.ofStages("test", List.of(one, two), "run", "why", "Out.", cause))
        .hasMessage("engine 'test': stage 0 'read' or stage 1 'sum' of 'run' failed: why. Out.")
        .hasCause(cause);
    assertThat(EngineException.ofStages("test", List.of(), "run", "why", "Out.", cause))
        .hasMessage("engine 'test': 'run' failed: why. Out.");
  }
}
