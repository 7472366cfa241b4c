package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The turn to change what is at a place: a hidden folder next to it, {@code
 * out/.result.drawbar-turn} for {@code out/result}, that only one run can have at a time. A run
 * makes everything ready in a folder and takes its turn by renaming that. It looks whether the
 * place is still as it was when it began, and then decides, by one rename in the turn; from then on
 * what is left can be done by anybody: the run itself, the next one, or, without changing anything,
 * a reader who looks at what it comes to. Before, the next run takes the turn away.
 *
 * <table>
 *   <caption>What is in the turn, and what is done next</caption>
 *   <tr><td>{@code <run>-ready}</td><td>nothing has been decided: the run renames it to {@code new}
 *     or {@code adding}, others to {@code lost}</td></tr>
 *   <tr><td>{@code new}</td><td>a file takes the place of the old one in one step, where the file
 *     system can; else what is at the place becomes {@code old}</td></tr>
 *   <tr><td>{@code new} and {@code old}</td><td>{@code new} goes to the place</td></tr>
 *   <tr><td>{@code adding}</td><td>its files go to the place, one by one</td></tr>
 *   <tr><td>{@code lost}</td><td>the turn goes back, as {@code lost}</td></tr>
 *   <tr><td>nothing of that</td><td>the turn goes back, as {@code done}</td></tr>
 * </table>
 *
 * <p>Each step is one rename that fails if another has done it, or the turn has gone back: to the
 * hidden folder of the run, by one rename, so that nothing that is still to be looked at is ever
 * taken apart.
 */
final class Turn {
  private static final String NEW = "/new";
  private static final String OLD = "/old";
  private static final String LOST = "/lost";
  private static final String ADDING = "/adding";
  private static final String RUN = "/run";
  private static final int MOST_IN_RUN = 64;
  private static final int MOST_FAILURES = 2;

  private final FileSystem system;
  private final String target;
  private final String path;

  Turn(FileSystem system, String target) {
    this.system = system;
    this.target = target;
    path = hidden(target, "turn");
  }

  /** The hidden folder next to an output that is for something, or for a run. */
  static String hidden(String target, String purpose) {
    int slash = target.lastIndexOf('/');
    return "%s.%s.drawbar-%s"
        .formatted(target.substring(0, slash + 1), target.substring(slash + 1), purpose);
  }

  /** Whether somebody has it. */
  boolean isTaken() throws IOException {
    return system.exists(path);
  }

  /** Where a run makes ready what it will put at the place, or add to what is there. */
  String output(UUID run) {
    return hidden(target, run.toString()) + "/turn" + ready(run.toString());
  }

  private static String ready(String run) {
    return "/" + run + "-ready";
  }

  /** Writes down whose turn it will be. */
  void prepare(UUID run) throws IOException {
    try (OutputStream out = system.create(hidden(target, run.toString()) + "/turn" + RUN)) {
      out.write((run + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Takes the turn; fails if somebody has it. */
  void take(UUID run) throws IOException {
    system.rename(hidden(target, run.toString()) + "/turn", path);
  }

  /** Whether a run has had its turn, and has changed what is at the place. */
  boolean isDone(UUID run) throws IOException {
    return system.exists(ended(run, "done"));
  }

  /** Whether a run has had its turn, but somebody else has been there before. */
  boolean isLost(UUID run) throws IOException {
    return system.exists(ended(run, "lost"));
  }

  private String ended(UUID run, String how) {
    return hidden(target, run.toString()) + "/" + how;
  }

  /**
   * Decides, for the run whose turn it is: the place is as it saw it, so that it will be changed,
   * or the turn is lost.
   */
  void decide(UUID run, OutputState seen, OutputMode mode) throws IOException {
    boolean isAsSeen =
        OutputState.of(system, target)
            .map(now -> now.version().equals(seen.version()))
            .orElse(false);
    String decided = mode == OutputMode.APPEND ? ADDING : NEW;
    system.rename(path + ready(run.toString()), path + (isAsSeen ? decided : LOST));
  }

  /** Gives the turn back, if nothing has been decided yet; says whether. */
  boolean withdraw(UUID run) throws IOException {
    String ready = path + ready(run.toString());
    if (!system.exists(ready)) {
      return false;
    }
    system.rename(ready, path + LOST);
    return true;
  }

  /** Does what is left to do for the run whose turn it is, if it is anybody's. */
  void settle() throws IOException {
    int failures = 0;
    for (Optional<String> run = run(); run.isPresent(); run = run()) {
      try {
        step(run.get());
        failures = 0;
      } catch (IOException | DrawbarException e) {
        // Somebody else may have done it at the same moment: what is left tells.
        if (++failures == MOST_FAILURES) {
          throw new IOException(e.getMessage(), e);
        }
      }
    }
  }

  private Optional<String> run() throws IOException {
    if (!isTaken()) {
      return Optional.empty();
    }
    String run;
    try (InputStream in = system.open(path + RUN, 0)) {
      run = new String(in.readNBytes(MOST_IN_RUN), StandardCharsets.UTF_8).strip();
    } catch (DrawbarException e) {
      run = "";
    }
    if (!run.matches("[0-9a-f-]{36}")) {
      if (!isTaken()) {
        return Optional.empty();
      }
      throw new IOException("%s is no folder of a run: remove it".formatted(path));
    }
    return Optional.of(run);
  }

  private void step(String run) throws IOException {
    if (system.exists(path + ready(run))) {
      system.rename(path + ready(run), path + LOST);
    } else if (system.exists(path + ADDING)) {
      add();
      end(run, "done");
    } else if (system.exists(path + NEW)) {
      replace();
    } else {
      end(run, system.exists(path + LOST) ? "lost" : "done");
    }
  }

  private void replace() throws IOException {
    if (!system.exists(target)) {
      system.rename(path + NEW, target);
    } else if (system.exists(path + OLD)) {
      // Somebody has written there in the moment in which nothing was.
      system.rename(path + NEW, path + LOST);
    } else if (!system.replace(path + NEW, target)) {
      system.rename(target, path + OLD);
    }
  }

  private void add() throws IOException {
    for (FileSystem.Status file : system.list(path + ADDING)) {
      String to = target + "/" + file.relativePath();
      if (system.exists(to)) {
        // A file has two names for a moment while it is moved by links; names of parts are the
        // run's own.
        system.delete(file.path());
      } else {
        move(file.path(), to);
      }
    }
  }

  private void move(String from, String to) throws IOException {
    try {
      system.createFolder(to.substring(0, to.lastIndexOf('/')));
      system.rename(from, to);
    } catch (IOException e) {
      if (system.exists(from)) {
        throw e;
      }
      // Somebody else has moved it.
    }
  }

  private void end(String run, String how) throws IOException {
    String home = hidden(target, run);
    if (system.exists(home)) {
      system.rename(path, home + "/" + how);
    } else {
      system.createFolder(home);
      system.rename(path, home + "/" + how);
      system.delete(home);
    }
  }

  /**
   * The files of a source's root, as they are once a turn that has begun has gone back: whoever
   * reads sees what was there before, or what is there afterwards, also where the run was killed.
   *
   * @throws DrawbarException if nothing is there
   */
  static List<FileSystem.Status> list(FileSystem system, String root) throws IOException {
    String target = root.replaceFirst("/+$", "");
    String name = target.substring(target.lastIndexOf('/') + 1);
    boolean isNamed = !name.isEmpty() && !name.equals(".") && !name.equals("..");
    if (!isNamed || !system.isRenameAtomic(root)) {
      return system.list(root);
    }
    boolean isThere = system.exists(target);
    String turn = hidden(target, "turn");
    List<FileSystem.Status> adding =
        system.exists(turn + ADDING) ? listed(system, turn + ADDING) : List.of();
    if (!isThere && system.exists(turn + NEW)) {
      return replacing(system, turn, name);
    }
    List<FileSystem.Status> files = system.list(root);
    if (adding.isEmpty()) {
      return files;
    }
    Map<String, FileSystem.Status> all = new TreeMap<>();
    adding.forEach(file -> all.put(file.relativePath(), file));
    files.forEach(file -> all.put(file.relativePath(), file));
    return List.copyOf(all.values());
  }

  private static List<FileSystem.Status> listed(FileSystem system, String folder)
      throws IOException {
    try {
      return system.list(folder);
    } catch (DrawbarException e) {
      return List.of(); // they have got to their place
    }
  }

  private static List<FileSystem.Status> replacing(FileSystem system, String turn, String name)
      throws IOException {
    List<FileSystem.Status> files = system.list(turn + NEW);
    boolean isFolder =
        files.size() != 1 || system.exists(turn + NEW + "/" + files.get(0).relativePath());
    return isFolder
        ? files
        : List.of(new FileSystem.Status(files.get(0).path(), name, files.get(0).bytes()));
  }
}
