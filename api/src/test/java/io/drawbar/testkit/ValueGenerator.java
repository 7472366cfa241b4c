package io.drawbar.testkit;

import io.drawbar.type.DataType;
import java.util.List;
import java.util.Random;

/** Values of a column: each has a manner of its own, from the ordinary to the nasty. */
final class ValueGenerator {
  private static final List<Double> NASTY =
      List.of(
          Double.NaN,
          Double.longBitsToDouble(0xFFF8_0000_0000_0001L),
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          -0.0,
          0.0,
          Double.MIN_VALUE,
          -Double.MIN_VALUE,
          0x1p-1022,
          0x0.8p-1022,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          1e308,
          2e23,
          0x1p53,
          0x1p53 + 2,
          0x1p63,
          -0x1p63,
          0x1p-44,
          1e-5,
          1e7,
          0.1);

  private static final List<Long> EDGES =
      List.of(
          0L,
          1L,
          -1L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          Long.MAX_VALUE - 1,
          (1L << 53) + 1,
          1L << 62,
          -(1L << 62),
          3037000500L);

  private static final List<String> WORDS =
      List.of(
          "",
          " ",
          "a",
          "A",
          "b",
          "aa",
          "ab",
          "The quick brown fox",
          "one, two,three",
          "x,y",
          "say \"hi\"",
          "\"",
          "\"\"",
          "NA",
          "null",
          "tab\there",
          " padded ",
          "\u00A0\u3000wide\u2003 x \u2029\u1680",
          "straße",
          "STRASSE",
          "İstanbul",
          "ΌΣΟΣ",
          "ñandú",
          "日本語 テキスト",
          "😀😀",
          "𐐀𐐁",
          "\uFFFF",
          "\uFEFFmark",
          "e\u0301",
          "\u0001",
          "ǅ ȺȾ",
          "a-very-long-word-of-more-than-thirty-two-bytes-and-then-some");

  private static final List<String> NUMBERS =
      List.of("0", "-0", "12", "+7", "-3", "0042", "9007199254740993", "-9223372036854775808");

  private static final List<String> DECIMALS =
      List.of("0", "1.5", "-2.25e3", ".5", "5.", "1E-7", "NaN", "-Infinity", "1e400", "4.9e-324");

  /**
   * Few, so that they meet: equal ones that look different, and those that are ordered in odd ways.
   */
  private static final List<Double> ODD_NUMBERS =
      List.of(-0.0, 0.0, 1.0, -1.0, Double.NaN, Double.NEGATIVE_INFINITY);

  private static final List<String> ODD_TEXTS =
      List.of("\uFFFF", "😀", "", "z", "é", "\uFEFF", "\uE000", "𐐀");

  private final Random random;
  private final DataType type;
  private final int manner;
  private final double nullShare;
  private final int distinct;
  private final boolean oneLine;

  /**
   * Values of a scalar type.
   *
   * @param oneLine whether texts must not hold a line feed
   */
  ValueGenerator(Random random, DataType type, boolean oneLine) {
    this.random = random;
    this.type = type;
    this.oneLine = oneLine;
    manner = random.nextInt(9);
    nullShare = Choice.of(random, 0.0, 0.0, 0.1, 0.5);
    distinct = Choice.of(random, 2, 3, 5, 1000);
  }

  /** The next value, or null. */
  Object next() {
    return random.nextDouble() < nullShare ? null : present();
  }

  private Object present() {
    if (type == DataType.BOOLEAN) {
      return manner == 0 || random.nextBoolean();
    }
    if (type == DataType.LONG) {
      return nextLong();
    }
    return type == DataType.DOUBLE ? (Object) nextDouble() : nextString();
  }

  private <T> List<T> some(List<T> all) {
    return all.subList(0, Math.min(distinct, all.size()));
  }

  private long nextLong() {
    return switch (manner) {
      case 0, 1 -> random.nextInt(distinct);
      case 2 -> random.nextInt(2001) - 1000;
      case 3 -> (random.nextInt(distinct) - 2L) * 1_000_000_007L;
      case 4 -> random.nextLong() >> random.nextInt(64);
      default -> Choice.from(random, EDGES);
    };
  }

  private double nextDouble() {
    return switch (manner) {
      case 0 -> (random.nextInt(distinct) - 2) * 0.5;
      case 1 -> random.nextGaussian() * 1000;
      case 2 -> random.nextInt(20) / 10.0;
      case 3 -> Math.scalb(random.nextGaussian(), random.nextInt(2000) - 1000);
      case 4 ->
          random.nextBoolean()
              ? Choice.from(random, NASTY)
              : Double.longBitsToDouble(random.nextLong());
      case 5, 6 -> Choice.from(random, some(ODD_NUMBERS));
      case 7 ->
          random.nextInt(20) == 0 ? Choice.from(random, ODD_NUMBERS) : random.nextInt(1000) / 7.0;
      default -> Choice.from(random, NASTY);
    };
  }

  private String nextString() {
    return switch (manner) {
      case 0 -> Choice.from(random, some(WORDS));
      case 1 -> Choice.from(random, NUMBERS);
      case 2 ->
          random.nextInt(4) == 0 ? Choice.from(random, DECIMALS) : "k" + random.nextInt(distinct);
      case 3 -> sentence();
      case 4 -> Choice.from(random, WORDS);
      case 5, 6 -> Choice.from(random, some(ODD_TEXTS));
      default -> letters();
    };
  }

  private String sentence() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(Choice.from(random, WORDS))
          .append(Choice.of(random, " ", ", ", "-", "", oneLine ? " " : "\n"));
    }
    return text.toString();
  }

  /** Any characters but halves of pairs. */
  private String letters() {
    StringBuilder text = new StringBuilder();
    int limit = Choice.of(random, 0x80, 0x800, 0x10000, 0x110000);
    for (int i = random.nextInt(12); i > 0; i--) {
      int character = random.nextInt(limit);
      boolean refused =
          character >= 0xD800 && character < 0xE000
              || !isOld(character)
              || oneLine && (character == '\n' || character == '\r');
      text.appendCodePoint(refused ? 'z' : character);
    }
    return text.toString();
  }

  /**
   * Whether a character has the same case mapping in Unicode 13 and in all later versions so far.
   */
  private static boolean isOld(int character) {
    boolean changed = character == 0x19B || character == 0x264 || character >> 7 == 0x1C80 >> 7;
    boolean stable = character < 0x2C00 || character >= 0x3000 && character < 0xA000;
    return stable && !changed || character >= 0x1F000;
  }

  /** A constant to compare or compute with. */
  static Object constant(Random random, DataType type) {
    ValueGenerator values = new ValueGenerator(random, type, true);
    return values.present();
  }

  /** Text that reads as a value of a type. */
  static String textOf(Random random, DataType type) {
    if (type == DataType.BOOLEAN) {
      return Choice.of(random, "true", "false");
    }
    return Choice.from(random, type == DataType.LONG ? NUMBERS : DECIMALS);
  }
}
