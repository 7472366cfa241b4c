package io.drawbar.engine.flink;

import static io.drawbar.testkit.Graphs.collect;
import static io.drawbar.testkit.Graphs.doing;
import static io.drawbar.testkit.Graphs.from;
import static io.drawbar.testkit.Graphs.range;
import static io.drawbar.testkit.Graphs.route;
import static io.drawbar.testkit.Graphs.routeWhatIsMine;
import static io.drawbar.testkit.Graphs.source;
import static io.drawbar.testkit.Graphs.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.Run;
import io.drawbar.spi.RunResult;
import io.drawbar.testkit.Graphs.Program;
import io.drawbar.testkit.HeldNumbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.highavailability.HighAvailabilityServices;
import org.apache.flink.runtime.highavailability.HighAvailabilityServicesFactory;
import org.apache.flink.runtime.highavailability.nonha.embedded.EmbeddedHaServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that fail, graphs that are wrong, runs that are cancelled, programs that forget. */
@Timeout(120)
class FlinkFailureTest extends OwnFlink {
  @Test
  void tasksThatFailThreeTimesAreTriedAgainAndNothingIsDoubled() throws InterruptedException {
    RunResult result =
        run(
            collect(
                source(0, 100, failing(route(), 3)),
                stage(1, from(2, 0), failing(routeWhatIsMine(), 3))));
    assertThat(sorted(result)).isEqualTo(range(100));
    // Some more than that: an attempt ends, too, when another task fails.
    assertThat(result.counters().get("tasks.retried")).isGreaterThanOrEqualTo(3 * 6);
  }

  @Test
  void taskThatAlwaysFailsEndsTheRunAfterItsAttempts() {
    assertThatThrownBy(
            () -> run(collect(source(0, 3, route()), stage(1, from(1, 0), failing(route(), 99)))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 1 'stage 1 of a test' of 'test'")
        .hasMessageContaining("task 0 of 1, failure 4")
        .hasMessageContaining("IOException: planted")
        .hasMessageContaining("drawbar.flink.attempts, now 4")
        .hasStackTraceContaining("FlinkFailureTest");
    assertThat(ATTEMPTS).hasSize(4);
  }

  @Test
  void errorsOfTheVirtualMachineStayInTheirTask() {
    assertThatThrownBy(
            () ->
                run(
                    collect(
                        source(
                            0,
                            1,
                            doing(
                                (context, output, n) -> {
                                  // Flink halts the process when it sees one of these.
                                  throw new InternalError("planted");
                                })))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("InternalError: planted");
  }

  @Test
  void exceptionsThatCannotBeSerialisedAreTold() {
    assertThatThrownBy(() -> run(collect(source(0, 1, unserialisable()))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 0 'stage 0 of a test'")
        .hasMessageContaining("planted");
  }

  @Test
  void cancelledRunEndsAndTheNextOneGoes() throws Exception {
    latch = new CountDownLatch(1);
    Run run = engine.run(collect(source(0, 4, waiting())));
    while (ATTEMPTS.size() < 2) {
      Thread.sleep(5);
    }
    run.cancel();
    run.cancel();
    assertThatThrownBy(run::await)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
    assertThat(sorted(run(oneStage(10)))).isEqualTo(range(10));
    eventuallyEmpty(scratch);
    Run atOnce = engine.run(oneStage(10));
    atOnce.cancel();
    assertThatThrownBy(atOnce::await).isInstanceOf(EngineException.class);
    eventuallyEmpty(scratch);
  }

  @Test
  void closeEndsRunsAndRemovesWhatIsOnDisk(@TempDir Path folder) throws Exception {
    latch = new CountDownLatch(1);
    Engine other = engine("drawbar.flink.scratch.folder", folder.toString());
    Run run = other.run(collect(source(0, 4, waiting())));
    while (ATTEMPTS.size() < 2) {
      Thread.sleep(5);
    }
    other.close();
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(run::await)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cancelled");
  }

  @Test
  void aStartThatIsInterruptedLeavesNoThread() throws Exception {
    run(oneStage(1)); // some threads of Flink's are there for good once it has been started
    Set<ThreadGroup> others = flinksGroups();
    latch = new CountDownLatch(1);
    starting = new CountDownLatch(1);
    try (Engine other =
        engine("drawbar.flink.conf.high-availability.type", SlowServices.class.getName())) {
      Thread here = Thread.currentThread();
      Thread interrupting =
          new Thread(
              () -> {
                await(starting);
                here.interrupt();
              });
      interrupting.start();
      assertThatThrownBy(() -> other.run(oneStage(1)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("interrupted while Flink was starting");
      assertThat(Thread.interrupted()).isTrue();
      latch.countDown(); // it starts nevertheless
      eventually("threads of Flink's", () -> others.containsAll(flinksGroups()));
    }
  }

  private static volatile CountDownLatch starting;

  /** A part of Flink that it waits for while it starts. */
  public static final class SlowServices implements HighAvailabilityServicesFactory {
    @Override
    public HighAvailabilityServices createHAServices(
        Configuration configuration, Executor executor) {
      starting.countDown();
      await(latch);
      return new EmbeddedHaServices(executor);
    }
  }

  @Test
  void aStartThatWasInterruptedMayBeFollowedByAnother() throws Exception {
    try (Engine other = engine()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> other.run(oneStage(1))).isInstanceOf(EngineException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(sorted(other.run(oneStage(10)).await())).isEqualTo(range(10));
    }
  }

  /** Each start of Flink has a group of its own; here are those with threads that keep the JVM. */
  private static Set<ThreadGroup> flinksGroups() {
    Set<ThreadGroup> groups = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      ThreadGroup group = thread.getThreadGroup();
      if (group != null && group.getName().equals(ExitWatch.GROUP) && !thread.isDaemon()) {
        groups.add(group);
      }
    }
    return groups;
  }

  @Test
  void mastersThatAreNotSupportedAreRefused() {
    assertThatThrownBy(() -> engine("drawbar.flink.master", "cluster:8081"))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("drawbar.flink.master is 'cluster:8081' (given to Session.open)")
        .hasMessageContaining("FlinkDrawbar.session(")
        .hasMessageContaining("leave it at 'local'");
  }

  @Test
  void optionsThatFlinkCannotStartWithAreNamed() {
    try (Engine bad = engine("drawbar.flink.conf.taskmanager.memory.network.min", "9 parsecs")) {
      assertThatThrownBy(() -> bad.run(oneStage(1)))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("9 parsecs")
          .hasMessageContaining("drawbar.flink.conf");
    }
  }

  @Test
  void stagesThatCannotBeShippedAreNamed() {
    Program captive = doing((context, output, n) -> nothingIsLeft());
    assertThatThrownBy(() -> run(collect(source(0, 1, captive))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("stage 0 'stage 0 of a test' of 'test'")
        .hasMessageContaining("NotSerializableException: " + FlinkFailureTest.class.getName());
  }

  @Test
  void processThatForgetsToCloseEnds(@TempDir Path folder) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(110, TimeUnit.SECONDS)).as("it ends by itself").isTrue();
      assertThat(process.exitValue()).isZero();
      assertThat(folder).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A program that does not close its engine. */
  static final class Forgetful {
    public static void main(String[] arguments) throws InterruptedException {
      Engine forgotten = engine();
      forgotten.run(oneStage(10)).await();
      forgotten.hold(HeldNumbers.graph(3)).orElseThrow().loading().await();
    }
  }

  private static Program unserialisable() {
    return doing(
        (context, output, n) -> {
          throw new IOException("planted") {
            private final Object unserialisable = new Object();
          };
        });
  }

  /** Does what another does, but at the end of its first attempts fails. */
  private static Program failing(Program good, int times) {
    return good.opening(
            context -> assertThat(ATTEMPTS.add(context.attempt())).as("a new name").isTrue())
        .ending(
            (context, output, numbers) -> {
              String task = context.attempt().substring(0, context.attempt().indexOf('-', 2));
              int attempt = TIMES.computeIfAbsent(task, t -> new AtomicInteger()).getAndIncrement();
              if (attempt < times) {
                throw new IOException("planted");
              }
            });
  }

  private static void eventuallyEmpty(Path folder) throws InterruptedException {
    eventually("files in " + folder, () -> isEmpty(folder));
  }

  private static boolean isEmpty(Path folder) {
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void eventually(String left, BooleanSupplier isGone) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!isGone.getAsBoolean()) {
      assertThat(System.nanoTime()).as("%s are left after a minute", left).isLessThan(end);
      Thread.sleep(10);
    }
  }
}
