package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.type.Field;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the distinct keys it sees from 0. Open addressing over an array of group numbers; keys
 * are kept as columns, so there is no object a group; a slot has half of the hash, so that hardly
 * any key is looked at in vain. The low bits of the hash find the slot, since the high bits have
 * been used to choose the receiver.
 */
final class GroupTable {
  private final ColumnBuilder[] keys;
  private long[] hashes = new long[64];

  /**
   * Of each slot the upper half of the hash and, in the lower half, the group and 1; 0 if empty.
   */
  private long[] slots = new long[128];

  private int groups;

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
    for (int n = 0; n < batch.selected(); n++) {
      found[n] = findOrAdd(columns, batch.row(n), rowHashes[n]);
    }
  }

  /** The group of a row's key, or -1. */
  int find(ColumnVector[] columns, int row, long hash) {
    int mask = slots.length - 1;
    int tag = (int) (hash >>> 32);
    for (int slot = (int) hash & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
      if ((int) (slots[slot] >>> 32) == tag && holds((int) slots[slot] - 1, columns, row)) {
        return (int) slots[slot] - 1;
      }
    }
    return -1;
  }

  /** The group of a row's key, made if it is not there. */
  int findOrAdd(ColumnVector[] columns, int row, long hash) {
    int mask = slots.length - 1;
    int slot = (int) hash & mask;
    int tag = (int) (hash >>> 32);
    while (slots[slot] != 0) {
      if ((int) (slots[slot] >>> 32) == tag && holds((int) slots[slot] - 1, columns, row)) {
        return (int) slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    return add(columns, row, hash, slot);
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

  private boolean holds(int group, ColumnVector[] columns, int row) {
    for (int c = 0; c < keys.length; c++) {
      if (!keys[c].holds(group, columns[c], row)) {
        return false;
      }
    }
    return true;
  }

  private int add(ColumnVector[] columns, int row, long hash, int slot) {
    for (int c = 0; c < keys.length; c++) {
      keys[c].append(columns[c], row);
    }
    if (groups == hashes.length) {
      hashes = Arrays.copyOf(hashes, groups * 2);
    }
    hashes[groups] = hash;
    slots[slot] = entry(hash, groups++);
    if (groups * 2 > slots.length) {
      rehash();
    }
    return groups - 1;
  }

  private static long entry(long hash, int group) {
    return hash >>> 32 << 32 | group + 1;
  }

  private void rehash() {
    long[] larger = new long[slots.length * 2];
    int mask = larger.length - 1;
    for (int group = 0; group < groups; group++) {
      int slot = (int) hashes[group] & mask;
      while (larger[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      larger[slot] = entry(hashes[group], group);
    }
    slots = larger;
  }
}
