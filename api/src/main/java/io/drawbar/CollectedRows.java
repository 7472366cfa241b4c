package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.type.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rows that become objects on the driver, where they take several times what they took in frames:
 * those for which the heap is too small are an error before it is full, and not the end of the
 * program.
 */
final class CollectedRows {
  /** What a row takes beside its values: itself, an array, its place in the list. */
  private static final long ROW_BYTES = 48;

  /** What a value takes beside what it took in a frame: an object, and its place in the row. */
  private static final long VALUE_BYTES = 28;

  /** What part of the heap is for everything else. */
  private static final long OTHERS = 8;

  private final List<Row> rows = new ArrayList<>();
  private final String name;
  private final long count;
  private final long frameBytes;
  private boolean isChecked;

  /**
   * No rows yet.
   *
   * @param name what is run
   * @param count how many rows there will be
   * @param frameBytes what they take as they came, which stays until the last is an object
   */
  CollectedRows(String name, long count, long frameBytes) {
    this.name = name;
    this.count = count;
    this.frameBytes = frameBytes;
  }

  /** Adds rows. */
  void add(Batch batch) {
    if (!isChecked) {
      check(batch.schema().size(), Runtime.getRuntime().maxMemory());
      isChecked = true;
    }
    batch.copyTo(rows);
  }

  /** Fails if there is no room for all, by what objects take, about. */
  void check(int columns, long heapBytes) {
    long objects = frameBytes + count * (ROW_BYTES + columns * VALUE_BYTES);
    if (frameBytes + objects > heapBytes - heapBytes / OTHERS) {
      throw new MemoryLimitException(
          String.format(
              Locale.ROOT,
              "the %,d rows of '%s' take %,d bytes as they come and about %,d as objects, and the heap"
                  + " has %,d in all: write them, collect fewer with limit(...), or raise -Xmx",
              count,
              name,
              frameBytes,
              objects,
              heapBytes));
    }
  }

  List<Row> all() {
    return rows;
  }
}
