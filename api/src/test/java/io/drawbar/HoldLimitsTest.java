package io.drawbar;

import static io.drawbar.expr.Functions.col;
import static io.drawbar.expr.Functions.explode;
import static io.drawbar.expr.Functions.split;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.config.UnknownKeyException;
import io.drawbar.error.DrawbarException;
import io.drawbar.internal.local.LocalEngineFactory;
import io.drawbar.io.Records;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.iterate.FingerprintKernel;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.spi.EngineException;
import java.io.DataInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rows that are held, cached or gathered come to an end, and what is said then. */
class HoldLimitsTest {
  /** A line of text. */
  public record Line(String text) {}

  private static Dataset lines(Session session, int count) {
    String text = "word ".repeat(200);
    List<Line> lines = IntStream.range(0, count).mapToObj(i -> new Line(text + i)).toList();
    return session.read(Records.of(lines, Line.class));
  }

  /** A kernel that carries what cannot be shipped. */
  private record Unshippable(Object carried) implements LeafKernel<DataFingerprint> {
    @Override
    public List<String> columns() {
      return List.of("text");
    }

    @Override
    public DataFingerprint identity() {
      return new DataFingerprint();
    }

    @Override
    public BlockFold<DataFingerprint> open() {
      return new FingerprintKernel(columns()).open();
    }

    @Override
    public DataFingerprint decode(DataInput in) throws IOException {
      return DataFingerprint.decode(in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1MiB"})
  void whatCannotBeShippedIsRefusedAlsoWhereItNeedNotBe(String gatherBytes) {
    try (Session session = Session.open(Config.of("drawbar.gather.bytes", gatherBytes));
        HeldDataset held = lines(session, 10).hold(List.of("text"))) {
      assertThat(held.reduce(new Unshippable("text"))).isNotNull();
      assertThatThrownBy(() -> held.reduce(new Unshippable(new Object())))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("make what it holds Serializable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1MiB"})
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void rowsThatWereLetGoOfAreNotFolded(String gatherBytes) {
    try (Session session = Session.open(Config.of("drawbar.gather.bytes", gatherBytes))) {
      HeldDataset held = lines(session, 10).hold(List.of("text"));
      LeafKernel<DataFingerprint> kernel = new FingerprintKernel(List.of("text"));
      assertThat(held.reduce(kernel).rows()).isEqualTo(10);
      held.close();
      held.close();
      assertThatThrownBy(() -> held.reduce(kernel))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("let go of");
    }
  }

  /** 400 KB that are read become more than the driver may have; those who read them keep them. */
  @Test
  void rowsThatTurnOutToBeManyAreNotGathered() {
    Config config = Config.of("drawbar.memory", "1MiB", "drawbar.parallelism", "2");
    List<String> stages = new ArrayList<>();
    try (Session session = Session.open(config)) {
      session.listen(report -> stages.add(report.stages().get(0).name()));
      Dataset words =
          lines(session, 400)
              .select(col("text"), explode(split(col("text"), " ")).as("word"))
              .select(col("text"), col("word"));
      try (HeldDataset held = words.hold(List.of("text", "word"))) {
        assertThat(held.data().rows()).isEqualTo(400 * 201);
        assertThat(stages.get(stages.size() - 1)).contains("hold");
      }
    }
  }

  @Test
  void aScratchFolderElsewhereIsRefused() {
    Config config = Config.of("drawbar.scratch.folder", "hdfs://cluster/tmp");
    assertThatThrownBy(() -> Session.open(config))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining("drawbar.scratch.folder is 'hdfs://cluster/tmp'")
        .hasMessageContaining("must be a folder of the machine");
  }

  @Test
  void keysAreCheckedAlsoWhereTheProgramHasMadeTheEngine() {
    Config config = Config.of("drawbar.paralelism", "4");
    assertThatThrownBy(() -> Session.attach(new LocalEngineFactory().create(Config.of()), config))
        .isInstanceOf(UnknownKeyException.class)
        .hasMessageContaining("drawbar.parallelism");
  }

  @Test
  void whatIsReleasedIsComputedAgain(@TempDir Path scratch) throws IOException {
    Config config = Config.of("drawbar.scratch.folder", scratch.toString());
    try (Session session = Session.open(config)) {
      Dataset cached = lines(session, 100).cache();
      List<?> first = cached.collect();
      assertThat(files(scratch)).isPositive();
      cached.release();
      assertThat(files(scratch)).isZero();
      cached.release();
      assertThat(cached.collect()).isEqualTo(first);
      assertThat(files(scratch)).isPositive();
      assertThatThrownBy(() -> cached.drop("text").release())
          .isInstanceOf(DrawbarException.class)
          .hasMessageContaining("only what cache() has returned");
    }
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void aMissingColumnIsToldOfWithTheCall() {
    try (Session session = Session.open()) {
      assertThatThrownBy(() -> lines(session, 1).hold(List.of("txt")))
          .hasMessageStartingWith("hold(txt): ")
          .hasMessageContaining("text");
    }
  }
}
