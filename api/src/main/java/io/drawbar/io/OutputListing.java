package io.drawbar.io;

import io.drawbar.spi.FileSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a source's root, as they are once every change that has been decided on is complete:
 * whoever reads sees what was there before, or what is there afterwards, whole, also where a run
 * was killed. That goes for the root and for all folders passed below it.
 *
 * <p>A run that may be at work gets a while to complete what it has decided; then, and where it is
 * over, what is decided is read from where it lies, in its {@link Turn}. Nothing is changed. Where
 * a turn is seen, or parts that have been added, the look counts only if the next one finds the
 * same.
 */
final class OutputListing {
  private static final int MOST_LOOKS = 50;
  private static final int MOST_FAILURES = 3;
  private static final long PAUSE_NANOS = 20_000_000;
  private static final Pattern TURN = Pattern.compile("(.*/)?\\.([^/]+)\\.drawbar-turn");
  private static final Pattern ADDED = Pattern.compile("(?:.*/)?part-a[0-9]{6}-[^/]*");

  private final FileSystem system;
  private final String root;
  private final String target;

  private OutputListing(FileSystem system, String root) {
    this.system = system;
    this.root = root;
    target = root.replaceFirst("(?<=.)/+$", "");
  }

  /**
   * What is to be moved still.
   *
   * @param place below the root; empty for the root itself
   * @param file its name, if it is one file; empty if it is a folder
   * @param files what is decided, with paths below the place
   */
  private record Move(
      String place, Turn.Pending pending, String file, List<FileSystem.Status> files) {
    /** Where a file of it belongs, below the root. */
    String path(FileSystem.Status file) {
      if (!this.file.isEmpty()) {
        return place.isEmpty() ? this.file : place;
      }
      return place.isEmpty() ? file.relativePath() : place + "/" + file.relativePath();
    }

    boolean hides(String path) {
      return pending.decision() != Turn.Decision.ADD
          && (place.isEmpty() || path.equals(place) || path.startsWith(place + "/"));
    }
  }

  /**
   * One look.
   *
   * @param files by path; null if nothing is at the root
   * @param isSettled whether no turn was seen and no parts that were added
   */
  private record Look(
      Map<String, FileSystem.Status> files,
      List<Move> moves,
      boolean isSettled,
      MissingFileException missing) {
    boolean isWaitedFor() {
      return moves.stream().anyMatch(move -> move.pending().owner().life() == RunId.Life.MAY_LIVE);
    }

    boolean isLike(Look other) {
      return other != null && files.equals(other.files) && moves.equals(other.moves);
    }
  }

  /**
   * Lists the files.
   *
   * @throws MissingFileException if nothing is there
   */
  static List<FileSystem.Status> list(FileSystem system, String root) throws IOException {
    return list(system, root, MOST_LOOKS);
  }

  /** The same with so many looks at what changes. */
  static List<FileSystem.Status> list(FileSystem system, String root, int looks)
      throws IOException {
    if (!system.isRenameAtomic(root)) {
      return system.list(root);
    }
    return new OutputListing(system, root).list(looks);
  }

  private List<FileSystem.Status> list(int looks) throws IOException {
    Look last = null;
    for (int n = 1; ; n++) {
      Look look = null;
      IOException failure = null;
      try {
        look = look();
      } catch (IOException e) {
        failure = e; // a folder may have been moved away while its files were listed
      }
      boolean isSure = look != null && (look.isSettled || look.isLike(last));
      if (isSure && (n >= looks || !look.isWaitedFor())) {
        return files(look);
      }
      if (failure != null && n >= MOST_FAILURES) {
        throw failure;
      }
      if (n >= 2 * looks) {
        throw new IOException(
            "%s is written to again and again while its files are listed".formatted(root));
      }
      boolean isWaiting = failure != null || n > 1 && look.isWaitedFor();
      if (isWaiting) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      last = look;
    }
  }

  private static List<FileSystem.Status> files(Look look) {
    boolean isMoving = look.moves.stream().anyMatch(move -> move.place.isEmpty());
    if (look.missing != null && !isMoving) {
      throw look.missing;
    }
    return List.copyOf(look.files.values());
  }

  private Look look() throws IOException {
    List<Move> moves = new ArrayList<>();
    boolean isNamed = !target.matches("(.*/)?\\.{0,2}");
    boolean isTaken = isNamed && isTakenBefore();
    MissingFileException missing = null;
    FileSystem.Listing found;
    try {
      found = system.walk(root);
    } catch (MissingFileException e) {
      missing = e;
      found = new FileSystem.Listing(List.of(), List.of());
    }
    if (isNamed && (isTaken || isTaken(target))) {
      isTaken = true;
      move(target, "").ifPresent(moves::add);
    }
    for (String hidden : found.hidden()) {
      Matcher turn = TURN.matcher(hidden);
      if (turn.matches()) {
        isTaken = true;
        String place = (turn.group(1) == null ? "" : turn.group(1)) + turn.group(2);
        move((target.endsWith("/") ? target : target + "/") + place, place).ifPresent(moves::add);
      }
    }
    moves.sort(Comparator.comparing(Move::place));
    Map<String, FileSystem.Status> files = new TreeMap<>();
    for (FileSystem.Status file : found.files()) {
      if (moves.stream().noneMatch(move -> move.hides(file.relativePath()))) {
        files.put(file.relativePath(), file);
      }
    }
    for (Move move : moves) {
      for (FileSystem.Status file : move.files) {
        String path = move.path(file);
        files.put(path, new FileSystem.Status(file.path(), path, file.bytes(), file.placements()));
      }
    }
    boolean hasAdded = files.keySet().stream().anyMatch(path -> ADDED.matcher(path).matches());
    return new Look(files, moves, !isTaken && !hasAdded, missing);
  }

  /** Before files are listed; what then cannot be looked at is for the listing to say. */
  private boolean isTakenBefore() {
    try {
      return isTaken(target);
    } catch (IOException e) {
      return false; // it is asked again afterwards
    }
  }

  private boolean isTaken(String place) throws IOException {
    try {
      return system.exists(Turn.hidden(place, Turn.PURPOSE));
    } catch (MissingFileException e) {
      return false; // no path of this file system, which listing it will say
    }
  }

  private Optional<Move> move(String at, String place) throws IOException {
    Optional<Turn.Pending> pending = Turn.pending(system, at);
    if (pending.isEmpty()) {
      return Optional.empty();
    }
    String output = pending.get().output();
    try {
      String file = system.isFolder(output) ? "" : at.substring(at.lastIndexOf('/') + 1);
      return Optional.of(new Move(place, pending.get(), file, sorted(system.list(output))));
    } catch (MissingFileException e) {
      throw new IOException(e.getMessage(), e); // it has got to its place
    }
  }

  private static List<FileSystem.Status> sorted(List<FileSystem.Status> files) {
    return files.stream().sorted(Comparator.comparing(FileSystem.Status::relativePath)).toList();
  }
}
