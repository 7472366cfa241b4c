package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.compression.Compression;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Split;
import io.drawbar.text.Utf8;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a source of files reads: files, folders with all that is below them, or patterns like
 * {@code books/*.txt}.
 *
 * @param system knows the paths
 * @param roots as given, in this order
 */
public record InputFiles(FileSystem system, List<String> roots) implements Serializable {
  private static final int MOST_HOSTS = 3;

  /** In a folder that a run has written; such a one may be without rows. */
  static final String SUCCESS = "_SUCCESS";

  /** Copies the roots. */
  public InputFiles {
    roots = List.copyOf(roots);
  }

  /** The same with the file systems of a session's configuration. */
  public InputFiles configured(Config config) {
    return new InputFiles(system.configured(config, roots), roots);
  }

  /** Splits of all files; their position in the list of files is the number of the file. */
  List<Split> splits(Layout layout, int desired, int alignment) {
    List<Found> files = list();
    long total = files.stream().mapToLong(Found::bytes).sum();
    long share = Math.max(1, ceil(total, Math.max(1, desired)));
    List<Split> splits = new ArrayList<>();
    for (int f = 0; f < files.size(); f++) {
      Found file = files.get(f);
      if (file.compression() != Compression.NONE) {
        file.compression().check(file.shown);
        splits.add(file.split(f, 0, Long.MAX_VALUE, 0, file.bytes));
        continue;
      }
      long leaves = ceil(file.bytes, layout.leafBytes());
      if (leaves > 1L << 32) {
        throw new DrawbarException(
            "%s has %s bytes, more than 2^32 leaves of %s bytes; use a larger drawbar.leaf.bytes"
                .formatted(file.shown, file.bytes, layout.leafBytes()));
      }
      long ranges = Math.max(1, (file.bytes + share / 2) / share);
      long step = ceil(ceil(leaves, ranges), alignment) * alignment;
      for (long first = 0; first < leaves; first += step) {
        long last = Math.min(leaves, first + step);
        long from = first * layout.leafBytes();
        long bytes = (last == leaves ? file.bytes : last * layout.leafBytes()) - from;
        splits.add(file.split(f, first, last, from, bytes));
      }
    }
    return splits;
  }

  /** Where a row is, for people: its line is counted. */
  String place(int file, long offset) {
    Found found = list().get(file);
    return TextReader.place(
        new TextSplit(
            file, found.path, found.shown, found.compression, found.bytes, 0, 0, found.bytes),
        system,
        offset);
  }

  /** In a line, for plans and messages. */
  public String describe() {
    return String.join(", ", roots);
  }

  private static long ceil(long value, long divisor) {
    return value / divisor + (value % divisor == 0 ? 0 : 1);
  }

  /**
   * The files in their order; the position of one is its number.
   *
   * @throws DrawbarException if there are none
   */
  public List<Found> list() {
    if (roots.isEmpty()) {
      throw new DrawbarException("nothing to read: say where the files are with at(\"path\")");
    }
    List<Found> all = new ArrayList<>();
    for (String root : roots) {
      try {
        List<Found> found = list(root);
        found.sort(
            Comparator.comparing(Found::order, Arrays::compareUnsigned).thenComparing(Found::path));
        all.addAll(found);
      } catch (IOException e) {
        throw new DrawbarException(e.getMessage(), e);
      }
    }
    return all;
  }

  private List<Found> list(String root) throws IOException {
    if (PathPattern.isPattern(root) && !system.exists(root)) {
      return matching(PathPattern.of(root), root);
    }
    String last = root.substring(root.lastIndexOf('/') + 1);
    List<Found> found = new ArrayList<>();
    List<FileSystem.Status> statuses =
        system.isRenameAtomic(root)
            ? OutputListing.list(system, root)
            : StoreCommit.list(system, root);
    if (statuses.isEmpty() && !system.exists(join(root, SUCCESS))) {
      throw new MissingFileException(
          "no file is in the folder %s, nor in a folder below it, but for those that are not read:"
                  .formatted(root)
              + " their names begin with _ or .");
    }
    for (FileSystem.Status status : statuses) {
      String below = join(root, status.relativePath());
      boolean isRoot =
          statuses.size() == 1
              && status.relativePath().equals(last)
              && !status.path().endsWith(below);
      found.add(Found.of(status, isRoot ? root : below));
    }
    return found;
  }

  private List<Found> matching(PathPattern pattern, String root) throws IOException {
    List<Found> found = new ArrayList<>();
    boolean isAbove = false;
    for (FileSystem.Status status : OutputListing.list(system, pattern.folder())) {
      String path = status.relativePath();
      if (pattern.matches(path)) {
        found.add(Found.of(status, pattern.prefix() + path));
      }
      isAbove |= found.isEmpty() && pattern.matchesAbove(path);
    }
    if (found.isEmpty()) {
      throw new MissingFileException(
          "no file matches %s: the folder %s is there, but no %s in it is like '%s'%s"
              .formatted(
                  root,
                  pattern.folder(),
                  pattern.rest().indexOf('/') < 0 ? "name" : "path",
                  pattern.rest(),
                  isAbove ? ". Folders are: add /** for the files below them." : ""));
    }
    return found;
  }

  private static String join(String folder, String name) {
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }

  /**
   * A file to read.
   *
   * @param path opens it
   * @param shown names it in messages: the root as given and what is below
   * @param order sorts it: its path below the root without the suffix of its compression, as UTF-8
   * @param placements where it is kept
   */
  public record Found(
      String path,
      String shown,
      byte[] order,
      long bytes,
      Compression compression,
      List<FileSystem.Placement> placements) {
    static Found of(FileSystem.Status status, String shown) {
      String name = status.relativePath();
      return new Found(
          status.path(),
          shown,
          Utf8.encode(Compression.withoutSuffix(name)),
          status.bytes(),
          Compression.ofName(name),
          status.placements());
    }

    /** Some of its leaves, which are so many of its bytes. */
    TextSplit split(int file, long first, long end, long from, long count) {
      return new TextSplit(
          file, path, shown, compression, bytes, first, end, count, hosts(from, from + count));
    }

    /** The hosts that have most of a range of its bytes, best first. */
    public List<String> hosts(long from, long end) {
      Map<String, Long> held = new HashMap<>();
      for (FileSystem.Placement placement : placements) {
        long common =
            Math.min(end, placement.offset() + placement.bytes())
                - Math.max(from, placement.offset());
        if (common > 0) {
          placement.hosts().forEach(host -> held.merge(host, common, Long::sum));
        }
      }
      return held.entrySet().stream()
          .sorted(
              Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(Map.Entry.comparingByKey()))
          .limit(MOST_HOSTS)
          .map(Map.Entry::getKey)
          .toList();
    }
  }
}
