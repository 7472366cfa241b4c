package io.drawbar.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
  /** Unicode's EastAsianWidth.txt and, for marks, UnicodeData.txt. */
  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "stra\u00DFe, 6",
    "\u65E5\u672C\u8A9E, 6",
    "\uFF76, 1",
    "\uFF21, 2",
    "\uD55C\uAE00, 4",
    "e\u0301, 1",
    "\uD83D\uDE00, 2",
    "\u200B\u200D, 0",
    "\u2205\u2026, 2",
    "\u3042a\u3044, 5",
    "\uD840\uDC00, 2",
    "\u05D0\u0410\u03B1, 3",
    "'', 0"
  })
  void wideCharactersTakeTwoCells(String text, int cells) {
    assertThat(DisplayWidth.of(text)).isEqualTo(cells);
  }

  /** What is cut fits with its end, and no character is cut in two. */
  @ParameterizedTest
  @CsvSource({
    "abcd, 4, abcd",
    "abcde, 4, abc~",
    "\u65E5\u672C\u8A9E, 6, \u65E5\u672C\u8A9E",
    "\u65E5\u672C\u8A9E, 5, \u65E5\u672C~",
    "\u65E5\u672C\u8A9E, 4, \u65E5~",
    "\uD83D\uDE00\uD83D\uDE00, 3, \uD83D\uDE00~",
    "ae\u0301e\u0301e\u0301, 3, ae\u0301~",
    "'', 1, ''"
  })
  void longTextsAreCut(String text, int most, String cut) {
    assertThat(DisplayWidth.cut(text, most, "~")).isEqualTo(cut);
  }
}
