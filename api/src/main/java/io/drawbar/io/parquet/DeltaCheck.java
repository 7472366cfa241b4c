package io.drawbar.io.parquet;

import org.apache.parquet.column.Encoding;

/**
 * Looks whether what numbers encoded as differences say of themselves can be, before a reader makes
 * room for that many.
 */
final class DeltaCheck {
  private static final int MOST_BLOCK = 1 << 16;

  private final byte[] bytes;
  private final int end;
  private int at;

  private DeltaCheck(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    at = from;
    end = to;
  }

  /**
   * Checks a page.
   *
   * @param count the most numbers there may be
   */
  static void check(Encoding encoding, byte[] bytes, int from, int to, int count) {
    DeltaCheck check = new DeltaCheck(bytes, from, to);
    if (encoding == Encoding.DELTA_BINARY_PACKED || encoding == Encoding.DELTA_LENGTH_BYTE_ARRAY) {
      check.numbers(count);
    } else if (encoding == Encoding.DELTA_BYTE_ARRAY) {
      check.numbers(count);
      check.numbers(count);
    }
  }

  private void numbers(int most) {
    long block = varint();
    long parts = varint();
    long count = varint();
    varint();
    if (block < 1 || block > MOST_BLOCK || parts < 1 || block % (parts * 8) != 0 || count > most) {
      throw new DamageException(
          "%s differences in blocks of %s, %s parts each, of %s values"
              .formatted(count, block, parts, most));
    }
    long left = count - 1;
    while (left > 0) {
      varint();
      int widths = at;
      if (parts > end - at) {
        throw new DamageException("it ends in a block of differences");
      }
      at += (int) parts;
      for (int p = 0; p < parts && left > 0; p++) {
        long size = (bytes[widths + p] & 0xFFL) * (block / parts) / 8;
        if (bytes[widths + p] < 0 || bytes[widths + p] > 64 || size > end - at) {
          throw new DamageException("a block of differences is longer than its page");
        }
        at += (int) size;
        left -= block / parts;
      }
    }
  }

  private long varint() {
    long number = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      if (at >= end) {
        throw new DamageException("it ends in a number");
      }
      byte b = bytes[at++];
      number |= shift < 64 ? (long) (b & 0x7F) << shift : 0;
      if (b >= 0) {
        return number;
      }
    }
    throw new DamageException("a number is too long");
  }
}
