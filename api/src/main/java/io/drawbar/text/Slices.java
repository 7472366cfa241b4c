package io.drawbar.text;

import java.util.Arrays;
import java.util.Objects;

/**
 * A growing list of slices of one byte array: two int arrays, no object per slice.
 *
 * <p>It is meant to be reused: {@link #clear} keeps the arrays. Not for several threads at once.
 */
public final class Slices {

  private static final int FIRST_CAPACITY = 16;

  private int[] starts = new int[FIRST_CAPACITY];
  private int[] ends = new int[FIRST_CAPACITY];
  private int size;

  /** Scratch space of {@link RegexCut}, kept here because this object is the caller's own. */
  int[] offsets = {};

  char[] characters = {};

  /** An empty list. */
  public Slices() {}

  /** Appends the slice from {@code start} (inclusive) to {@code end} (exclusive). */
  public void add(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  /** Forgets all slices, keeping the memory. */
  public void clear() {
    size = 0;
  }

  /** How many slices there are. */
  public int size() {
    return size;
  }

  /**
   * The index of the first byte of a slice.
   *
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  public int start(int slice) {
    return starts[Objects.checkIndex(slice, size)];
  }

  /**
   * The index after the last byte of a slice.
   *
   * @throws IndexOutOfBoundsException if there is no such slice
   */
  public int end(int slice) {
    return ends[Objects.checkIndex(slice, size)];
  }
}
