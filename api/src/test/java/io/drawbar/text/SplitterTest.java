package io.drawbar.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {

  private static final List<String> ALPHABET =
      List.of(
          "a",
          "b",
          "z",
          "A",
          "0",
          "9",
          "_",
          " ",
          " ",
          "\t",
          "\n",
          "\r",
          "\u000B",
          "\f",
          ",",
          ",",
          ";",
          "|",
          ".",
          "-",
          "[",
          "]",
          "ab",
          "aa",
          "::",
          ", ",
          " , ",
          "\u00E9",
          "\u00A0",
          "\u2028",
          "\u4E2D",
          "\uFFFD",
          "\uD83D\uDE00",
          "\uD83D\uDE00",
          "\uD801\uDC28",
          "\u0301",
          "\u0000");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\W+",
        "\\W",
        "\\s+",
        "\\s",
        "\\w+",
        "\\d",
        "\\D+",
        "\\S+",
        "[^a-z]+",
        "[^a-zA-Z0-9_]",
        "[,;]",
        "[,;\\s]+",
        "[\\t ]+",
        "[^\\w]+",
        "[\\]\\-]",
        "[^,]",
        ",",
        ",+",
        " +",
        "\\|",
        "\\.",
        "\\t",
        ", ",
        "ab",
        "aa",
        "::",
        "\u00E9",
        "\u4E2D",
        ",\\s*",
        "\\s*,\\s*",
        "\\s*,",
        " *, *",
        "\\s*::\\s*",
        "[,;]*ab[ ]*",
        ",,*",
        "a,*",
        "-"
      })
  void byteLoopsSplitAsPatternDoes(String regex) {
    Splitter simple = Splitter.of(regex);
    assertThat(simple.isSimple()).as("is done by byte loops").isTrue();
    requireSameAsPattern(simple, regex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a*",
        "(?=a)",
        "(?<=a)",
        "\\b",
        "(?i)AB",
        "a|b",
        "a?",
        "a{2}",
        "^a",
        "a$",
        ".",
        ".+",
        "\\W*",
        "\\W+?",
        "\\s++",
        "\\s*\\s",
        "[a-z&&[^a]]",
        "[^\\W]",
        "[\u00E9]+",
        "\u00E9+",
        "\uD83D\uDE00",
        "[\uD83D\uDE00]",
        "\uFFFD",
        "\\p{L}+",
        "\\h",
        "\\R",
        "\\Q,\\E",
        "\\x2C",
        "(,)",
        "]",
        "[a-]",
        ",\\W*",
        "a*ab",
        "x*",
        "\\x{1F600}",
        "(?!a)",
        "$",
        "\\z",
        "(?<=,)|(?=a)"
      })
  void otherExpressionsSplitAsPatternDoes(String regex) {
    Splitter other = Splitter.of(regex);
    assertThat(other.isSimple()).as("is done by byte loops").isFalse();
    requireSameAsPattern(other, regex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\W+", "\\W", "\\s+", "[^a-z]+", "[^,]", ",", ",\\s*", "\u00E9", "\u4E2D", "\\S+", "ab"
      })
  void byteLoopsAgreeWithPatternOnMalformedText(String regex) {
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = Utf8Test.noise(random, random.nextInt(20));
      List<Integer> fast = bounds(Splitter.of(regex), bytes, 0, bytes.length);
      List<Integer> slow = bounds(Splitter.ofPattern(regex), bytes, 0, bytes.length);
      assertThat(fast).isEqualTo(slow);
    }
  }

  @Test
  void keepsEmptyPieces() {
    assertThat(pieces(Splitter.of(","), ",a,,b,")).containsExactly("", "a", "", "b", "");
    assertThat(pieces(Splitter.of("\\W+"), "  To be, or not.  "))
        .containsExactly("", "To", "be", "or", "not", "");
    assertThat(pieces(Splitter.of("\\W+"), "")).containsExactly("");
    assertThat(pieces(Splitter.of(","), "none")).containsExactly("none");
    assertThat(pieces(Splitter.of("\\s*,\\s*"), "a , b,c  ,  d"))
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void dropsALeadingMatchOfNoWidth() {
    assertThat(pieces(Splitter.of(""), "ab")).containsExactly("a", "b", "");
    assertThat(pieces(Splitter.of("(?=a)"), "aba")).containsExactly("ab", "a");
  }

  @Test
  void neverCutsACharacterInTwo() {
    assertThat(pieces(Splitter.of(""), "a\uD83D\uDE00b"))
        .containsExactly("a", "\uD83D\uDE00", "b", "");
  }

  @Test
  void appendsSlicesOfTheArrayGiven() {
    byte[] bytes = Utf8.encode("xx,a,b,xx");
    Slices slices = new Slices();
    assertThat(Splitter.of(",").split(bytes, 3, 6, slices)).isEqualTo(2);
    assertThat(Splitter.of("[b,]{1}").split(bytes, 3, 6, slices)).isEqualTo(3);
    assertThat(slices.size()).isEqualTo(5);
    assertThat(slices.start(0)).isEqualTo(3);
    assertThat(slices.end(0)).isEqualTo(4);
    assertThat(slices.start(1)).isEqualTo(5);
    assertThat(slices.end(4)).isEqualTo(6);
    slices.clear();
    assertThat(slices.size()).isZero();
    assertThatThrownBy(() -> slices.start(0)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Splitter.of(",").split(bytes, 3, 10, slices))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void growsWithThePieces() {
    byte[] bytes = Utf8.encode(",".repeat(10_000));
    Slices slices = new Slices();
    assertThat(Splitter.of(",").split(bytes, 0, bytes.length, slices)).isEqualTo(10_001);
    assertThat(slices.end(10_000)).isEqualTo(10_000);
  }

  @Test
  void refusesAnInvalidExpression() {
    assertThatThrownBy(() -> Splitter.of("[a"))
        .isInstanceOf(PatternSyntaxException.class)
        .hasMessageContaining("[a");
    assertThatThrownBy(() -> Splitter.of("+")).isInstanceOf(PatternSyntaxException.class);
    assertThatThrownBy(() -> Splitter.of("a\\")).isInstanceOf(PatternSyntaxException.class);
  }

  @Test
  void isSerialisedByItsExpression() throws IOException, ClassNotFoundException {
    for (String regex : List.of("\\W+", "(?i)and")) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(Splitter.of(regex));
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        Splitter read = (Splitter) in.readObject();
        assertThat(read).isEqualTo(Splitter.of(regex)).hasSameHashCodeAs(Splitter.of(regex));
        assertThat(read.regex()).isEqualTo(regex);
        assertThat(read).hasToString("Splitter[" + regex + "]");
        assertThat(pieces(read, "a AND b")).isEqualTo(pieces(Splitter.of(regex), "a AND b"));
      }
    }
    assertThat(Splitter.of("a")).isNotEqualTo(Splitter.of("b"));
  }

  private static void requireSameAsPattern(Splitter splitter, String regex) {
    Pattern pattern = Pattern.compile(regex);
    SplittableRandom random = new SplittableRandom(9);
    for (int round = 0; round < 1_500; round++) {
      StringBuilder characters = new StringBuilder();
      int length = random.nextInt(12);
      // Often few different characters, so that separators meet.
      int variety = 1 + random.nextInt(ALPHABET.size());
      int first = random.nextInt(ALPHABET.size());
      for (int i = 0; i < length; i++) {
        int character = (first + random.nextInt(variety)) % ALPHABET.size();
        characters.append(ALPHABET.get(character));
      }
      String text = characters.toString();
      assertThat(pieces(splitter, text))
          .as("'%s' at '%s'", text, regex)
          .isEqualTo(joinHalves(pattern, text));
    }
  }

  /** What Pattern.split gives, but for cuts inside a surrogate pair. */
  private static List<String> joinHalves(Pattern pattern, String text) {
    List<String> pieces = new ArrayList<>();
    for (String piece : pattern.split(text, -1)) {
      int last = pieces.size() - 1;
      boolean half = !piece.isEmpty() && Character.isLowSurrogate(piece.charAt(0));
      if (half && last >= 0) {
        pieces.set(last, pieces.get(last) + piece);
      } else {
        pieces.add(piece);
      }
    }
    return pieces;
  }

  private static List<String> pieces(Splitter splitter, String text) {
    byte[] bytes = Utf8.encode("a,\u00E9 " + text + " ,b\u00E9");
    List<Integer> bounds = bounds(splitter, bytes, 5, bytes.length - 5);
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i += 2) {
      pieces.add(Utf8.toString(bytes, bounds.get(i), bounds.get(i + 1)));
    }
    return pieces;
  }

  private static List<Integer> bounds(Splitter splitter, byte[] bytes, int from, int to) {
    Slices slices = new Slices();
    int count = splitter.split(bytes, from, to, slices);
    assertThat(slices.size()).isEqualTo(count).isPositive();
    List<Integer> bounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bounds.add(slices.start(i));
      bounds.add(slices.end(i));
    }
    return bounds;
  }
}
