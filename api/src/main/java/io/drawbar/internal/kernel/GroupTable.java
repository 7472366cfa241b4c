package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.type.Field;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the distinct keys it sees from 0. Open addressing; keys are kept as columns, so there is
 * no object a group.
 *
 * <p>A slot is two or three words side by side: half of the hash with the group's number, and the
 * {@link KeyWords word or words} of the key. For a number, or a text that is not long, they are the
 * key, and a look at one place of memory finds the group: what a group costs is mostly the waiting
 * for memory. The low bits of the hash find the slot, since the high bits have been used to choose
 * the receiver.
 */
final class GroupTable {
  private static final int FIRST_SLOTS = 128;
  private static final int MOST_SLOTS = 1 << 29;

  private static final int LARGE = MOST_SLOTS / 4;

  /** Texts of a column are in one array. */
  private static final long LARGE_COLUMN = 1 << 30;

  /** With so many groups more is soon: a batch of partial results has no more. */
  private static final int SOON = 1 << 14;

  /** How many rows are looked up together: their slots fit the fastest cache. */
  private static final int AT_ONCE = 256;

  private final ColumnBuilder[] keys;
  private long[] hashes = new long[64];

  /** How many words a slot has. */
  private final int width;

  /** By slot, the low half of the hash above the group and 1, 0 if empty; then the key's words. */
  private long[] slots;

  /** One less than the number of slots, a power of two. */
  private int mask = FIRST_SLOTS - 1;

  private long[] words = new long[0];
  private long[] seconds = new long[0];

  /** Of the rows that are looked up together, what the slots hold that their hashes lead to. */
  private final long[] seen;

  /** Of these rows, those whose slots do not say all; the complement if they say another key. */
  private final int[] waiting = new int[AT_ONCE];

  private int groups;

  /** Whether a key with a null is there: then equal words are not equal keys. */
  private boolean hasNull;

  GroupTable(List<Field> keyFields) {
    keys = keyFields.stream().map(f -> ColumnBuilder.of(f.type())).toArray(ColumnBuilder[]::new);
    width = KeyWords.areTwo(keyFields) ? 3 : 2;
    slots = new long[width * FIRST_SLOTS];
    seen = new long[width * AT_ONCE];
  }

  int groups() {
    return groups;
  }

  long hash(int group) {
    return hashes[group];
  }

  long[] hashes() {
    return hashes;
  }

  /** The keys as columns, a row a group; the table is not added to afterwards. */
  ColumnVector[] columns() {
    return Arrays.stream(keys).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
  }

  /**
   * Finds or makes the group of each row that counts.
   *
   * @param rowHashes the hash of each, by its number among the rows that count
   * @param found gets the group of each, likewise
   */
  void find(Batch batch, ColumnVector[] columns, long[] rowHashes, int[] found) {
    int count = batch.selected();
    if (words.length < count) {
      words = new long[count];
      seconds = width == 3 ? new long[count] : seconds;
    }
    KeyWords.of(batch, columns, rowHashes, words, seconds);
    for (int from = 0; from < count; from += AT_ONCE) {
      int to = Math.min(from + AT_ONCE, count);
      if (columns.length == 1 && columns[0].nulls() == null && !hasNull) {
        look(rowHashes, from, to);
        findSeen(batch, columns, rowHashes, found, from, to);
      } else {
        for (int n = from; n < to; n++) {
          found[n] = findOrAdd(columns, batch.row(n), rowHashes[n], words[n], second(n));
        }
      }
    }
  }

  private long second(int n) {
    return width == 3 ? seconds[n] : 0;
  }

  /**
   * Reads the slots where some rows' keys are if they are the first of their place. Nothing here
   * waits for anything, so that the machine fetches many slots at a time; whoever looks a slot up
   * after that finds it in the cache.
   */
  private void look(long[] rowHashes, int from, int to) {
    long[] all = slots;
    if (width == 2) {
      for (int n = from, k = 0; n < to; n++, k += 2) {
        int slot = 2 * ((int) rowHashes[n] & mask);
        seen[k] = all[slot];
        seen[k + 1] = all[slot + 1];
      }
    } else {
      for (int n = from, k = 0; n < to; n++, k += 3) {
        int slot = 3 * ((int) rowHashes[n] & mask);
        seen[k] = all[slot];
        seen[k + 1] = all[slot + 1];
        seen[k + 2] = all[slot + 2];
      }
    }
  }

  /** As {@link #find} for one column without nulls, of rows that were {@link #look looked} for. */
  private void findSeen(
      Batch batch, ColumnVector[] columns, long[] rowHashes, int[] found, int from, int to) {
    int unsure = 0;
    for (int n = from, k = 0; n < to; n++, k += width) {
      long second = second(n);
      int group = (int) seen[k] - 1;
      boolean same =
          group >= 0
              & seen[k + 1] == words[n]
              & (int) (seen[k] >>> 32) == (int) rowHashes[n]
              & (width == 2 || seen[k + 2] == second);
      found[n] = group;
      if (!same || !KeyWords.areKey(columns[0], second)) {
        waiting[unsure++] = same ? n : ~n;
      }
    }
    for (int u = 0; u < unsure; u++) {
      int n = waiting[u] < 0 ? ~waiting[u] : waiting[u];
      int row = batch.row(n);
      if (waiting[u] < 0 || !keys[0].holds(found[n], columns[0], row)) {
        found[n] = findOrAdd(columns, row, rowHashes[n], words[n], second(n));
      }
    }
  }

  /** The group of a row's key, or -1. */
  int find(ColumnVector[] columns, int row, long hash) {
    long word = KeyWords.first(columns, row, hash);
    int slot = slot(columns, row, hash, word, KeyWords.second(columns, row));
    return slots[slot] == 0 ? -1 : (int) slots[slot] - 1;
  }

  /** The group of a row's key, made if it is not there. */
  int findOrAdd(ColumnVector[] columns, int row, long hash) {
    long word = KeyWords.first(columns, row, hash);
    return findOrAdd(columns, row, hash, word, KeyWords.second(columns, row));
  }

  private int findOrAdd(ColumnVector[] columns, int row, long hash, long word, long second) {
    int slot = slot(columns, row, hash, word, second);
    if (slots[slot] != 0) {
      return (int) slots[slot] - 1;
    }
    slots[slot] = hash << 32 | groups + 1;
    slots[slot + 1] = word;
    if (width == 3) {
      slots[slot + 2] = second;
    }
    return add(columns, row, hash);
  }

  /** The place of a key's slot, or of the empty one where it belongs. */
  private int slot(ColumnVector[] columns, int row, long hash, long word, long second) {
    int slot = width * ((int) hash & mask);
    while (slots[slot] != 0) {
      if (slots[slot + 1] == word
          && (int) (slots[slot] >>> 32) == (int) hash
          && (width == 2 || slots[slot + 2] == second)
          && isKey(columns, row, second, (int) slots[slot] - 1)) {
        return slot;
      }
      slot += width;
      slot = slot == slots.length ? 0 : slot;
    }
    return slot;
  }

  private boolean isKey(ColumnVector[] columns, int row, long second, int group) {
    boolean isWhole = columns.length == 1 && KeyWords.areKey(columns[0], second) && !hasNull;
    return isWhole && !columns[0].isNull(row) || holds(group, columns, row);
  }

  private boolean holds(int group, ColumnVector[] columns, int row) {
    for (int c = 0; c < keys.length; c++) {
      if (!keys[c].holds(group, columns[c], row)) {
        return false;
      }
    }
    return true;
  }

  /** Adds a key that has a slot. */
  private int add(ColumnVector[] columns, int row, long hash) {
    for (int c = 0; c < keys.length; c++) {
      keys[c].append(columns[c], row);
      hasNull |= columns[c].isNull(row);
    }
    if (groups == hashes.length) {
      hashes = Arrays.copyOf(hashes, groups * 2);
    }
    hashes[groups++] = hash;
    if (3L * groups > 2L * mask) {
      enlarge();
    }
    return groups - 1;
  }

  /**
   * Twice the slots; each finds its place by what it has of the hash, without a look at the keys.
   */
  private void enlarge() {
    if (mask >= MOST_SLOTS - 1) {
      throw new MemoryLimitException(
          "a task has %s distinct keys, as many as a table holds; use more tasks".formatted(groups)
              + " (drawbar.parallelism)");
    }
    long[] larger = new long[2 * slots.length];
    mask = 2 * mask + 1;
    for (int old = 0; old < slots.length; old += width) {
      if (slots[old] != 0) {
        int slot = width * ((int) (slots[old] >>> 32) & mask);
        while (larger[slot] != 0) {
          slot += width;
          slot = slot == larger.length ? 0 : slot;
        }
        for (int i = 0; i < width; i++) {
          larger[slot + i] = slots[old + i];
        }
      }
    }
    slots = larger;
  }

  /**
   * Makes a group of each row that counts, whether its key is there or not: nothing is looked up.
   */
  void append(Batch batch, ColumnVector[] columns, long[] rowHashes, int[] found) {
    int count = batch.selected();
    for (int c = 0; c < keys.length; c++) {
      keys[c].appendAll(columns[c], batch.selection(), count);
    }
    if (groups + count > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.max(groups + count, groups * 2));
    }
    System.arraycopy(rowHashes, 0, hashes, groups, count);
    for (int n = 0; n < count; n++) {
      found[n] = groups++;
    }
  }

  /** Adds the group of the key without columns. */
  void addEmpty(long hash) {
    findOrAdd(new ColumnVector[0], 0, hash);
  }

  /** Whether it is time to begin another one, even if there is memory left. */
  boolean isLarge() {
    boolean isLarge = groups > LARGE;
    for (ColumnBuilder key : keys) {
      isLarge |= key.heapBytes() > LARGE_COLUMN;
    }
    return isLarge;
  }

  /** How many bytes of heap it takes, or will have to take for a moment when it grows soon. */
  long heapBytes() {
    boolean growsSoon = 3L * (groups + SOON) > 2L * mask;
    long bytes = 8L * hashes.length + 8L * slots.length * (growsSoon ? 3 : 1);
    for (ColumnBuilder key : keys) {
      bytes += key.heapBytes();
    }
    return bytes;
  }
}
