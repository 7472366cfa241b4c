package io.drawbar;

import static io.drawbar.expr.Functions.count;
import static io.drawbar.expr.Functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.config.Config;
import io.drawbar.io.Records;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.EngineFactory;
import io.drawbar.spi.FrameOutput;
import io.drawbar.spi.Run;
import io.drawbar.spi.SpillFolder;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.StageProgram;
import io.drawbar.spi.StageTask;
import io.drawbar.spi.TaskContext;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that fail, fill up, or forget, at each write and each read in turn. */
class SpillFailureTest {
  record Item(long id, String name) {}

  /** What the disk does when it has served so many calls. */
  private enum Trouble {
    NONE,
    FULL,
    INTERRUPTED,
    FLIPS_A_BIT,
    CUT_OFF
  }

  private static Trouble trouble;
  private static int callsLeft;
  private static int calls;

  @TempDir private Path folder;

  @BeforeEach
  void begin() {
    fail(Trouble.NONE, 0);
  }

  private static synchronized void fail(Trouble with, int after) {
    trouble = with;
    callsLeft = after;
    calls = 0;
  }

  private static synchronized boolean isDue(Trouble... of) {
    if (!List.of(of).contains(trouble)) {
      return false;
    }
    calls++;
    return callsLeft-- == 0;
  }

  private static synchronized int calls() {
    return calls;
  }

  private static final class Disk extends RandomAccessFile {
    Disk(File file) throws IOException {
      super(file, "rw");
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (isDue(Trouble.FULL, Trouble.INTERRUPTED)) {
        if (trouble == Trouble.FULL) {
          super.write(bytes, offset, length / 2);
          throw new IOException("No space left on device");
        }
        Thread.currentThread().interrupt();
      }
      super.write(bytes, offset, length);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      boolean isDue = isDue(Trouble.FLIPS_A_BIT, Trouble.CUT_OFF);
      if (isDue && trouble == Trouble.CUT_OFF) {
        return -1;
      }
      int read = super.read(bytes, offset, length);
      if (isDue) {
        bytes[offset + read / 2] ^= 4;
      }
      return read;
    }
  }

  /** Tasks of the embedded engine on such a disk. */
  private record OnDisk(Engine engine, String folder) implements Engine {
    @Override
    public Capabilities capabilities() {
      return engine.capabilities();
    }

    @Override
    public Run run(StageGraph graph) {
      List<Stage> stages = new ArrayList<>();
      for (Stage stage : graph.stages()) {
        Program program = new Program(stage.program(), folder);
        stages.add(new Stage(stage.id(), stage.name(), stage.input(), program));
      }
      return engine.run(new StageGraph(graph.name(), stages, graph.terminal()));
    }

    @Override
    public void close() {
      engine.close();
    }
  }

  private record Program(StageProgram program, String folder) implements StageProgram {
    @Override
    public StageTask open(TaskContext context, FrameOutput output) {
      SpillFolder disk = SpillFolder.at(folder).opening(Disk::new);
      return program.open(context.withSpillFolder(disk), output);
    }
  }

  private Session session() {
    EngineFactory local =
        ServiceLoader.load(EngineFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(factory -> factory.name().equals("local"))
            .findFirst()
            .orElseThrow();
    Engine engine = local.create(Config.of("drawbar.parallelism", "1"));
    return Session.attach(
        new OnDisk(engine, folder.toString()), Config.of("drawbar.spill.bytes", "4000"));
  }

  private static Dataset items(Session session) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      items.add(new Item(i * 37 % 400, "name " + i % 200));
    }
    return session.read(Records.of(items, Item.class));
  }

  private static List<Function<Session, Dataset>> works() {
    return List.of(
        s -> items(s).sortBy("name", "id"),
        s -> items(s).groupBy("name").agg(count().as("n"), sum("id").as("ids")),
        s -> items(s).join(items(s).rename("id", "other"), "name"),
        s -> items(s).join(items(s).rename("id", "other"), "name").agg(sum("other")),
        s -> items(s).limit(350));
  }

  private void eachCall(Trouble with, String message) {
    for (Function<Session, Dataset> work : works()) {
      fail(Trouble.NONE, 0);
      List<String> expected;
      try (Session session = session()) {
        expected = texts(work, session);
      }
      fail(with, Integer.MAX_VALUE);
      try (Session session = session()) {
        assertThat(texts(work, session)).isEqualTo(expected);
      }
      int all = calls();
      assertThat(all).isPositive();
      // Each of the first, and some of the others: those are alike.
      for (int call = 0; call < all; call += 1 + call / 8) {
        fail(with, call);
        try (Session session = session()) {
          assertThatThrownBy(() -> texts(work, session))
              .as("call %s of %s", call, all)
              .isInstanceOf(EngineException.class)
              .hasMessageContaining(message);
          assertThat(folder).isEmptyDirectory();
          fail(Trouble.NONE, 0);
          assertThat(texts(work, session)).isEqualTo(expected);
        }
      }
    }
  }

  private static List<String> texts(Function<Session, Dataset> work, Session session) {
    return work.apply(session).collect().stream().map(Object::toString).toList();
  }

  @Test
  void aDiskThatFillsUpIsNamed() {
    eachCall(Trouble.FULL, "No space left on device; make room there, set drawbar.spill.folder to");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTaskThatIsInterruptedLeavesNothing() {
    eachCall(Trouble.INTERRUPTED, "");
  }

  @Test
  void aBitThatFlipsIsNoticed() {
    eachCall(Trouble.FLIPS_A_BIT, "is not as it was written; run again");
  }

  @Test
  void aFileThatIsCutOffIsNoticed() {
    eachCall(Trouble.CUT_OFF, "is shorter than it was; run again");
  }
}
