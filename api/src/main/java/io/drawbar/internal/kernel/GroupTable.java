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
 * <p>A slot is two words side by side: half of the hash with the group's number, and the {@link
 * KeyWords word} of the key. For a whole number, or a short text, the word is the key, and a look
 * at one place of memory finds the group: what a group costs is mostly the waiting for memory. The
 * low bits of the hash find the slot, since the high bits have been used to choose the receiver.
 */
final class GroupTable {
  private static final int FIRST_SLOTS = 128;
  private static final int MOST_SLOTS = 1 << 30;

  /** How many rows are looked up together: their slots fit the fastest cache. */
  private static final int AT_ONCE = 256;

  private final ColumnBuilder[] keys;
  private long[] hashes = new long[64];

  /** By slot, the low half of the hash above the group and 1, 0 if empty; then the key's word. */
  private long[] slots = new long[2 * FIRST_SLOTS];

  private long[] words = new long[0];

  /** Of the rows that are looked up together, what the slots hold that their hashes lead to. */
  private final long[] seen = new long[2 * AT_ONCE];

  /** Of these rows, those whose slots do not say all; the complement if they say another key. */
  private final int[] waiting = new int[AT_ONCE];

  private int groups;

  /** Whether a key with a null is there: then equal words are not equal keys. */
  private boolean hasNull;

  GroupTable(List<Field> keyFields) {
    keys = keyFields.stream().map(f -> ColumnBuilder.of(f.type())).toArray(ColumnBuilder[]::new);
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
    }
    KeyWords.of(batch, columns, rowHashes, words);
    for (int from = 0; from < count; from += AT_ONCE) {
      int to = Math.min(from + AT_ONCE, count);
      look(rowHashes, from, to);
      boolean mayBeWhole = columns.length == 1 && columns[0].nulls() == null && !hasNull;
      if (mayBeWhole) {
        findWords(batch, columns, rowHashes, found, from, to);
      } else {
        for (int n = from; n < to; n++) {
          found[n] = findOrAdd(columns, batch.row(n), rowHashes[n], words[n]);
        }
      }
    }
  }

  /**
   * Reads the slots where some rows' keys are if they are the first of their place. Nothing here
   * waits for anything, so that the machine fetches many slots at a time; whoever looks a slot up
   * after that finds it in the cache.
   */
  private void look(long[] rowHashes, int from, int to) {
    long[] all = slots;
    int mask = all.length - 1;
    for (int n = from, k = 0; n < to; n++, k += 2) {
      int slot = (int) (rowHashes[n] << 1) & mask;
      seen[k] = all[slot];
      seen[k + 1] = all[slot + 1];
    }
  }

  /** As {@link #find} for one column without nulls, of rows that were {@link #look looked} for. */
  private void findWords(
      Batch batch, ColumnVector[] columns, long[] rowHashes, int[] found, int from, int to) {
    int unsure = 0;
    for (int n = from, k = 0; n < to; n++, k += 2) {
      int group = (int) seen[k] - 1;
      boolean same = seen[k + 1] == words[n] && (int) (seen[k] >>> 32) == (int) rowHashes[n];
      found[n] = group;
      if (!same || group < 0 || !KeyWords.isKey(columns[0], words[n])) {
        waiting[unsure++] = same ? n : ~n;
      }
    }
    for (int u = 0; u < unsure; u++) {
      int n = waiting[u] < 0 ? ~waiting[u] : waiting[u];
      int row = batch.row(n);
      if (waiting[u] < 0 || found[n] < 0 || !keys[0].holds(found[n], columns[0], row)) {
        found[n] = findOrAdd(columns, row, rowHashes[n], words[n]);
      }
    }
  }

  /** The group of a row's key, or -1. */
  int find(ColumnVector[] columns, int row, long hash) {
    long word = KeyWords.of(columns, row, hash);
    int slot = slot(columns, row, hash, word);
    return slots[slot] == 0 ? -1 : (int) slots[slot] - 1;
  }

  /** The group of a row's key, made if it is not there. */
  int findOrAdd(ColumnVector[] columns, int row, long hash) {
    return findOrAdd(columns, row, hash, KeyWords.of(columns, row, hash));
  }

  private int findOrAdd(ColumnVector[] columns, int row, long hash, long word) {
    int slot = slot(columns, row, hash, word);
    return slots[slot] == 0 ? add(columns, row, hash, word, slot) : (int) slots[slot] - 1;
  }

  /** The place of a key's slot, or of the empty one where it belongs. */
  private int slot(ColumnVector[] columns, int row, long hash, long word) {
    int mask = slots.length - 1;
    int slot = (int) (hash << 1) & mask;
    while (slots[slot] != 0) {
      if (slots[slot + 1] == word
          && (int) (slots[slot] >>> 32) == (int) hash
          && isKey(columns, row, word, (int) slots[slot] - 1)) {
        return slot;
      }
      slot = (slot + 2) & mask;
    }
    return slot;
  }

  private boolean isKey(ColumnVector[] columns, int row, long word, int group) {
    boolean isWhole = columns.length == 1 && KeyWords.isKey(columns[0], word) && !hasNull;
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

  private int add(ColumnVector[] columns, int row, long hash, long word, int slot) {
    for (int c = 0; c < keys.length; c++) {
      keys[c].append(columns[c], row);
      hasNull |= columns[c].isNull(row);
    }
    if (groups == hashes.length) {
      hashes = Arrays.copyOf(hashes, groups * 2);
    }
    hashes[groups] = hash;
    slots[slot] = hash << 32 | ++groups;
    slots[slot + 1] = word;
    if (3L * groups > slots.length) {
      enlarge();
    }
    return groups - 1;
  }

  /**
   * Twice the slots; each finds its place by what it has of the hash, without a look at the keys.
   */
  private void enlarge() {
    if (slots.length > MOST_SLOTS / 2) {
      throw new MemoryLimitException(
          "a task has %s distinct keys, as many as a table holds; use more tasks".formatted(groups)
              + " (drawbar.parallelism)");
    }
    long[] larger = new long[2 * slots.length];
    int mask = larger.length - 1;
    for (int old = 0; old < slots.length; old += 2) {
      if (slots[old] != 0) {
        int slot = (int) (slots[old] >>> 32 << 1) & mask;
        while (larger[slot] != 0) {
          slot = (slot + 2) & mask;
        }
        larger[slot] = slots[old];
        larger[slot + 1] = slots[old + 1];
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

  /** How many bytes of heap it takes. */
  long heapBytes() {
    long bytes = 8L * hashes.length + 8L * slots.length;
    for (ColumnBuilder key : keys) {
      bytes += key.heapBytes();
    }
    return bytes;
  }
}
