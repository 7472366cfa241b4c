package io.drawbar.text;

import java.util.regex.Pattern;

/**
 * A set of ASCII characters, with either all or none of the others, as a table by byte: every byte
 * over 127 is part of some other character, or of malformed text, which reads as U+FFFD.
 */
record CharacterClass(boolean[] table) {

  static final CharacterClass NONE = new CharacterClass(new boolean[256]);

  /**
   * Asks {@link Pattern} about each ASCII character, so that its semantics need not be repeated.
   *
   * @param regex a character class that has all characters over 127 or none
   */
  static CharacterClass of(String regex) {
    Pattern pattern = Pattern.compile(regex);
    boolean[] table = new boolean[256];
    for (char c = 0; c < 128; c++) {
      table[c] = pattern.matcher(String.valueOf(c)).matches();
    }
    boolean others = pattern.matcher("\u00E9").matches();
    for (int b = 128; b < 256; b++) {
      table[b] = others;
    }
    return new CharacterClass(table);
  }

  boolean has(byte b) {
    return table[b & 0xFF];
  }

  boolean hasOthers() {
    return table[255];
  }
}
