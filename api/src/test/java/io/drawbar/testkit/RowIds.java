package io.drawbar.testkit;

import io.drawbar.type.Row;
import java.util.ArrayList;
import java.util.List;

/** Ids of rows by their definition: what {@code sample} and {@code split} choose by. */
final class RowIds {
  private static final long START = 0x44726177626172L;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private RowIds() {}

  private static long mixed(long id, long number) {
    return ReferenceHash.stafford13(id * GOLDEN + number);
  }

  /** Of a row as read: its file, its leaf in it, and its ordinal in that. */
  static long place(int file, long leaf, long ordinal) {
    return mixed(mixed(START, ((long) file << 32) + leaf), ordinal);
  }

  /** Of the ordinal-th row that a limit lets through. */
  static long first(long ordinal) {
    return place(0, 0, ordinal);
  }

  /** Of a row that has crossed a keyed operator: its content, and its number among its equals. */
  static long content(Row row, long number) {
    List<Object> values = new ArrayList<>();
    for (int c = 0; c < row.schema().size(); c++) {
      values.add(row.value(c));
    }
    return mixed(ReferenceHash.hash64(values), number);
  }

  /** Of the child of a row, of those that {@code explode} or {@code flatMap} makes, from 0. */
  static long child(long id, long number) {
    return mixed(id, number);
  }

  /** Of a row of the first or second of two datasets that are one. */
  static long branch(long id, int oneOrTwo) {
    return mixed(id, oneOrTwo);
  }

  /** Whether a row is in a share of all. */
  static boolean isChosen(long id, long seed, double share) {
    return drawn(id, seed) < share;
  }

  /** The number from 0 to less than 1 that an id, or a hash of values, draws. */
  static double drawn(long hash, long seed) {
    long start = ReferenceHash.stafford13(seed * GOLDEN + START);
    return Math.scalb((double) (mixed(start, hash) >>> 11), -53);
  }
}
