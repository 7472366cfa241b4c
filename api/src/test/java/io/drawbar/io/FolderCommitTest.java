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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderCommitTest {
  @TempDir Path folder;

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.skip(1).map(p -> folder.relativize(p).toString()).sorted().toList();
    }
  }

  private static PartReceipt part(CommitProtocol commit, String attempt, String name)
      throws IOException {
    PartFile file = commit.create(attempt, name);
    try (OutputStream out = file.stream()) {
      out.write((attempt + name).getBytes());
    }
    return new PartReceipt(name, file.path(), 1);
  }

  private FolderCommit begun(FileSystem system) {
    FolderCommit commit = new FolderCommit(system, folder + "/deep/out");
    commit.begin();
    return commit;
  }

  @Test
  void exactlyTheNamedPartsAppear() throws IOException {
    FolderCommit commit = begun(new LocalFileSystem());
    FolderCommit task = Reading.shipped(commit);
    PartReceipt a = part(task, "t0_1", "part-0");
    part(task, "t0_0", "part-0");
    PartReceipt b = part(Reading.shipped(commit), "t1_0", "part-1");
    part(task, "t2_0", "part-2");
    assertThat(folder.resolve("deep/out")).doesNotExist();
    assertThat(new LocalFileSystem().list(folder.toString())).isEmpty();
    commit.commit(List.of(b, a));
    assertThat(files())
        .containsExactly(
            "deep", "deep/out", "deep/out/_SUCCESS", "deep/out/part-0", "deep/out/part-1");
    assertThat(folder.resolve("deep/out/part-0")).hasContent("t0_1part-0");
    assertThatThrownBy(() -> task.create("late", "part-9"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the run has ended");
    assertThat(files()).hasSize(5);
    commit.abort();
    assertThat(files()).hasSize(5);
  }

  @Test
  void nothingToWriteIsAnEmptyFolder() throws IOException {
    begun(new LocalFileSystem()).commit(List.of());
    assertThat(files()).containsExactly("deep", "deep/out", "deep/out/_SUCCESS");
  }

  @Test
  void abortLeavesNothing() throws IOException {
    FolderCommit commit = begun(new LocalFileSystem());
    part(commit, "t", "part-0");
    commit.abort();
    commit.abort();
    assertThat(files()).containsExactly("deep");
    new FolderCommit(new LocalFileSystem(), "x").abort();
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Reading.write(folder.resolve("out/mine"), "x");
    FolderCommit commit = new FolderCommit(new LocalFileSystem(), folder + "/out/");
    assertThatThrownBy(commit::begin)
        .isInstanceOf(TargetExistsException.class)
        .hasMessage(
            ("there is already something at the output folder %s/out; it is not overwritten."
                    + " Delete it, write to another folder, or say overwrite().")
                .formatted(folder));
    assertThat(files()).containsExactly("out", "out/mine");
    FolderCommit late = begun(new LocalFileSystem());
    PartReceipt part = part(late, "t", "part-0");
    Reading.write(folder.resolve("deep/out/theirs"), "x");
    assertThatThrownBy(() -> late.commit(List.of(part))).isInstanceOf(TargetExistsException.class);
    assertThat(files()).containsExactly("deep", "deep/out", "deep/out/theirs", "out", "out/mine");
  }

  @Test
  void aTaskCountedTwiceIsCaught() throws IOException {
    FolderCommit commit = begun(new LocalFileSystem());
    PartReceipt first = part(commit, "t0_0", "part-0");
    PartReceipt second = part(commit, "t0_1", "part-0");
    assertThatThrownBy(() -> commit.commit(List.of(first, second)))
        .isInstanceOf(CommitException.class)
        .hasMessage(
            ("two tasks say that they wrote part-0 of %s/deep/out: a task was counted twice."
                    + " Nothing was written.")
                .formatted(folder));
    assertThat(files()).containsExactly("deep");
  }

  @Test
  void strangeReceiptsAndTargets() throws IOException {
    FolderCommit commit = begun(new LocalFileSystem());
    Path mine = Reading.write(folder.resolve("mine"), "x");
    assertThatThrownBy(() -> commit.commit(List.of(new PartReceipt("p", mine.toString(), 1))))
        .isInstanceOf(CommitException.class)
        .hasMessageContaining("which is not of this run");
    assertThat(mine).exists();
    FolderCommit lost = begun(new LocalFileSystem());
    PartReceipt part = part(lost, "t", "part-0");
    Files.delete(Path.of(part.path()));
    assertThatThrownBy(() -> lost.commit(List.of(part)))
        .isInstanceOf(CommitException.class)
        .hasMessageContaining("cannot complete " + folder + "/deep/out: cannot rename");
    assertThat(files()).containsExactly("deep", "mine");
    assertThatThrownBy(() -> new FolderCommit(new LocalFileSystem(), "a/.."))
        .isInstanceOf(CommitException.class);
    FolderCommit under = new FolderCommit(new LocalFileSystem(), mine + "/out");
    assertThatThrownBy(under::begin)
        .isInstanceOf(CommitException.class)
        .hasMessageStartingWith(
            "cannot prepare to write " + mine + "/out: cannot create the folder ")
        .hasMessageEndingWith(
            mine + " is a file, not a folder. Check the path and the permissions.");
    assertThatThrownBy(() -> under.create("a", "b")).isInstanceOf(IllegalStateException.class);
  }

  /** Also where whoever runs this may write anything: no folder can be made there. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void foldersThatMayNotBeWrittenTo() {
    FolderCommit commit = new FolderCommit(new LocalFileSystem(), "/proc/nope.csv");
    assertThatThrownBy(commit::begin)
        .isInstanceOf(CommitException.class)
        .hasMessage(
            "cannot prepare to write /proc/nope.csv: /proc is no folder that may be written to. Check"
                + " the path and the permissions.");
  }

  /** Fails the n-th operation that looks or changes something. */
  private static final class Failing extends Delegating {
    private static final long serialVersionUID = 1;
    private int left;

    Failing(int left) {
      this.left = left;
    }

    @Override
    void step() throws IOException {
      if (left-- == 0) {
        throw new IOException("planted");
      }
    }
  }

  @Test
  void anyOperationMayFailAndThereIsAllOrNothing() throws IOException {
    boolean passed = false;
    for (int n = 0; !passed; n++) {
      FolderCommit commit = new FolderCommit(new Failing(n), folder + "/out");
      String failure = null;
      try {
        commit.begin();
        commit.commit(List.of(part(commit, "a", "part-0"), part(commit, "b", "part-1")));
      } catch (DrawbarException | IOException e) {
        failure = e.getMessage();
        commit.abort();
      }
      // The planted error may hit the removal of the temporary folder, which is then left hidden.
      List<String> seen = files().stream().filter(f -> !f.startsWith(".")).toList();
      if (failure == null) {
        assertThat(seen).containsExactly("out", "out/_SUCCESS", "out/part-0", "out/part-1");
      } else {
        assertThat(failure).contains("planted");
        assertThat(files()).isEmpty();
      }
      passed = failure == null && n > 8 && files().size() == 4;
      new LocalFileSystem().delete(folder.toString());
      Files.createDirectories(folder);
    }
  }

  @Test
  void aSingleFileIsWholeOrNotThereEither() throws IOException {
    boolean passed = false;
    for (int n = 0; !passed; n++) {
      FileCommit commit =
          new FileCommit(new Failing(n), folder + "/deep/out.txt", "start ".getBytes());
      String failure = null;
      try {
        commit.begin();
        FileCommit task = Reading.shipped(commit);
        PartReceipt first = part(task, "a", "part-0");
        part(task, "b", "part-1");
        PartReceipt second = part(task, "c", "part-1");
        commit.commit(List.of(first, second));
      } catch (DrawbarException | IOException e) {
        failure = e.getMessage();
        commit.abort();
      }
      List<String> seen = files().stream().filter(f -> !f.contains("/.")).toList();
      if (failure == null) {
        assertThat(seen).containsExactly("deep", "deep/out.txt");
        assertThat(folder.resolve("deep/out.txt")).hasContent("start apart-0cpart-1");
      } else {
        assertThat(failure).contains("planted");
        assertThat(seen).isIn(List.of(), List.of("deep"));
      }
      passed = failure == null && n > 12 && files().size() == 2;
      new LocalFileSystem().delete(folder.toString());
      Files.createDirectories(folder);
    }
  }
}
