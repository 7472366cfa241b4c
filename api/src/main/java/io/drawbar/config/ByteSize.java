package io.drawbar.config;

import java.util.Locale;

/** Numbers of bytes in words: {@code 64}, {@code 4 KiB}, {@code 4MiB}. */
final class ByteSize {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private ByteSize() {}

  /** Reads a whole number with an optional unit; raises {@link IllegalArgumentException}. */
  static long parse(String text) {
    String stripped = text.strip();
    int digits = 0;
    while (digits < stripped.length() && isDigit(stripped.charAt(digits))) {
      digits++;
    }
    long number = Long.parseLong(stripped.substring(0, digits));
    int shift = shift(stripped.substring(digits).strip());
    if (number > Long.MAX_VALUE >> shift) {
      throw new IllegalArgumentException(" It does not fit 64 bits.");
    }
    return number << shift;
  }

  /** Writes a number of bytes in the largest unit that leaves it whole. */
  static String format(long bytes) {
    int unit = 0;
    long number = bytes;
    while (number != 0 && number % 1024 == 0 && unit < UNITS.length - 1) {
      number /= 1024;
      unit++;
    }
    return unit == 0 ? Long.toString(number) : number + " " + UNITS[unit];
  }

  private static int shift(String unit) {
    if (unit.isEmpty()) {
      return 0;
    }
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equalsIgnoreCase(unit)) {
        return 10 * i;
      }
    }
    String way = unit.toUpperCase(Locale.ROOT).matches("[KMGT]B?") ? binary(unit) : "";
    throw new IllegalArgumentException(
        " Units are B, KiB, MiB, GiB and TiB (of 1024 bytes and its powers)." + way);
  }

  private static String binary(String unit) {
    return " Did you mean '" + Character.toUpperCase(unit.charAt(0)) + "iB'?";
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
