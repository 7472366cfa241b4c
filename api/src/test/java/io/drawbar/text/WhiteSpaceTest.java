package io.drawbar.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WhiteSpaceTest {
  private static String trimmed(String text) {
    byte[] bytes = Utf8.encode("x" + text + "y");
    int start = WhiteSpace.start(bytes, 1, bytes.length - 1);
    return Utf8.toString(bytes, start, WhiteSpace.end(bytes, start, bytes.length - 1));
  }

  @Test
  void eachCharacterIsWhiteIfUnicodeSaysSo() {
    int white = 0;
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
        String character = Character.toString(c);
        boolean isWhite = character.matches("\\p{IsWhite_Space}");
        white += isWhite ? 1 : 0;
        assertThat(trimmed(character + "a" + character).length() == 1)
            .as("U+%04X", c)
            .isEqualTo(isWhite);
      }
    }
    assertThat(white).isEqualTo(25);
  }

  @Test
  void bothEndsAreTakenOff() {
    SplittableRandom random = new SplittableRandom(3);
    String[] pieces = {" ", "\u00A0", "\u3000", "\u0085", "a", "\u00E9", "\uD83D\uDE00", "\t"};
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(8); k > 0; k--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String wanted =
          text.toString()
              .replaceAll("^\\p{IsWhite_Space}+", "")
              .replaceAll("\\p{IsWhite_Space}+\\z", "");
      assertThat(trimmed(text.toString())).isEqualTo(wanted);
    }
  }
}
