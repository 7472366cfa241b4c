package io.drawbar.io.parquet;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.StringColumn;
import io.drawbar.text.Utf8;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.values.ValuesReader;

/**
 * Text, as slices of the page or of the dictionary that it stands in. Only when the values of a
 * block come from several places, are they copied together.
 */
final class TextValues extends ValueColumn {
  private byte[] dictionary = {};
  private int[] dictionaryStarts = {0};
  private byte[] page;
  private int from;
  private int to;

  /** What the slices are of. */
  private byte[] bytes = {};

  private int[] starts = {};
  private int[] ends = {};

  /** Where slices have been copied to, and how far it is full. */
  private byte[] copies = {};

  private int copied;

  /** Whether the slices are of {@link #copies}. */
  private boolean isCopying;

  /** The index after the last slice. */
  private int taken;

  TextValues(ColumnDescriptor leaf) {
    super(leaf);
  }

  /** The length of the text whose length is at an index. */
  static int length(byte[] source, int at, int end) {
    int length = end - at < 4 ? -1 : (int) LittleEndian.INT.get(source, at);
    if (length < 0 || length > end - at - 4) {
      throw new DamageException(
          "a text of %s bytes where %s are left"
              .formatted(Integer.toUnsignedString(length), Math.max(0, end - at - 4)));
    }
    return length;
  }

  private static void check(byte[] source, int start, int end) {
    int invalid = Utf8.firstInvalid(source, start, end);
    if (invalid >= 0) {
      throw new DamageException(
          "a text is not valid UTF-8, from its byte %s on".formatted(invalid - start));
    }
  }

  @Override
  void takeDictionary(byte[] source, int start, int end, int count) {
    checkSize(count, 4, start, end);
    int[] offsets = new int[count + 1];
    byte[] all = new byte[end - start - 4 * count];
    int at = start;
    int size = 0;
    for (int i = 0; i < count; i++) {
      int length = length(source, at, end);
      check(source, at + 4, at + 4 + length);
      System.arraycopy(source, at + 4, all, size, length);
      size += length;
      offsets[i + 1] = size;
      at += 4 + length;
    }
    dictionary = all;
    dictionaryStarts = offsets;
  }

  @Override
  void beginBlock() {
    copied = 0;
    taken = 0;
    isCopying = false;
  }

  @Override
  void beginPlain(byte[] source, int start, int end) {
    page = source;
    from = start;
    to = end;
  }

  /** Slices that come next are of this array; if others are of another, all are copied. */
  private void source(byte[] next) {
    if (taken > 0 && !isCopying && bytes != next) {
      copy();
    }
    bytes = next;
  }

  private void copy() {
    isCopying = true;
    for (int i = 0; i < taken; i++) {
      put(bytes, i, starts[i], ends[i]);
    }
  }

  private void put(byte[] source, int index, int start, int end) {
    int length = end - start;
    if (length > Integer.MAX_VALUE - 64 - copied) {
      throw new DamageException("the texts of a block have more than 2^31 bytes");
    }
    if (copies.length < copied + length) {
      copies =
          Arrays.copyOf(
              copies, (int) Math.min(Integer.MAX_VALUE - 64, (copied + (long) length) * 2));
    }
    System.arraycopy(source, start, copies, copied, length);
    starts[index] = copied;
    copied += length;
    ends[index] = copied;
  }

  @Override
  void plain(int at, int count) {
    source(page);
    int next = from;
    for (int i = at; i < at + count; i++) {
      int length = length(page, next, to);
      starts[i] = next + 4;
      next += 4 + length;
      ends[i] = next;
      check(page, starts[i], next);
    }
    from = next;
    took(at, count);
  }

  private void took(int at, int count) {
    for (int i = at; isCopying && i < at + count; i++) {
      put(bytes, i, starts[i], ends[i]);
    }
    taken = at + count;
  }

  @Override
  void skipPlain(int count) {
    for (int i = 0; i < count; i++) {
      from += 4 + length(page, from, to);
    }
  }

  @Override
  void repeat(int place, int at, int count) {
    source(dictionary);
    Arrays.fill(starts, at, at + count, dictionaryStarts[place]);
    Arrays.fill(ends, at, at + count, dictionaryStarts[place + 1]);
    took(at, count);
  }

  @Override
  void pick(int[] places, int at, int count) {
    check(places, count);
    source(dictionary);
    int[] offsets = dictionaryStarts;
    for (int i = 0; i < count; i++) {
      int place = places[i];
      starts[at + i] = offsets[place];
      ends[at + i] = offsets[place + 1];
    }
    took(at, count);
  }

  @Override
  void other(ValuesReader reader, int at, int count) {
    if (!isCopying) {
      copy();
    }
    for (int i = at; i < at + count; i++) {
      byte[] text = reader.readBytes().getBytesUnsafe();
      check(text, 0, text.length);
      put(text, i, 0, text.length);
    }
    taken = at + count;
  }

  @Override
  void endPage() {
    if (taken > 0 && !isCopying && bytes != dictionary) {
      copy();
    }
  }

  @Override
  void reserve(int count) {
    if (starts.length < count) {
      starts = Arrays.copyOf(starts, count);
      ends = Arrays.copyOf(ends, count);
    }
  }

  @Override
  void spread(boolean[] nulls, int at, int present, int count) {
    int last = at + present - 1;
    for (int i = at + count - 1; i >= at; i--) {
      if (nulls[i]) {
        starts[i] = 0;
        ends[i] = 0;
      } else {
        starts[i] = starts[last];
        ends[i] = ends[last--];
      }
    }
    taken = at + count;
  }

  @Override
  ColumnVector vector(int size, boolean[] nulls) {
    return new StringColumn(size, isCopying ? copies : bytes, starts, ends, nulls);
  }
}
