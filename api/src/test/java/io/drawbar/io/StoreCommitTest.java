package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drawbar.Session;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommitTest {
  private static final Layout LAYOUT = new Layout(1 << 20, 1, 64);
  private static final List<String> LINES = List.of("one", "two", "three");

  @TempDir Path folder;

  /** Local files with the manners of an object store: no renames of folders, no empty ones. */
  private static class Store extends Delegating {
    @Override
    public boolean isRenameAtomic(String path) {
      return false;
    }

    @Override
    public void rename(String from, String to) throws IOException {
      if (Files.isDirectory(Path.of(from))) {
        throw new IOException("folders are not renamed here: " + from);
      }
      super.rename(from, to);
    }

    /** A file is there when it is closed, as a whole, or not at all. */
    @Override
    public OutputStream create(String path) {
      return new ByteArrayOutputStream() {
        private boolean isClosed;

        @Override
        public void close() throws IOException {
          if (!isClosed) {
            isClosed = true;
            put(path, toByteArray());
          }
        }
      };
    }

    private void put(String path, byte[] bytes) throws IOException {
      OutputStream out = super.create(path);
      try (out) {
        out.write(bytes);
      } catch (IOException e) {
        Files.delete(Path.of(path));
        withoutEmpty(Path.of(path).getParent());
        throw e;
      }
    }

    @Override
    public void delete(String path) throws IOException {
      super.delete(path);
      withoutEmpty(Path.of(path).getParent());
    }

    private static void withoutEmpty(Path folder) throws IOException {
      if (folder.endsWith("out") && Files.isDirectory(folder)) {
        try (var left = Files.list(folder)) {
          if (left.findAny().isPresent()) {
            return;
          }
        }
        Files.delete(folder);
      }
    }
  }

  /** Fails at one of its steps, or from that one on, as if the driver were killed. */
  private static final class Failing extends Store {
    private final int first;
    private final int last;
    private final AtomicInteger steps = new AtomicInteger();

    Failing(int first, int last) {
      this.first = first;
      this.last = last;
    }

    @Override
    void step() throws IOException {
      int step = steps.getAndIncrement();
      if (step >= first && step <= last) {
        throw new IOException("step " + step + " fails");
      }
    }
  }

  private String target() {
    return folder + "/out";
  }

  private static List<PartReceipt> written(StoreCommit commit) throws IOException {
    List<PartReceipt> receipts = new ArrayList<>();
    for (int p = 0; p < LINES.size(); p++) {
      PartFile file = commit.create("attempt-" + p, "part-" + p + ".txt");
      file.stream().write((LINES.get(p) + "\n").getBytes(StandardCharsets.UTF_8));
      file.stream().close();
      receipts.add(new PartReceipt(file.name(), file.path(), 1));
    }
    // One that does not count.
    commit.create("attempt-9", "part-0.txt").stream().close();
    return receipts;
  }

  private List<String> read(FileSystem system) throws IOException {
    return Reading.all(TextFiles.at(target()).on(system), LAYOUT, 1, 1).stream()
        .map(seen -> (String) seen.values().get(0))
        .toList();
  }

  private List<String> names(String of) throws IOException {
    try (var names = Files.list(Path.of(of))) {
      return names.map(name -> name.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void outputIsWholeAndNothingElseIsLeft() throws IOException {
    Store store = new Store();
    try (Session session = Session.open()) {
      Files.writeString(folder.resolve("in.txt"), "a\nb\n");
      session.read(TextFiles.at(folder + "/in.txt")).write(Csv.to(target() + "//").on(store));
    }
    assertThat(names(folder.toString())).containsExactly("in.txt", "out");
    assertThat(names(target())).hasSize(2).contains("_SUCCESS");
    assertThat(read(store)).containsExactly("a", "b");
    assertThatThrownBy(() -> new StoreCommit(store, target()).begin())
        .isInstanceOf(TargetExistsException.class);
  }

  @Test
  void whatCannotBeDoneThereIsSaid() {
    Store store = new Store();
    try (Session session = Session.open()) {
      var rows = session.read(TextFiles.at(folder.toString()));
      assertThatThrownBy(() -> rows.write(Csv.to(target() + ".csv").singleFile().on(store)))
          .isInstanceOf(CommitException.class)
          .hasMessageContaining("object store");
      assertThatThrownBy(() -> rows.write(Csv.to(target()).overwrite().on(store)))
          .isInstanceOf(CommitException.class)
          .hasMessageContaining("object store");
    }
  }

  @Test
  void aClaimedFolderIsNotReadUntilItIsWhole() throws IOException {
    Store store = new Store();
    Files.createDirectories(Path.of(target()));
    Files.writeString(Path.of(target(), "part-0.txt"), "one\n");
    assertThat(read(store)).as("somebody else's files").containsExactly("one");
    Files.writeString(Path.of(target(), "_drawbar_claim"), "");
    assertThatThrownBy(() -> read(store))
        .isInstanceOf(DrawbarException.class)
        .hasMessageContaining(target())
        .hasMessageContaining("is being written");
    Files.writeString(Path.of(target(), "_SUCCESS"), "");
    assertThat(read(store)).containsExactly("one");
  }

  @Test
  void aStepThatFailsLeavesAllOrNothing() throws IOException {
    int failed = 0;
    for (int step = 0; ; step++) {
      Failing store = new Failing(step, step);
      StoreCommit commit = new StoreCommit(store, target());
      try {
        commit.begin();
        commit.commit(written(commit));
      } catch (CommitException | IOException e) {
        failed++;
        commit.abort();
        assertThat(Path.of(target())).as("after step %s", step).doesNotExist();
      }
      if (Files.exists(Path.of(target()))) {
        assertThat(read(new Store())).isEqualTo(LINES);
      }
      boolean isOver = store.steps.get() <= step;
      new Store().delete(target());
      if (isOver) {
        break;
      }
      // An abort that fails leaves a hidden folder, which it warns of.
      for (String left : names(folder.toString())) {
        assertThat(left).startsWith(".out.drawbar-");
        new Store().delete(folder + "/" + left);
      }
    }
    assertThat(failed).isGreaterThan(10);
  }

  @Test
  void aDriverThatIsKilledLeavesNothingThatIsRead() throws IOException {
    boolean isWhole = false;
    int refused = 0;
    for (int step = 0; !isWhole; step++) {
      StoreCommit commit = new StoreCommit(new Failing(step, Integer.MAX_VALUE), target());
      try {
        commit.begin();
        commit.commit(written(commit));
      } catch (CommitException | IOException e) {
        // As if nobody had been there to catch it.
      }
      if (Files.exists(Path.of(target()))) {
        try {
          assertThat(read(new Store())).isEqualTo(LINES);
          isWhole = true;
        } catch (DrawbarException e) {
          assertThat(e).hasMessageContaining("_drawbar_claim");
          refused++;
        }
      }
      for (String left : names(folder.toString())) {
        new Store().delete(folder + "/" + left);
      }
    }
    assertThat(refused).isGreaterThan(3);
  }

  @Test
  void ofTwoRunsOneWins() throws IOException {
    StoreCommit late = new StoreCommit(new Store(), target());
    late.begin();
    List<PartReceipt> lateParts = written(late);
    Store interrupted =
        new Store() {
          private boolean isTold;

          @Override
          public synchronized void rename(String from, String to) throws IOException {
            if (!isTold) {
              isTold = true;
              // In the middle of a commit, after its claim, another one comes to its own.
              assertThatThrownBy(() -> late.commit(lateParts))
                  .isInstanceOf(TargetExistsException.class);
            }
            super.rename(from, to);
          }
        };
    StoreCommit first = new StoreCommit(interrupted, target());
    first.begin();
    first.commit(written(first));
    assertThat(read(new Store())).isEqualTo(LINES);
    assertThat(names(folder.toString())).containsExactly("out");
  }

  @Test
  void aClaimWhoseAnswerIsLostIsOnesOwn() throws IOException {
    Store forgetful =
        new Store() {
          @Override
          public OutputStream create(String path) {
            OutputStream out = super.create(path);
            if (!path.endsWith("_drawbar_claim")) {
              return out;
            }
            return new FilterOutputStream(out) {
              @Override
              public void close() throws IOException {
                out.close();
                throw new IOException("precondition failed");
              }
            };
          }
        };
    StoreCommit commit = new StoreCommit(forgetful, target());
    commit.begin();
    commit.commit(written(commit));
    assertThat(read(new Store())).isEqualTo(LINES);
  }
}
