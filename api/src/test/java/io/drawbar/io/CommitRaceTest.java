package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two that write to one target at the same moment: one wins, the other is told. */
class CommitRaceTest {
  private static final int ROUNDS = 200;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @TempDir Path folder;

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  /** Both have looked at the target, and seen nothing, before either renames. */
  private static class AtOnce extends Delegating {
    private static final long serialVersionUID = 1;

    private final transient CyclicBarrier both;
    private final String target;
    private boolean hasMet;

    AtOnce(CyclicBarrier both, String target) {
      this.both = both;
      this.target = target;
    }

    @Override
    public void rename(String from, String to) throws IOException {
      if (to.equals(target) && !from.contains("drawbar-turn")
          || to.endsWith("drawbar-turn") && !hasMet) {
        hasMet = true;
        meet();
      }
      move(from, to);
    }

    void move(String from, String to) throws IOException {
      super.rename(from, to);
    }

    private void meet() {
      try {
        both.await(60, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Makes a file system for one target. */
  private interface Systems {
    FileSystem on(CyclicBarrier both, String target);
  }

  /** Makes a commit. */
  private interface Commits {
    CommitProtocol to(FileSystem system, String target);
  }

  private static String write(CommitProtocol commit, String text) throws IOException {
    commit.begin();
    PartFile part = commit.create("attempt", "part");
    try (OutputStream out = part.stream()) {
      out.write(text.getBytes());
    }
    try {
      commit.commit(List.of(new PartReceipt(part.name(), part.path(), 1)));
      return text;
    } catch (TargetExistsException e) {
      assertThat(e).hasMessageContaining("there is already something at the output");
      return null;
    } catch (TargetBusyException e) {
      assertThat(e).hasMessageContaining("another run writes to");
      return null;
    } catch (TargetChangedException e) {
      assertThat(e).hasMessageContaining("is another one than when this run began");
      return null;
    }
  }

  /** Who won, by round; what is then at the target is the first winner's, or else this throws. */
  private int winners(Systems systems, Commits commits, String inside) throws Exception {
    int winners = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String target = folder + "/" + round;
      CyclicBarrier both = new CyclicBarrier(2);
      List<Callable<String>> writers = new ArrayList<>();
      for (String text : List.of("mine", "theirs")) {
        writers.add(() -> write(commits.to(systems.on(both, target), target), text));
      }
      String winner = null;
      for (Future<String> written : threads.invokeAll(writers)) {
        if (written.get() != null) {
          winner = written.get();
          winners++;
        }
      }
      if (winners == round + 1) {
        assertThat(Path.of(target + inside)).hasContent(winner);
      }
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).as("targets, and nothing hidden").hasSize(ROUNDS);
    }
    return winners;
  }

  @Test
  void ofTwoFilesOneWins() throws Exception {
    assertThat(winners(AtOnce::new, (s, t) -> new FileCommit(s, t, new byte[0]), ""))
        .isEqualTo(ROUNDS);
  }

  @Test
  void ofTwoFoldersOneWins() throws Exception {
    assertThat(winners(AtOnce::new, FolderCommit::new, "/part")).isEqualTo(ROUNDS);
  }

  @Test
  void ofTwoThatReplaceAFileOneWins() throws Exception {
    Commits commits = (s, t) -> new FileCommit(s, t, OutputMode.OVERWRITE, new byte[0]);
    assertThat(winners(AtOnce::new, commits, "")).isEqualTo(ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      Files.writeString(folder.resolve("" + round), "before");
    }
    assertThat(winners(AtOnce::new, commits, "")).isEqualTo(ROUNDS);
  }

  @Test
  void ofTwoThatReplaceAFolderOneWins() throws Exception {
    Commits commits = (s, t) -> new FolderCommit(s, t, OutputMode.OVERWRITE);
    assertThat(winners(AtOnce::new, commits, "/part")).isEqualTo(ROUNDS);
    assertThat(winners(AtOnce::new, commits, "/part")).isEqualTo(ROUNDS);
  }

  @Test
  void ofTwoThatAddToAFolderOneWins() throws Exception {
    Commits commits = (s, t) -> new FolderCommit(s, t, OutputMode.APPEND);
    assertThat(winners(AtOnce::new, commits, "/part")).isEqualTo(ROUNDS);
    assertThat(winners(AtOnce::new, commits, "/part-a000001-part")).isEqualTo(ROUNDS);
    assertThat(winners(AtOnce::new, commits, "/part-a000002-part")).isEqualTo(ROUNDS);
  }
}
