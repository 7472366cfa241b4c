package io.drawbar.config;

import io.drawbar.error.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Configuration values from all places they may be given in; the package page lists those and their
 * order.
 *
 * <p>Immutable: system properties, environment and file are read when it is made. Its text lists
 * all values with their origin, except those of keys that sound secret.
 */
public final class Config {

  static final String NAMESPACE = "drawbar.";

  private static final String HIDDEN = "********";
  private static final List<String> SECRET_WORDS =
      List.of("password", "secret", "token", "key", "credential", "passphrase");

  /** The strongest first. */
  private final List<Layer> layers;

  private Config(List<Layer> layers) {
    this.layers = List.copyOf(layers);
  }

  /** The layers given, for tests; {@code file} is that of a working directory. */
  Config(
      Map<String, String> explicit,
      Map<String, String> systemProperties,
      Map<String, String> environment,
      Map<String, String> file) {
    this(
        List.of(
            new Layer.Explicit(new TreeMap<>(explicit)),
            Layer.SystemProperties.of(systemProperties),
            Layer.Environment.of(environment),
            new Layer.PropertiesFile("file " + PropertiesFiles.NAME, new TreeMap<>(file))));
  }

  /**
   * What system properties, environment and {@code drawbar.properties} say.
   *
   * @throws io.drawbar.error.DrawbarException if there is a file that cannot be read
   */
  public static Config load() {
    return of();
  }

  /**
   * Explicit values, over all others: {@code Config.of("drawbar.engine", "spark")}.
   *
   * @param keyValuePairs keys and values in turn
   * @throws IllegalArgumentException if the last key has no value, or a key is given twice
   * @throws io.drawbar.error.DrawbarException if there is a file that cannot be read
   */
  public static Config of(String... keyValuePairs) {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Explicit(pairs(keyValuePairs)));
    layers.add(Layer.SystemProperties.of(strings(System.getProperties())));
    layers.add(Layer.Environment.of(System.getenv()));
    PropertiesFiles.find(Path.of(""), classPath()).ifPresent(layers::add);
    return new Config(layers);
  }

  /** This configuration with one more explicit value. */
  public Config with(String key, String value) {
    SortedMap<String, String> explicit = new TreeMap<>(layers.get(0).values());
    explicit.put(requireText(key, "key"), requireText(value, "value of " + key));
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(0, new Layer.Explicit(explicit));
    return new Config(changed);
  }

  /**
   * This configuration with values that are weaker than all others, but for defaults.
   *
   * @param origin where they come from, to be read by people
   */
  public Config withWeakest(Map<String, String> values, String origin) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(new Layer.PropertiesFile(origin, new TreeMap<>(values)));
    return new Config(more);
  }

  /**
   * The value of a key: the one of the strongest layer that has it, else its default.
   *
   * @throws InvalidValueException if it does not parse or is not allowed
   * @throws MissingValueException if it is not set and has no default
   */
  public <T> T value(ConfigKey<T> key) {
    return find(key).orElseThrow(() -> missing(key));
  }

  /**
   * The value of a key that may be absent.
   *
   * @throws InvalidValueException if it does not parse or is not allowed
   */
  public <T> Optional<T> find(ConfigKey<T> key) {
    if (key.isPrefix()) {
      @SuppressWarnings("unchecked") // A prefix is only ever made as a ConfigKey of such a map.
      T values = (T) withPrefix(key.name());
      return Optional.of(values);
    }
    Optional<Layer> layer = layerOf(key.name());
    return layer.isEmpty() ? key.defaultValue() : Optional.of(parse(key, layer.get()));
  }

  /**
   * All values whose key starts with {@code prefix}, by the rest of the key, sorted.
   *
   * @param prefix usually ends in a dot
   */
  public Map<String, String> withPrefix(String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    for (String name : names()) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        layerOf(name)
            .flatMap(layer -> layer.value(name))
            .ifPresent(value -> found.put(name.substring(prefix.length()), value));
      }
    }
    return Collections.unmodifiableSortedMap(found);
  }

  /** The keys that are set anywhere, sorted. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    layers.forEach(layer -> names.addAll(layer.values().keySet()));
    return Collections.unmodifiableSet(names);
  }

  /**
   * Where the value of a key comes from: {@code given to Session.open}, {@code system property},
   * {@code environment variable DRAWBAR_ENGINE}, {@code file /home/me/drawbar.properties}, {@code
   * class path file jar:...}, or {@code default} if it is not set.
   */
  public String origin(String name) {
    return layerOf(name).map(layer -> layer.origin(name)).orElse("default");
  }

  /**
   * Refuses keys that nothing reads and values that do not fit. Keys without {@code drawbar.} in
   * front are refused, too, if they are explicit or in the file, where nobody else's are expected.
   *
   * @param known all keys that are read
   * @param toleratedPrefixes starts of names that are not looked at, each usually ending in a dot
   * @throws UnknownKeyException for the first unknown key in order of names
   * @throws InvalidValueException for the first known key whose value does not fit
   */
  public void check(Collection<ConfigKey<?>> known, Collection<String> toleratedPrefixes) {
    Set<String> names = new TreeSet<>();
    List<String> prefixes = new ArrayList<>(toleratedPrefixes);
    for (ConfigKey<?> key : known) {
      if (key.isPrefix()) {
        prefixes.add(key.name());
      } else {
        names.add(key.name());
      }
    }
    SortedMap<String, Layer> unknown = new TreeMap<>();
    for (Layer layer : layers) {
      Set<String> namesHere = new TreeSet<>();
      names.forEach(name -> namesHere.add(layer.nameFor(name)));
      for (String name : layer.values().keySet()) {
        boolean read =
            namesHere.contains(name)
                || prefixes.stream().anyMatch(prefix -> name.startsWith(layer.nameFor(prefix)));
        if (!read) {
          unknown.putIfAbsent(name, layer);
        }
      }
    }
    if (!unknown.isEmpty()) {
      String name = unknown.firstKey();
      throw unknown(name, unknown.get(name), names);
    }
    known.stream().sorted((a, b) -> a.name().compareTo(b.name())).forEach(this::find);
  }

  /** The values with their origins, one a line; those of keys that sound secret are hidden. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("Config");
    for (String name : names()) {
      String value = layerOf(name).flatMap(layer -> layer.value(name)).orElse("");
      text.append("\n  ").append(name).append(" = ").append(shown(name, value));
      text.append(" (").append(origin(name)).append(")");
    }
    return text.toString();
  }

  private Optional<Layer> layerOf(String key) {
    return layers.stream().filter(layer -> layer.value(key).isPresent()).findFirst();
  }

  private static <T> T parse(ConfigKey<T> key, Layer layer) {
    String text = layer.value(key.name()).orElseThrow();
    try {
      return key.parse(text);
    } catch (IllegalArgumentException e) {
      String shown = shown(key.name(), text);
      // The hint may quote the value.
      String hint = shown.equals(text) ? e.getMessage() : "";
      throw new InvalidValueException(
          String.format(
              "%s is '%s' (%s); allowed is %s.%s",
              key.name(), shown, layer.origin(key.name()), key.allowed(), hint));
    }
  }

  private static UnknownKeyException unknown(String name, Layer layer, Set<String> known) {
    String full = name.startsWith(NAMESPACE) ? name : NAMESPACE + name;
    String way = NearestName.suggestion(full, known);
    if (way.isEmpty()) {
      way = " Known are: " + String.join(", ", known) + ".";
    }
    return new UnknownKeyException(
        "unknown configuration key '" + name + "' (" + layer.origin(name) + ")." + way);
  }

  private static MissingValueException missing(ConfigKey<?> key) {
    String variable = new Layer.Environment(new TreeMap<>()).origin(key.name());
    return new MissingValueException(
        String.format(
            "%s is not set and has no default: %s Give it explicitly, as a system property, as %s"
                + " or in %s; allowed is %s.",
            key.name(), key.documentation(), variable, PropertiesFiles.NAME, key.allowed()));
  }

  private static String shown(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains) ? HIDDEN : value;
  }

  private static SortedMap<String, String> pairs(String... keyValuePairs) {
    if (keyValuePairs.length % 2 != 0) {
      throw new IllegalArgumentException(
          "keys and values come in turn; the last key, '"
              + keyValuePairs[keyValuePairs.length - 1]
              + "', has no value");
    }
    SortedMap<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < keyValuePairs.length; i += 2) {
      String key = requireText(keyValuePairs[i], "key");
      if (pairs.put(key, requireText(keyValuePairs[i + 1], "value of " + key)) != null) {
        throw new IllegalArgumentException("'" + key + "' is given twice");
      }
    }
    return pairs;
  }

  private static String requireText(String text, String what) {
    if (text == null) {
      throw new IllegalArgumentException("the " + what + " is null");
    }
    return text;
  }

  private static Map<String, String> strings(Properties properties) {
    Map<String, String> strings = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> strings.put(k, properties.getProperty(k)));
    return strings;
  }

  private static ClassLoader classPath() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread != null ? ofThread : Config.class.getClassLoader();
  }
}
