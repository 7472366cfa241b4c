package io.drawbar.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recognises the regular expressions that need no regular expression engine. Whatever it does not
 * know for certain it leaves to {@link RegexCut}.
 */
final class SimpleRegex {

  private static final String META = ".^$|()[]{}*+?\\";
  private static final String CLASS_META = "[]\\^&-";
  private static final String CLASSES = "wWsSdD";
  private static final String CONTROLS = "tnrf";

  /** A literal character ({@code source} null) or a character class. */
  private record Atom(char literal, String source, char quantifier) {

    static final char NO_QUANTIFIER = 0;

    boolean isPlainLiteral() {
      return source == null && quantifier == NO_QUANTIFIER;
    }

    CharacterClass characters() {
      return CharacterClass.of(source == null ? "\\x" + hex(literal) : source);
    }

    private static String hex(char c) {
      return String.format("%02x", (int) c);
    }
  }

  private final String regex;
  private int at;

  private SimpleRegex(String regex) {
    this.regex = regex;
  }

  /** The way to split at a valid regular expression with byte loops, if it is a simple one. */
  static Optional<Cut> cut(String regex) {
    List<Atom> atoms = new SimpleRegex(regex).atoms();
    return atoms.isEmpty() ? Optional.empty() : cut(atoms);
  }

  private static Optional<Cut> cut(List<Atom> atoms) {
    Atom first = atoms.get(0);
    if (atoms.size() == 1 && !first.isPlainLiteral()) {
      return switch (first.quantifier()) {
        case Atom.NO_QUANTIFIER ->
            Optional.of(new ClassCut(first.characters(), ClassCut.Repeat.ONCE));
        case '+' -> Optional.of(new ClassCut(first.characters(), ClassCut.Repeat.RUN));
        default -> Optional.empty();
      };
    }
    int from = first.quantifier() == '*' ? 1 : 0;
    Atom last = atoms.get(atoms.size() - 1);
    int to = atoms.size() - (last.quantifier() == '*' ? 1 : 0);
    if (from >= to || !atoms.subList(from, to).stream().allMatch(Atom::isPlainLiteral)) {
      return Optional.empty();
    }
    StringBuilder characters = new StringBuilder();
    atoms.subList(from, to).forEach(atom -> characters.append(atom.literal()));
    byte[] literal = characters.toString().getBytes(StandardCharsets.UTF_8);
    CharacterClass before = from == 0 ? CharacterClass.NONE : first.characters();
    CharacterClass after = to == atoms.size() ? CharacterClass.NONE : last.characters();
    boolean simple = !before.hasOthers() && !after.hasOthers() && !before.has(literal[0]);
    return simple ? Optional.of(new LiteralCut(before, literal, after)) : Optional.empty();
  }

  /** The whole expression, or nothing. */
  private List<Atom> atoms() {
    List<Atom> atoms = new ArrayList<>();
    while (at < regex.length()) {
      Atom atom = atom();
      if (atom == null) {
        return List.of();
      }
      atoms.add(atom);
    }
    return atoms;
  }

  private Atom atom() {
    int start = at;
    char c = regex.charAt(at++);
    if (c == '[') {
      return skipClass() ? quantified((char) 0, regex.substring(start, at)) : null;
    }
    if (c == '\\') {
      if (at == regex.length()) {
        return null;
      }
      char escaped = regex.charAt(at++);
      if (CLASSES.indexOf(escaped) >= 0) {
        return quantified((char) 0, regex.substring(start, at));
      }
      int control = CONTROLS.indexOf(escaped);
      if (control >= 0) {
        return quantified("\t\n\r\f".charAt(control), null);
      }
      return isPunctuation(escaped) ? quantified(escaped, null) : null;
    }
    // U+FFFD stands for malformed text, too, which has other bytes.
    boolean special = META.indexOf(c) >= 0 || c == Utf8.REPLACEMENT || Character.isSurrogate(c);
    return special ? null : quantified(c, null);
  }

  private Atom quantified(char literal, String source) {
    char next = peek();
    if (next == '?' || next == '{') {
      return null;
    }
    if (next != '+' && next != '*') {
      return new Atom(literal, source, Atom.NO_QUANTIFIER);
    }
    at++;
    char second = peek();
    boolean compound = second == '?' || second == '+' || second == '*' || second == '{';
    return compound || literal > 127 ? null : new Atom(literal, source, next);
  }

  private char peek() {
    return at < regex.length() ? regex.charAt(at) : 0;
  }

  /** Skips {@code [...]} after its bracket if all that is in it is plain ASCII. */
  private boolean skipClass() {
    if (peek() == '^') {
      at++;
    }
    int first = at;
    while (at < regex.length() && regex.charAt(at) != ']') {
      if (!skipMember()) {
        return false;
      }
    }
    return at++ < regex.length() && at - 1 > first;
  }

  private boolean skipMember() {
    char c = regex.charAt(at++);
    if (c == '\\') {
      char escaped = peek();
      at++;
      return "swd".indexOf(escaped) >= 0
          || CONTROLS.indexOf(escaped) >= 0
          || isPunctuation(escaped);
    }
    if (c > 127 || CLASS_META.indexOf(c) >= 0) {
      return false;
    }
    if (peek() == '-') {
      at++;
      char last = peek();
      at++;
      return isAlphanumeric(c) && isAlphanumeric(last);
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isPunctuation(char c) {
    return c > ' ' && c < 127 && !isAlphanumeric(c);
  }
}
