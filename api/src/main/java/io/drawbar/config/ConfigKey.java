package io.drawbar.config;

import io.drawbar.error.NearestName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A configuration key: its name, its type, what is allowed, its default and what it is for.
 *
 * <p>Immutable. Two keys are equal when their names are.
 *
 * @param <T> the type of the values
 */
public final class ConfigKey<T> {

  private static final String ANY_PREFIX_END = ".*";

  private final String name;
  private final String documentation;
  private final String allowed;
  private final Function<String, T> parser;
  private final Predicate<T> valid;
  private final Optional<T> defaultValue;

  /**
   * All parts of a key; {@code parser} raises {@link IllegalArgumentException}, whose message is
   * shown, for what it cannot read.
   */
  private ConfigKey(
      String name,
      String documentation,
      String allowed,
      Function<String, T> parser,
      Predicate<T> valid,
      Optional<T> defaultValue) {
    this.name = requireName(name);
    this.documentation = Objects.requireNonNull(documentation, "documentation");
    this.allowed = allowed;
    this.parser = parser;
    this.valid = valid;
    this.defaultValue = defaultValue;
    defaultValue.ifPresent(this::requireValidDefault);
  }

  /** A text, taken as it is. */
  public static ConfigKey<String> string(String name, String defaultValue, String documentation) {
    return of(name, documentation, "any text", text -> text, text -> true, defaultValue);
  }

  /** A whole number of 32 bits from {@code min} to {@code max}, both included. */
  public static ConfigKey<Integer> integer(
      String name, int defaultValue, int min, int max, String documentation) {
    return of(
        name,
        documentation,
        wholeNumber(min, max),
        text -> Integer.valueOf(text.strip()),
        value -> value >= min && value <= max,
        defaultValue);
  }

  /** A whole number of 64 bits from {@code min} to {@code max}, both included. */
  public static ConfigKey<Long> longInteger(
      String name, long defaultValue, long min, long max, String documentation) {
    return of(
        name,
        documentation,
        wholeNumber(min, max),
        text -> Long.valueOf(text.strip()),
        value -> value >= min && value <= max,
        defaultValue);
  }

  /**
   * A number of bytes from {@code min} to {@code max}, both included, with an optional binary unit:
   * {@code 64}, {@code 4 KiB}, {@code 4MiB}; B, KiB, MiB, GiB and TiB in any letter case. Decimal
   * units such as {@code MB} are refused, because half of their users mean the binary ones.
   */
  public static ConfigKey<Long> bytes(
      String name, long defaultValue, long min, long max, String documentation) {
    String limits =
        max == Long.MAX_VALUE
            ? "at least " + ByteSize.format(min)
            : "from " + ByteSize.format(min) + " to " + ByteSize.format(max);
    return of(
        name,
        documentation,
        "a number of bytes " + limits + ", such as 64, 4 KiB or 4MiB",
        ByteSize::parse,
        value -> value >= min && value <= max,
        defaultValue);
  }

  /** {@code true} or {@code false}, in any letter case. */
  public static ConfigKey<Boolean> flag(String name, boolean defaultValue, String documentation) {
    return of(
        name, documentation, "true or false", ConfigKey::parseFlag, value -> true, defaultValue);
  }

  /** One of several words, in the letter case given. */
  public static ConfigKey<String> choice(
      String name, String defaultValue, List<String> choices, String documentation) {
    List<String> words = List.copyOf(choices);
    return of(
        name,
        documentation,
        "one of: " + String.join(", ", words),
        text -> parseChoice(text.strip(), words),
        words::contains,
        defaultValue);
  }

  /**
   * All keys that start with a name, handed through to an engine's own configuration; the name may
   * be written {@code drawbar.spark.conf}, {@code drawbar.spark.conf.} or {@code
   * drawbar.spark.conf.*}. Its value is {@link Config#withPrefix}, empty by default.
   */
  public static ConfigKey<Map<String, String>> prefix(String name) {
    return prefix(name, "Passed through without the prefix.");
  }

  /** As {@link #prefix(String)}, with a sentence of its own. */
  public static ConfigKey<Map<String, String>> prefix(String name, String documentation) {
    String stem = name;
    if (stem.endsWith(ANY_PREFIX_END)) {
      stem = stem.substring(0, stem.length() - 1);
    } else if (!stem.endsWith(".")) {
      stem = stem + ".";
    }
    return of(stem, documentation, "any text", null, value -> true, Map.of());
  }

  private static <T> ConfigKey<T> of(
      String name,
      String documentation,
      String allowed,
      Function<String, T> parser,
      Predicate<T> valid,
      T defaultValue) {
    return new ConfigKey<>(name, documentation, allowed, parser, valid, Optional.of(defaultValue));
  }

  /** The same key without a default: read where it is not set, it is an error. */
  public ConfigKey<T> withoutDefault() {
    return new ConfigKey<>(name, documentation, allowed, parser, valid, Optional.empty());
  }

  /**
   * The same key with a further condition.
   *
   * @param condition what a value must fulfil
   * @param description the condition in words that follow "and", such as "a power of two"
   */
  public ConfigKey<T> where(Predicate<T> condition, String description) {
    return new ConfigKey<>(
        name,
        documentation,
        allowed + ", and " + description,
        parser,
        valid.and(condition),
        defaultValue);
  }

  /** The name, starting with {@code drawbar.}; a prefix ends in a dot. */
  public String name() {
    return name;
  }

  /** What the key is for, in one sentence. */
  public String documentation() {
    return documentation;
  }

  /** What values are allowed, in words. */
  public String allowed() {
    return allowed;
  }

  /** The value where none is set, if there is one. */
  public Optional<T> defaultValue() {
    return defaultValue;
  }

  /** Whether this stands for all keys that start with its name. */
  public boolean isPrefix() {
    return parser == null;
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if it does not parse or is not allowed; {@link Config} adds
   *     where it came from
   */
  T parse(String text) {
    T value;
    try {
      value = parser.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("", e);
    }
    if (!valid.test(value)) {
      throw new IllegalArgumentException("");
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfigKey<?> that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name + " (" + allowed + ")";
  }

  private void requireValidDefault(T value) {
    if (!valid.test(value)) {
      throw new IllegalArgumentException(
          "the default of " + name + " is " + value + "; allowed is " + allowed);
    }
  }

  private static String requireName(String name) {
    if (!name.startsWith(Config.NAMESPACE)) {
      throw new IllegalArgumentException(
          "a key starts with '" + Config.NAMESPACE + "', unlike '" + name + "'");
    }
    return name;
  }

  private static String wholeNumber(long min, long max) {
    boolean open = max == Integer.MAX_VALUE || max == Long.MAX_VALUE;
    return "a whole number " + (open ? "of at least " + min : "from " + min + " to " + max);
  }

  private static Boolean parseFlag(String text) {
    String word = text.strip();
    if (word.equalsIgnoreCase("true")) {
      return true;
    }
    if (word.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException("");
  }

  private static String parseChoice(String word, List<String> words) {
    if (words.contains(word)) {
      return word;
    }
    throw new IllegalArgumentException(NearestName.suggestion(word, words));
  }
}
