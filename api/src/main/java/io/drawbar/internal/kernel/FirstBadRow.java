package io.drawbar.internal.kernel;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;

/**
 * The first row that does not fit, of those that some tasks have read.
 *
 * @param file the position of its file in the source
 * @param offset its first byte
 * @param reason what is wrong with it
 */
public record FirstBadRow(int file, long offset, String reason) {
  private static final int MOST_CHARACTERS = 10_000;

  private static final Comparator<FirstBadRow> IN_ORDER =
      Comparator.comparingInt(FirstBadRow::file).thenComparingLong(FirstBadRow::offset);

  static FirstBadRow first(FirstBadRow a, FirstBadRow b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return IN_ORDER.compare(a, b) <= 0 ? a : b;
  }

  void encode(DataOutput out) throws IOException {
    out.writeInt(file);
    out.writeLong(offset);
    out.writeUTF(reason.length() > MOST_CHARACTERS ? reason.substring(0, MOST_CHARACTERS) : reason);
  }

  static FirstBadRow decode(DataInput in) throws IOException {
    return new FirstBadRow(in.readInt(), in.readLong(), in.readUTF());
  }
}
