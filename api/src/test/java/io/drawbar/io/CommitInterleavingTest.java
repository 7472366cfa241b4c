package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.error.DrawbarException;
import io.drawbar.io.OutputFaultsTest.Killed;
import io.drawbar.io.OutputFaultsTest.Kind;
import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run is stopped before each of its calls of the file system in turn, another one writes to the
 * same place, whole, and the first goes on, or was killed. What is then there is what the two say.
 */
class CommitInterleavingTest {
  @TempDir Path folder;

  /** What becomes of the run that was stopped. */
  enum Then {
    GOES_ON,
    IS_KILLED,
    /** It goes on, but somebody has falsely said that it is over. */
    GOES_ON_THOUGH_SAID_TO_BE_OVER
  }

  /** Stops the n-th call. */
  private static final class Stopping extends Delegating {
    private static final long serialVersionUID = 1;
    private int left;
    private final transient Runnable meanwhile;
    private final boolean canReplace;

    Stopping(int left, boolean canReplace, Runnable meanwhile) {
      this.left = left;
      this.canReplace = canReplace;
      this.meanwhile = meanwhile;
    }

    @Override
    void step() {
      if (left-- == 0) {
        meanwhile.run();
      }
    }

    @Override
    public boolean replace(String from, String to) throws IOException {
      return canReplace && super.replace(from, to);
    }
  }

  private final FileSystem local = new LocalFileSystem();

  private String target() {
    return folder + "/out";
  }

  private void prepare(Kind kind) throws IOException {
    local.delete(folder.toString());
    Files.createDirectories(folder);
    if (kind.mode != OutputMode.CREATE) {
      Kind before = kind.isFile ? Kind.NEW_FILE : Kind.NEW_FOLDER;
      OutputFaultsTest.write(before.commit(local, target()), "o", "ld");
    }
  }

  /** Writes; gives false if the run says that it has failed. */
  private boolean write(Kind kind, FileSystem system, String first, String second) {
    try {
      OutputFaultsTest.write(kind.commit(system, target()), first, second);
      return true;
    } catch (DrawbarException | IOException e) {
      assertThat(e)
          .isInstanceOfAny(
              TargetExistsException.class,
              TargetChangedException.class,
              TargetBusyException.class,
              UnfinishedCommitException.class,
              CommitException.class,
              IOException.class);
      return false;
    }
  }

  /** What is there after a run. */
  private static String after(Kind kind, String before, String written) {
    return kind.mode == OutputMode.APPEND && !before.equals("nothing") ? before + written : written;
  }

  private static Set<String> possible(Kind one, Kind other) {
    String before = one.before();
    String first = after(one, before, "new");
    String second = after(other, before, "2nd");
    return new TreeSet<>(
        List.of(before, first, second, after(other, first, "2nd"), after(one, second, "new")));
  }

  private List<String> visible() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Stops at a call; gives false if there was none. */
  private boolean check(Kind kind, Kind other, Then then, boolean canReplace, int n)
      throws IOException {
    String at = "%s, then %s, call %s, %s".formatted(kind, other, n, then);
    Set<String> possible = possible(kind, other);
    prepare(kind);
    List<Boolean> second = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    Runnable meanwhile =
        () -> {
          try {
            seen.add(OutputFaultsTest.read(target()));
            // What a run makes ready is its own; the turn is what others may be told to take over.
            boolean isTaken = Turn.owner(local, target()).isPresent();
            if (then == Then.IS_KILLED || then != Then.GOES_ON && isTaken) {
              Writing.endRuns();
              seen.add(OutputFaultsTest.read(target()));
            }
            second.add(write(other, local, "2", "nd"));
            seen.add(OutputFaultsTest.read(target()));
          } catch (IOException e) {
            throw new AssertionError(at, e);
          }
          if (then == Then.IS_KILLED) {
            throw new Killed();
          }
        };
    boolean first = false;
    try {
      first = write(kind, new Stopping(n, canReplace, meanwhile), "n", "ew");
    } catch (Killed e) {
      Writing.endRuns();
    }
    if (second.isEmpty()) {
      return false;
    }
    String there = OutputFaultsTest.read(target());
    assertThat(possible).as(at).containsAll(seen).contains(there);
    if (then == Then.GOES_ON) {
      assertThat(there).as(at).isIn(said(kind, other, first, second.get(0)));
      assertThat(visible()).as(at).isIn(List.of(), List.of("out"));
    } else {
      assertThat(
              !second.get(0)
                  || said(kind, other, true, true).contains(there)
                  || there.equals(after(other, kind.before(), "2nd")))
          .as(at)
          .isTrue();
    }
    // Whoever comes next tidies up, and adds to or replaces what is there.
    Writing.endRuns();
    if (other.mode != OutputMode.CREATE) {
      assertThat(write(other, local, "3", "rd")).as(at).isTrue();
      assertThat(OutputFaultsTest.read(target())).as(at).isEqualTo(after(other, there, "3rd"));
      assertThat(visible()).as(at).containsExactly("out");
    }
    return true;
  }

  /** What can be there, given what the runs say. */
  private static List<String> said(Kind one, Kind other, boolean first, boolean second) {
    String before = one.before();
    String afterFirst = first ? after(one, before, "new") : before;
    String afterSecond = second ? after(other, before, "2nd") : before;
    return List.of(
        second ? after(other, afterFirst, "2nd") : afterFirst,
        first ? after(one, afterSecond, "new") : afterSecond);
  }

  private void checkAll(Kind kind, boolean canReplace) throws IOException {
    for (Kind other : Kind.values()) {
      if (other.isFile != kind.isFile) {
        continue;
      }
      for (Then then : Then.values()) {
        int n = 0;
        while (check(kind, other, then, canReplace, n)) {
          n++;
        }
        assertThat(n).isGreaterThan(15);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anotherMayWriteAtAnyMoment(Kind kind) throws IOException {
    checkAll(kind, true);
  }

  @Test
  void alsoWhereFilesAreNotReplacedInOneStep() throws IOException {
    checkAll(Kind.REPLACED_FILE, false);
  }
}
