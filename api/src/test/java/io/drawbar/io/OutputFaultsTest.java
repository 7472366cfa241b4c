package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drawbar.Dataset;
import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.CommitProtocol;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever goes wrong, and at whatever step: what was there is there, or what was written, byte for
 * byte.
 */
class OutputFaultsTest {
  @TempDir Path folder;

  /** The kinds of output. */
  enum Kind {
    NEW_FOLDER(OutputMode.CREATE, false),
    NEW_FILE(OutputMode.CREATE, true),
    REPLACED_FOLDER(OutputMode.OVERWRITE, false),
    REPLACED_FILE(OutputMode.OVERWRITE, true),
    ADDED_PARTS(OutputMode.APPEND, false);

    final OutputMode mode;
    final boolean isFile;

    Kind(OutputMode mode, boolean isFile) {
      this.mode = mode;
      this.isFile = isFile;
    }

    CommitProtocol commit(FileSystem system, String target) {
      return isFile
          ? new FileCommit(system, target, mode, new byte[0])
          : new FolderCommit(system, target, mode);
    }

    /** What a reader sees before anything is written. */
    String before() {
      return mode == OutputMode.CREATE ? "nothing" : "old";
    }

    /** What a reader sees afterwards, given what was seen before. */
    String after(String before) {
      return mode == OutputMode.APPEND ? before + "new" : "new";
    }
  }

  /** A program that is gone, from some moment on. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed");
    }
  }

  /** Something is wrong with the n-th step, or with all from then on. */
  private static class Faulty extends Delegating {
    private static final long serialVersionUID = 1;
    private int left;
    private final boolean isKill;

    Faulty(int left, boolean isKill) {
      this.left = left;
      this.isKill = isKill;
    }

    @Override
    void step() throws IOException {
      if (left == 0 && isKill) {
        throw new Killed();
      }
      if (left-- == 0) {
        throw new IOException("planted");
      }
    }

    boolean isSpent() {
      return left <= 0;
    }
  }

  /** Cannot replace files. */
  private static final class Renaming extends Faulty {
    private static final long serialVersionUID = 1;

    Renaming(int left) {
      super(left, true);
    }

    @Override
    public boolean replace(String from, String to) {
      return false;
    }
  }

  static void write(CommitProtocol commit, String first, String second) throws IOException {
    commit.begin();
    try {
      List<PartReceipt> receipts = new ArrayList<>();
      for (String text : List.of(first, second)) {
        part(commit, "t" + receipts.size() + "_0", "part-" + receipts.size(), "never");
        receipts.add(part(commit, "t" + receipts.size() + "_1", "part-" + receipts.size(), text));
      }
      commit.commit(receipts);
    } catch (IOException | RuntimeException e) {
      commit.abort();
      throw e;
    }
  }

  private static PartReceipt part(CommitProtocol commit, String attempt, String name, String text)
      throws IOException {
    PartFile file = commit.create(attempt, name);
    try (OutputStream out = file.stream()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return new PartReceipt(file.name(), file.path(), 1);
  }

  private String target() {
    return folder + "/out";
  }

  private void prepare(Kind kind) throws IOException {
    new LocalFileSystem().delete(folder.toString());
    Files.createDirectories(folder);
    if (kind.mode != OutputMode.CREATE) {
      Kind before = kind.isFile ? Kind.NEW_FILE : Kind.NEW_FOLDER;
      write(before.commit(new LocalFileSystem(), target()), "o", "ld");
    }
  }

  /** What a source reads. */
  static String read(String target) throws IOException {
    FileSystem system = new LocalFileSystem();
    List<FileSystem.Status> files;
    try {
      files = new ArrayList<>(OutputListing.list(system, target, 1));
    } catch (MissingFileException e) {
      return "nothing";
    }
    files.sort(Comparator.comparing(FileSystem.Status::relativePath));
    StringBuilder all = new StringBuilder();
    for (FileSystem.Status file : files) {
      try (InputStream in = system.open(file.path(), 0)) {
        all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  /** All files, hidden or not, with what is in them. */
  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.skip(1).toList()) {
        files.put(
            folder.relativize(path).toString(),
            Files.isDirectory(path) ? "folder" : Files.readString(path));
      }
    }
    return files;
  }

  private List<String> hidden() throws IOException {
    return files().keySet().stream().filter(name -> name.startsWith(".")).toList();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anyStepMayFail(Kind kind) throws IOException {
    int absorbed = 0;
    int n = 0;
    for (boolean passed = false; !passed; n++) {
      prepare(kind);
      Map<String, String> before = files();
      Faulty system = new Faulty(n, false);
      boolean failed = false;
      try {
        write(kind.commit(system, target()), "n", "ew");
      } catch (DrawbarException | IOException e) {
        failed = true;
        assertThat(e).as("step %s", n).hasMessageContaining("planted");
      }
      if (failed) {
        assertThat(files()).as("step %s", n).isEqualTo(before);
        write(kind.commit(new LocalFileSystem(), target()), "n", "ew");
      }
      assertThat(read(target())).as("step %s", n).isEqualTo(kind.after(kind.before()));
      assertThat(hidden()).as("step %s", n).isEmpty();
      passed = !system.isSpent();
      absorbed += !failed && !passed ? 1 : 0;
    }
    // Once what was there has been touched there is no way but forward.
    assertThat(n).isGreaterThan(15);
    assertThat(absorbed).isLessThan(n / 2);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whoIsKilledLeavesTheOldOrTheNew(Kind kind) throws IOException {
    boolean old = false;
    for (int n = 0; ; n++) {
      prepare(kind);
      try {
        write(kind.commit(new Faulty(n, true), target()), "n", "ew");
        break;
      } catch (Killed e) {
        Writing.endRuns();
        String now = read(target());
        assertThat(now).as("step %s", n).isIn(kind.before(), kind.after(kind.before()));
        old |= now.equals(kind.before());
        String then = now;
        if (kind.mode == OutputMode.CREATE && !now.equals("nothing")) {
          try {
            write(kind.commit(new LocalFileSystem(), target()), "n", "ew");
            fail("it is there");
          } catch (TargetExistsException exists) {
            assertThat(read(target())).isEqualTo(now);
          }
        } else {
          write(kind.commit(new LocalFileSystem(), target()), "n", "ew");
          then = kind.after(now);
        }
        assertThat(read(target())).as("step %s", n).isEqualTo(then);
        assertThat(Turn.owner(new LocalFileSystem(), target())).isEmpty();
        // Others see it as readers of ours do, now that somebody has written again.
        assertThat(plain()).as("step %s", n).isEqualTo(then);
      }
    }
    assertThat(old).isTrue();
  }

  /** What a program sees that knows nothing of turns. */
  private String plain() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Map.Entry<String, String> file : files().entrySet()) {
      boolean isSeen = !file.getKey().startsWith(".") && !file.getKey().contains("_SUCCESS");
      all.append(isSeen && !file.getValue().equals("folder") ? file.getValue() : "");
    }
    return all.toString();
  }

  /** The same without the replacing of files in one step, which not every file system can. */
  @Test
  void filesThatCannotBeReplacedInOneStepArePutAsideToo() throws IOException {
    for (int n = 0; ; n++) {
      prepare(Kind.REPLACED_FILE);
      FileSystem system = new Renaming(n);
      try {
        write(Kind.REPLACED_FILE.commit(system, target()), "n", "ew");
        break;
      } catch (Killed e) {
        Writing.endRuns();
        assertThat(read(target())).as("step %s", n).isIn("old", "new");
        write(Kind.REPLACED_FILE.commit(new LocalFileSystem(), target()), "n", "ew");
        assertThat(plain()).as("step %s", n).isEqualTo("new");
      }
    }
    assertThat(files()).containsOnlyKeys("out").containsValue("new");
  }

  /** A process that ends at its n-th step, as if it were killed: nothing is cleaned up. */
  static final class Victim {
    private Victim() {}

    /** Writes; {@code arguments} are the kind of output, the target, and the step. */
    public static void main(String[] arguments) throws IOException {
      int step = Integer.parseInt(arguments[2]);
      write(Kind.valueOf(arguments[0]).commit(new Halting(step), arguments[1]), "n", "ew");
    }
  }

  private static final class Halting extends Delegating {
    private static final long serialVersionUID = 1;
    private int left;

    Halting(int left) {
      this.left = left;
    }

    @Override
    void step() {
      if (left-- == 0) {
        Runtime.getRuntime().halt(KILLED);
      }
    }
  }

  private static final int KILLED = 137;

  private int runVictim(Kind kind, int step) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                kind.name(),
                target(),
                Integer.toString(step))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  /** A process that is gone, at some steps of each kind: the last ones are those that matter. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aProcessThatIsGoneLeavesTheOldOrTheNew(Kind kind) throws Exception {
    Counting counting = new Counting();
    prepare(kind);
    write(kind.commit(counting, target()), "n", "ew");
    int steps = counting.steps;
    boolean isNew = false;
    for (int back = steps / 3; back > 0; back /= 2) {
      prepare(kind);
      assertThat(runVictim(kind, steps - back))
          .as("step %s of %s", steps - back, steps)
          .isEqualTo(KILLED);
      String now = read(target());
      assertThat(now).isIn(kind.before(), kind.after(kind.before()));
      isNew |= now.equals(kind.after(kind.before()));
      if (kind.mode != OutputMode.CREATE || now.equals("nothing")) {
        write(kind.commit(new LocalFileSystem(), target()), "n", "ew");
        assertThat(plain()).isEqualTo(kind.after(now));
      }
    }
    assertThat(isNew).isTrue();
  }

  private static final class Counting extends Delegating {
    private static final long serialVersionUID = 1;
    private int steps;

    @Override
    void step() {
      steps++;
    }
  }

  /** A file system of its own that has room for what is there and little more. */
  @Test
  void aFullDiskLeavesWhatWasThere() throws Exception {
    prepare(Kind.NEW_FOLDER);
    assumeTrue(mount(), "only root may mount a file system");
    try (Session session = Session.open(Config.of("drawbar.parallelism", "2"))) {
      Dataset few = session.read(Records.of(List.of(new Text("old")), Text.class));
      List<Text> rows = Collections.nCopies(40_000, new Text("far too long for a small disk"));
      Dataset many = session.read(Records.of(rows, Text.class));
      assertThatThrownBy(() -> many.write(Csv.to(target())))
          .isInstanceOf(DrawbarException.class)
          .hasStackTraceContaining("No space left on device");
      assertThat(files()).isEmpty();
      few.write(Csv.to(target()));
      Map<String, String> before = files();
      for (CsvSink sink : List.of(Csv.to(target()).overwrite(), Csv.to(target()).append())) {
        assertThatThrownBy(() -> many.write(sink))
            .isInstanceOf(DrawbarException.class)
            .hasStackTraceContaining("No space left on device");
        assertThat(files()).isEqualTo(before);
      }
      few.write(Csv.to(target()).append());
      assertThat(read(target())).isEqualTo("old\nold\n");
    } finally {
      new ProcessBuilder("umount", folder.toString()).start().waitFor();
    }
  }

  /** A row. */
  record Text(String text) {}

  private boolean mount() throws InterruptedException {
    try {
      return new ProcessBuilder(
                  "mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
