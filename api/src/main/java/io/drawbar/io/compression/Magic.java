package io.drawbar.io.compression;

/** How files begin. */
final class Magic {
  /** How many bytes tell a format from others, at most. */
  static final int BYTES = 10;

  /** The upper 28 bits of a frame that zstd and lz4 pass over. */
  static final int SKIPPED = 0x184D2A5;

  private Magic() {}

  /** The first four bytes as a number; 0 if there are fewer. */
  static int littleEndian(byte[] first) {
    return first.length < 4
        ? 0
        : first[0] & 0xFF
            | (first[1] & 0xFF) << 8
            | (first[2] & 0xFF) << 16
            | (first[3] & 0xFF) << 24;
  }

  /** Whether bytes begin with others. */
  static boolean isStart(byte[] start, byte[] first) {
    if (first.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (first[i] != start[i]) {
        return false;
      }
    }
    return true;
  }
}
