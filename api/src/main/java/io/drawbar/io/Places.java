package io.drawbar.io;

import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where sightings are, for people. Lines are counted once at the end, by reading files up to the
 * last place in each; far inside of large data bytes have to do.
 */
final class Places {
  /** The most bytes that are read to count lines. */
  private static final long COUNTED_BYTES = 1L << 30;

  private final TreeMap<Integer, TreeSet<Long>> wanted = new TreeMap<>();
  private final Map<Integer, TextSplit> files = new HashMap<>();
  private final Map<Integer, Map<Long, Long>> lines = new HashMap<>();

  /** Has a place shown later. */
  void want(Sighting sighting) {
    wanted.computeIfAbsent(sighting.file(), f -> new TreeSet<>()).add(sighting.position());
  }

  /** Counts lines. */
  void count(InputFiles inputs) {
    for (Split split : inputs.splits(new Layout(4 << 20, 1, 1), 1, 1)) {
      TextSplit range = (TextSplit) split;
      files.putIfAbsent(range.file(), range);
    }
    long left = COUNTED_BYTES;
    for (Map.Entry<Integer, TreeSet<Long>> file : wanted.entrySet()) {
      TextSplit split = files.get(file.getKey());
      if (split != null) {
        left -= count(inputs.system(), split, file.getValue().headSet(left, true));
      }
    }
  }

  private long count(FileSystem system, TextSplit split, Iterable<Long> positions) {
    Map<Long, Long> found = new HashMap<>();
    lines.put(split.file(), found);
    long at = 0;
    long line = 1;
    try (InputStream in = split.open(system, 0)) {
      byte[] bytes = new byte[1 << 16];
      for (long position : positions) {
        while (at < position) {
          int count = in.read(bytes, 0, (int) Math.min(position - at, bytes.length));
          if (count < 0) {
            return at;
          }
          at += count;
          for (int i = 0; i < count; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
          }
        }
        found.put(position, line);
      }
    } catch (IOException | DrawbarException e) {
      // The rest is shown by the byte.
      return at;
    }
    return at;
  }

  /** A place as {@code file:line}; once lines have been {@link #count counted}. */
  String shown(Sighting sighting) {
    TextSplit split = files.get(sighting.file());
    String file = split == null ? "file " + sighting.file() : split.shown();
    Long line = lines.getOrDefault(sighting.file(), Map.of()).get(sighting.position());
    return line == null ? file + ", byte " + sighting.position() : file + ":" + line;
  }
}
