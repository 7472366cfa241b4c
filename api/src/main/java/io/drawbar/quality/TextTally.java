package io.drawbar.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The least, the greatest, the shortest and the longest text: the first bytes of each. */
final class TextTally {
  private static final int LONGEST = ValueCounts.LONGEST;

  private byte[] least;
  private byte[] greatest;
  private byte[] shortest;
  private byte[] longest;
  private long shortestLength = Long.MAX_VALUE;
  private long longestLength = -1;

  /** Looks at a text of so many code points. */
  void add(byte[] bytes, int from, int to, long length) {
    int end = Math.min(to, from + LONGEST);
    if (least == null || compare(bytes, from, end, least) < 0) {
      least = Arrays.copyOfRange(bytes, from, end);
    }
    if (greatest == null || compare(bytes, from, end, greatest) > 0) {
      greatest = Arrays.copyOfRange(bytes, from, end);
    }
    if (length < shortestLength
        || length == shortestLength && compare(bytes, from, end, shortest) < 0) {
      shortestLength = length;
      shortest = Arrays.copyOfRange(bytes, from, end);
    }
    if (length > longestLength
        || length == longestLength && compare(bytes, from, end, longest) < 0) {
      longestLength = length;
      longest = Arrays.copyOfRange(bytes, from, end);
    }
  }

  private static int compare(byte[] bytes, int from, int to, byte[] other) {
    return Arrays.compareUnsigned(bytes, from, to, other, 0, other.length);
  }

  boolean isEmpty() {
    return least == null;
  }

  byte[] least() {
    return least;
  }

  byte[] greatest() {
    return greatest;
  }

  byte[] shortest() {
    return shortest;
  }

  byte[] longest() {
    return longest;
  }

  void clear() {
    least = null;
    greatest = null;
    shortest = null;
    longest = null;
    shortestLength = Long.MAX_VALUE;
    longestLength = -1;
  }

  void merge(TextTally other) {
    if (other.isEmpty()) {
      return;
    }
    if (isEmpty() || Arrays.compareUnsigned(other.least, least) < 0) {
      least = other.least;
    }
    if (greatest == null || Arrays.compareUnsigned(other.greatest, greatest) > 0) {
      greatest = other.greatest;
    }
    if (other.shortestLength < shortestLength
        || other.shortestLength == shortestLength
            && Arrays.compareUnsigned(other.shortest, shortest) < 0) {
      shortest = other.shortest;
      shortestLength = other.shortestLength;
    }
    if (other.longestLength > longestLength
        || other.longestLength == longestLength
            && Arrays.compareUnsigned(other.longest, longest) < 0) {
      longest = other.longest;
      longestLength = other.longestLength;
    }
  }

  void encode(DataOutput out) throws IOException {
    out.writeBoolean(isEmpty());
    if (isEmpty()) {
      return;
    }
    for (byte[] text : new byte[][] {least, greatest, shortest, longest}) {
      out.writeByte(text.length);
      out.write(text);
    }
    out.writeLong(shortestLength);
    out.writeLong(longestLength);
  }

  /** Reads what {@link #encode} wrote. */
  void decode(DataInput in) throws IOException {
    if (in.readBoolean()) {
      return;
    }
    least = text(in);
    greatest = text(in);
    shortest = text(in);
    longest = text(in);
    shortestLength = in.readLong();
    longestLength = in.readLong();
  }

  private static byte[] text(DataInput in) throws IOException {
    int length = in.readUnsignedByte();
    if (length > LONGEST) {
      throw new IOException("a text of %s bytes".formatted(length));
    }
    byte[] text = new byte[length];
    in.readFully(text);
    return text;
  }
}
