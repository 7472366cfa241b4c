package io.drawbar.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits with {@link Pattern} over decoded text, and maps what it finds back to bytes. */
record RegexCut(Pattern pattern) implements Cut {

  @Override
  public void split(byte[] bytes, int from, int to, Slices into) {
    if (Utf8.skipAscii(bytes, from, to) == to) {
      splitAscii(bytes, from, to, into);
    } else {
      splitDecoded(bytes, from, to, into);
    }
  }

  private void splitAscii(byte[] bytes, int from, int to, Slices into) {
    String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    Matcher matcher = pattern.matcher(text);
    int start = from;
    while (matcher.find()) {
      if (matcher.end() > 0) {
        into.add(start, from + matcher.start());
        start = from + matcher.end();
      }
    }
    into.add(start, to);
  }

  private void splitDecoded(byte[] bytes, int from, int to, Slices into) {
    String text = decode(bytes, from, to, into);
    int[] offsets = into.offsets;
    Matcher matcher = pattern.matcher(text);
    int start = from;
    while (matcher.find()) {
      int end = matcher.end();
      boolean insideACharacter = end < text.length() && Character.isLowSurrogate(text.charAt(end));
      if (end > 0 && !insideACharacter) {
        into.add(start, offsets[matcher.start()]);
        start = offsets[end];
      }
    }
    into.add(start, to);
  }

  /** Decodes, and notes in {@code into.offsets} where the character of each char starts. */
  private static String decode(byte[] bytes, int from, int to, Slices into) {
    int most = to - from;
    if (into.characters.length < most) {
      into.characters = new char[Math.max(most, 2 * into.characters.length)];
      into.offsets = new int[into.characters.length + 1];
    }
    char[] characters = into.characters;
    int[] offsets = into.offsets;
    int n = 0;
    for (int i = from; i < to; ) {
      int length = Utf8.sequence(bytes, i, to);
      int codePoint = length > 0 ? Utf8.codePoint(bytes, i, length) : Utf8.REPLACEMENT;
      int chars = Character.toChars(codePoint, characters, n);
      Arrays.fill(offsets, n, n + chars, i);
      n += chars;
      i += Math.abs(length);
    }
    offsets[n] = to;
    return new String(characters, 0, n);
  }
}
