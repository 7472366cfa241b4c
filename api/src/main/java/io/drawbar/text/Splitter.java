package io.drawbar.text;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Splits UTF-8 slices at a regular expression; the pieces are those of {@link Pattern#split(
 * CharSequence, int) Pattern.compile(regex).split(text, -1)}.
 *
 * <p>So leading and trailing empty pieces are kept, text without a match is one piece, empty text
 * is one empty piece, and a match of no width at the very beginning gives no piece. One thing
 * differs: a match of no width inside a supplementary character (the empty expression makes them)
 * is ignored, since a character has no halves in UTF-8. Malformed bytes read as U+FFFD, one for
 * each maximal subpart ({@link Utf8}), and are returned as they are.
 *
 * <p>Common shapes run as byte loops: one character class with or without {@code +} ({@code \W+},
 * {@code \s}, {@code [^a-z]+}, {@code [,;]}), a literal, and a literal between {@code \s*} ({@code
 * ,\s*}). They do not depend on the JDK. All other expressions go to {@link java.util.regex};
 * there, {@code \b}, {@code \p{...}} and case-insensitive Unicode matching follow the Unicode
 * version and the rules of the JDK that runs.
 *
 * <p>Immutable and safe for use by several threads. Serialised by its expression.
 */
public final class Splitter implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String regex;
  private final transient Cut cut;

  private Splitter(String regex, Cut cut) {
    this.regex = regex;
    this.cut = cut;
  }

  /**
   * A splitter at a regular expression without flags; those go inside, {@code (?i)and}.
   *
   * @throws java.util.regex.PatternSyntaxException if the expression is not valid
   */
  public static Splitter of(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return new Splitter(regex, SimpleRegex.cut(regex).orElseGet(() -> new RegexCut(pattern)));
  }

  /** As {@link #of}, without the byte loops: what they are tested against. */
  static Splitter ofPattern(String regex) {
    return new Splitter(regex, new RegexCut(Pattern.compile(regex)));
  }

  /**
   * Appends the pieces of a slice to {@code into}, as indices into {@code bytes}.
   *
   * @return how many pieces were appended, at least one
   * @throws IndexOutOfBoundsException if the slice is not inside its array
   */
  public int split(byte[] bytes, int from, int to, Slices into) {
    Objects.checkFromToIndex(from, to, bytes.length);
    int before = into.size();
    cut.split(bytes, from, to, into);
    return into.size() - before;
  }

  /** The regular expression. */
  public String regex() {
    return regex;
  }

  /** Whether byte loops do the work. */
  boolean isSimple() {
    return !(cut instanceof RegexCut);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Splitter that && regex.equals(that.regex);
  }

  @Override
  public int hashCode() {
    return regex.hashCode();
  }

  @Override
  public String toString() {
    return "Splitter[" + regex + "]";
  }

  private Object readResolve() {
    return of(regex);
  }
}
