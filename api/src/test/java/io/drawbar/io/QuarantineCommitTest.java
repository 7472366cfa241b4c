package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineCommitTest {
  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.skip(1)
          .filter(Files::isRegularFile)
          .map(p -> folder.relativize(p).toString())
          .sorted()
          .toList();
    }
  }

  private CommitProtocol begun(FileSystem system) {
    OutputPlace place = OutputPlace.folder(folder + "/bad/").on(system);
    CommitProtocol commit = new QuarantineSink(place).commitProtocol(null);
    commit.begin();
    return commit;
  }

  private static PartReceipt part(CommitProtocol commit, String content) throws IOException {
    PartFile file = commit.create("t0", "part-0.json");
    try (OutputStream out = file.stream()) {
      out.write(content.getBytes());
    }
    return new PartReceipt(file.name(), file.path(), 1);
  }

  private void write(FileSystem system, String content) throws IOException {
    CommitProtocol commit = begun(system);
    try {
      commit.commit(List.of(part(Reading.shipped(commit), content)));
    } catch (RuntimeException | IOException e) {
      commit.abort();
      throw e;
    }
  }

  @Test
  void theNextOneTakesItsPlace() throws IOException {
    write(new LocalFileSystem(), "old");
    assertThat(files()).containsExactly("bad/_QUARANTINE", "bad/_SUCCESS", "bad/part-0.json");
    write(new LocalFileSystem(), "new");
    assertThat(folder.resolve("bad/part-0.json")).hasContent("new");
    begun(new LocalFileSystem()).commit(List.of());
    assertThat(files()).containsExactly("bad/_QUARANTINE", "bad/_SUCCESS");
    assertThat(folder.toFile().list()).containsExactly("bad");
  }

  @Test
  void whatIsNoQuarantineIsLeftAlone() throws IOException {
    Files.createDirectory(folder.resolve("bad"));
    Files.writeString(folder.resolve("bad/precious"), "mine");
    assertThatThrownBy(() -> begun(new LocalFileSystem()))
        .isInstanceOf(CommitException.class)
        .hasMessage(
            "there is already something at %s/bad, and it is no quarantine: it is left as it is. Delete it, or name another folder for bad rows."
                .formatted(folder));
    assertThat(files()).containsExactly("bad/precious");
  }

  @Test
  void aRunThatFailsLeavesTheOldOne() throws IOException {
    write(new LocalFileSystem(), "old");
    CommitProtocol commit = begun(new LocalFileSystem());
    part(commit, "new");
    commit.abort();
    assertThat(files()).containsExactly("bad/_QUARANTINE", "bad/_SUCCESS", "bad/part-0.json");
    assertThat(folder.resolve("bad/part-0.json")).hasContent("old");
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** A file system of which one call fails, or at which the process is killed. */
  private static final class Failing extends Delegating {
    private static final long serialVersionUID = 1;
    private static int steps;
    private final int failing;
    private final boolean dies;

    Failing(int failing, boolean dies) {
      this.failing = failing;
      this.dies = dies;
      steps = 0;
    }

    @Override
    void step() throws IOException {
      int step = steps++;
      if (dies && step >= failing) {
        throw new Killed();
      }
      if (step == failing) {
        throw new IOException("planned");
      }
    }
  }

  /**
   * Whatever call fails, the place holds the old rows or the new ones, and both if it was killed.
   */
  @Test
  void failsAtEveryCall() throws IOException {
    write(new LocalFileSystem(), "old");
    boolean ended = false;
    for (int call = 0; !ended; call++) {
      ended = write(new Failing(call, false), call);
      assertThat(folder.resolve("bad/part-0.json")).content().isIn("old", "new " + call);
      write(new LocalFileSystem(), "old");
      assertThat(call).isLessThan(100);
    }
  }

  private boolean write(FileSystem system, int call) throws IOException {
    try {
      write(system, "new " + call);
      return Failing.steps <= call;
    } catch (DrawbarException | IOException | Killed e) {
      return false;
    }
  }

  @Test
  void isKilledAtEveryCall() throws IOException {
    boolean ended = false;
    for (int call = 0; !ended; call++) {
      write(new LocalFileSystem(), "old");
      ended = write(new Failing(call, true), call);
      // Hidden or not, nothing is lost; the next run puts it right.
      List<String> contents = new ArrayList<>();
      for (String file : files()) {
        contents.add(Files.readString(folder.resolve(file)));
      }
      assertThat(contents).containsAnyOf("old", "new " + call);
      write(new LocalFileSystem(), "next");
      assertThat(folder.resolve("bad/part-0.json")).hasContent("next");
      assertThat(call).isLessThan(200);
    }
  }
}
