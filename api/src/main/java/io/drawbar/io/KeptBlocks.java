package io.drawbar.io;

import io.drawbar.column.Batch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Blocks of {@link Blocks kept rows} that this process has read, decoded, so that it reads and
 * checks a file once and not each time: a quarter of the heap at most. What does not fit is read
 * from its file again, and no result depends on which it was.
 *
 * <p>A scan that comes round would find nothing if the oldest file went for the newest. So the
 * files of a folder stay as long as that folder is used, and only those of folders that are no
 * longer read make room: each folder is counted as used when one of its files is.
 */
final class KeptBlocks {
  /** Of this process. */
  static final KeptBlocks OF_PROCESS = new KeptBlocks(Runtime.getRuntime().maxMemory() / 4);

  /**
   * A block.
   *
   * @param unit its unit
   * @param rows all its columns; lasting
   */
  record Block(long unit, Batch rows) {}

  /** A file whose blocks are being read, in order, to be kept. */
  final class Draft {
    private final String path;
    private final List<Block> blocks = new ArrayList<>();
    private long bytes;
    private boolean fits = true;

    private Draft(String path) {
      this.path = path;
    }

    void add(Block block) {
      if (!fits) {
        return;
      }
      long more = block.rows().heapBytes();
      fits = reserve(path, more);
      if (fits) {
        bytes += more;
        blocks.add(block);
      } else {
        drop();
      }
    }

    /** All blocks have been read. */
    void end() {
      if (fits) {
        keep(path, new File(List.copyOf(blocks), bytes));
        bytes = 0;
        fits = false;
      }
    }

    /** Gives up: the file is not read to its end. */
    void drop() {
      release(bytes);
      bytes = 0;
      blocks.clear();
      fits = false;
    }
  }

  private record File(List<Block> blocks, long bytes) {}

  private static final class Folder {
    private final Map<String, File> files = new HashMap<>();
    private long lastUsed;
  }

  private final long mostBytes;
  private final Map<String, Folder> folders = new HashMap<>();
  private long bytes;
  private long uses;

  KeptBlocks(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The blocks of a file, in order; null if they are not here. */
  synchronized List<Block> find(String path) {
    Folder folder = folders.get(folder(path));
    if (folder == null) {
      return null;
    }
    folder.lastUsed = ++uses;
    File file = folder.files.get(path);
    return file == null ? null : file.blocks;
  }

  Draft draft(String path) {
    return new Draft(path);
  }

  /** Forgets the files of a folder, and of those in it. */
  synchronized void forget(String folder) {
    Iterator<Map.Entry<String, Folder>> all = folders.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Folder> entry = all.next();
      if (entry.getKey().equals(folder) || entry.getKey().startsWith(folder + "/")) {
        bytes -= bytes(entry.getValue());
        all.remove();
      }
    }
  }

  /** The bytes held and reserved. */
  synchronized long bytes() {
    return bytes;
  }

  private synchronized boolean reserve(String path, long more) {
    while (bytes + more > mostBytes && forgetLongestUnused(folder(path))) {
      // One folder less.
    }
    boolean fits = bytes + more <= mostBytes;
    bytes += fits ? more : 0;
    return fits;
  }

  private boolean forgetLongestUnused(String keep) {
    String longest = null;
    for (Map.Entry<String, Folder> entry : folders.entrySet()) {
      boolean isOlder =
          longest == null || entry.getValue().lastUsed < folders.get(longest).lastUsed;
      if (isOlder && !entry.getKey().equals(keep)) {
        longest = entry.getKey();
      }
    }
    if (longest == null) {
      return false;
    }
    bytes -= bytes(folders.remove(longest));
    return true;
  }

  private synchronized void release(long less) {
    bytes -= less;
  }

  private synchronized void keep(String path, File file) {
    Folder folder = folders.computeIfAbsent(folder(path), name -> new Folder());
    folder.lastUsed = ++uses;
    File before = folder.files.put(path, file);
    bytes -= before == null ? 0 : before.bytes;
  }

  private static long bytes(Folder folder) {
    return folder.files.values().stream().mapToLong(File::bytes).sum();
  }

  private static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
