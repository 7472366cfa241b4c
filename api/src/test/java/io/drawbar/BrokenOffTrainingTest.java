package io.drawbar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.internal.local.LocalEngineFactory;
import io.drawbar.io.Records;
import io.drawbar.learn.KMeans;
import io.drawbar.learn.KMeansModel;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.SuperstepProgram;
import io.drawbar.testkit.BrokenOffTraining;
import io.drawbar.testkit.HeldTraining;
import io.drawbar.type.DataType;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training is broken off and taken up; on other engines, and after a kill: see the contract. */
@Timeout(120)
class BrokenOffTrainingTest {
  @TempDir Path folder;

  @Test
  void anInterruptedOneGoesOnWhereRowsAreGathered() {
    BrokenOffTraining.interruptAndResume(
        folder,
        HeldTraining.LINE,
        BrokenOffTraining.Break.MIDDLE,
        Session::open,
        config -> Session.open(config.with("drawbar.gather.bytes", "1 MiB")));
    BrokenOffTraining.interruptAndResume(
        folder,
        HeldTraining.LINE,
        BrokenOffTraining.Break.MIDDLE,
        config -> Session.open(config.with("drawbar.gather.bytes", "1 MiB")),
        Session::open);
  }

  /** An engine that loses its workers in the third of Lloyd's rounds. */
  private record Failing(Engine local) implements Engine {
    @Override
    public Capabilities capabilities() {
      return local.capabilities();
    }

    @Override
    public Run run(StageGraph graph) {
      return local.run(graph);
    }

    @Override
    public Optional<HeldData> hold(StageGraph graph) {
      HeldData held = local.hold(graph).orElseThrow();
      AtomicInteger passes = new AtomicInteger();
      return Optional.of(
          new HeldData() {
            @Override
            public Run loading() {
              return held.loading();
            }

            @Override
            public List<byte[]> superstep(SuperstepProgram program, byte[] state)
                throws InterruptedException {
              if (program.describe().contains("rounds that move")
                  && passes.incrementAndGet() == 3) {
                throw new EngineException("the workers are gone");
              }
              return held.superstep(program, state);
            }

            @Override
            public void close() {
              held.close();
            }
          });
    }

    @Override
    public void close() {
      local.close();
    }
  }

  /** Writes down what it hears, and interrupts after some superstep. */
  private record Interrupting(List<String> names, int after) implements RunListener {
    @Override
    public void superstep(SuperstepProgress progress) {
      names.add(progress.name());
      if (names.size() == after) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void finished(RunReport report) {}
  }

  private static KMeansModel clusters(Config config, List<String> names, int after) {
    try (Session session = Session.open(config)) {
      return clusters(session, names, after);
    }
  }

  private static KMeansModel clusters(Session session, List<String> names, int after) {
    Schema schema = Schema.empty().with("x", DataType.vector(2));
    List<Row> rows = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 12_000; i++) { // more than are drawn for the start
      rows.add(Row.of(schema, random.doubles(2).toArray()));
    }
    session.listen(new Interrupting(names, after));
    return KMeans.on("x")
        .withClusters(6)
        .withTolerance(0)
        .fit(session.read(Records.of(schema, rows)));
  }

  /** Of a pace at which none is due: what is there was put down at an end. */
  private static Config slow(Path folder) {
    return Config.of(
        "drawbar.checkpoint.folder",
        folder.toString(),
        "drawbar.checkpoint.supersteps",
        "100",
        "drawbar.checkpoint.seconds",
        "3600");
  }

  @Test
  void oneWhoseEngineFailedGoesOn() {
    KMeansModel undisturbed = clusters(Config.of(), new ArrayList<>(), 0);
    Config config = slow(folder).with("drawbar.gather.bytes", "0");
    assertThatThrownBy(
            () -> {
              Engine failing = new Failing(new LocalEngineFactory().create(config));
              try (Session session = Session.attach(failing, config)) {
                clusters(session, new ArrayList<>(), 0);
              }
            })
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("superstep 3 of k-means on 'x'")
        .hasMessageContaining("it goes on after 2 supersteps, from " + folder);
    List<String> names = new ArrayList<>();
    assertThat(clusters(config, names, 0)).isEqualTo(undisturbed);
    assertThat(names).hasSize((int) undisturbed.supersteps() - 2);
  }

  @Test
  void whatHadEndedBeforeIsNotDoneAgain() throws IOException {
    Config config = slow(folder);
    List<String> whole = new ArrayList<>();
    KMeansModel undisturbed = clusters(Config.of(), whole, 0);
    int drawing = (int) whole.stream().filter(name -> name.contains("drawn")).count();
    assertThat(drawing).isPositive();
    assertThat(whole).hasSizeGreaterThan(drawing + 3);
    List<String> first = new ArrayList<>();
    assertThatThrownBy(() -> clusters(config, first, drawing + 2))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("was interrupted after 2 supersteps. Train the same again");
    assertThat(Thread.interrupted()).isTrue();
    List<String> second = new ArrayList<>();
    assertThat(clusters(config, second, 0)).isEqualTo(undisturbed);
    assertThat(second).isEqualTo(whole.subList(drawing + 2, whole.size()));
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theSameRowsInAnotherOrderAreAnotherTraining() {
    BrokenOffTraining.interruptAndReverse(folder, Session::open);
  }
}
