package io.drawbar;

import io.drawbar.config.CoreKeys;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.Blocks;
import io.drawbar.io.LocalFileSystem;
import io.drawbar.iterate.DataFingerprint;
import io.drawbar.spi.Capabilities;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Source;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/** The rows that a session keeps, in a folder of its own that goes with it. */
final class Caches implements AutoCloseable {
  private final FileSystem system = new LocalFileSystem();
  private final String folder;
  private final boolean isSeenByTasks;
  private final String engine;
  private final Map<Integer, Kept> all = new HashMap<>();
  private final Map<Integer, List<String>> places = new HashMap<>();
  private int next;
  private int fills;
  private boolean closed;

  /**
   * An empty keep.
   *
   * @param scratch where its folder will be made; empty for the system's
   * @param engine what will read and write it
   * @throws DrawbarException if the folder is not one of this machine
   */
  Caches(String scratch, Capabilities engine) {
    isSeenByTasks = !scratch.isEmpty() || engine.reach() == Capabilities.Reach.THIS_MACHINE;
    this.engine = engine.engine();
    Path parent =
        scratch.isEmpty()
            ? Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath()
            : LocalFolder.of(CoreKeys.SCRATCH_FOLDER, scratch);
    folder = parent + "/drawbar-cache-" + UUID.randomUUID();
  }

  /** The number of a new cache. */
  synchronized int add() {
    return next++;
  }

  /** A cache: whoever fills it holds its lock, and those who want the same rows wait for it. */
  static final class Kept {
    private volatile List<Source> branches;

    /** Of rows that never change, by the columns they are of. */
    private final Map<List<String>, DataFingerprint> fingerprints = new ConcurrentHashMap<>();

    /** What is kept, by branch; null if nothing is yet. */
    List<Source> branches() {
      return branches;
    }

    /** The fingerprint of some columns, if somebody has found it out. */
    Optional<DataFingerprint> fingerprint(List<String> columns) {
      return Optional.ofNullable(fingerprints.get(columns)).map(Kept::copy);
    }

    void remember(List<String> columns, DataFingerprint fingerprint) {
      fingerprints.put(List.copyOf(columns), copy(fingerprint));
    }

    /** Whoever has a fingerprint may add to it. */
    private static DataFingerprint copy(DataFingerprint fingerprint) {
      DataFingerprint copy = new DataFingerprint();
      copy.merge(fingerprint);
      return copy;
    }

    void fill(List<Source> filled) {
      fingerprints.clear();
      branches = List.copyOf(filled);
    }
  }

  synchronized Kept get(int number) {
    return all.computeIfAbsent(number, unknown -> new Kept());
  }

  /** Whether there are rows; of a cache that somebody is filling there are none yet. */
  boolean isFilled(int number) {
    return get(number).branches() != null;
  }

  /**
   * A new folder for a branch's rows: what a run that failed has left is in another.
   *
   * @throws DrawbarException if the session is closed, or tasks run where its folder is not
   */
  synchronized String folder(int number, int branch) {
    if (closed) {
      throw new DrawbarException(
          "the session is closed, and keeps no rows: nothing runs in it any more. Open another one, and read in it: datasets belong to their session");
    }
    if (!isSeenByTasks) {
      throw new DrawbarException(
          ("rows that are cached or trained on are put down for tasks, and those of engine '%s' run on"
                  + " other machines, which do not see %s; set %s to a folder that all of them and"
                  + " this program share")
              .formatted(engine, Path.of(folder).getParent(), CoreKeys.SCRATCH_FOLDER.name()));
    }
    String place = "%s/%s-%s-%s".formatted(folder, number, branch, fills++);
    places.computeIfAbsent(number, first -> new ArrayList<>()).add(place);
    return place;
  }

  /** Lets go of a cache that nobody will read. */
  synchronized void drop(int number) {
    if (all.remove(number) != null && !closed) {
      for (String place : places.getOrDefault(number, List.of())) {
        remove(place);
      }
      places.remove(number);
    }
  }

  private void remove(String place) {
    Blocks.forget(place);
    try {
      system.delete(place);
    } catch (IOException e) {
      LoggerFactory.getLogger(Caches.class).warn("cannot remove {}: delete it", place, e);
    }
  }

  Sink sink(String place) {
    return Blocks.to(system, place);
  }

  Source source(String place, Schema schema) {
    return Blocks.at(system, place, schema);
  }

  @Override
  public synchronized void close() {
    closed = true;
    remove(folder);
  }
}
