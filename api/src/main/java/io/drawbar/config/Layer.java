package io.drawbar.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One place that values come from. */
sealed interface Layer {

  /** The values, by key. */
  SortedMap<String, String> values();

  /** The name that this layer has for a key; where it has no value, nothing is found there. */
  default String nameFor(String key) {
    return key;
  }

  /** Where the value of a key that this layer has came from, to be read by people. */
  String origin(String key);

  /** The value of a key, if it is set here. */
  default Optional<String> value(String key) {
    return Optional.ofNullable(values().get(nameFor(key)));
  }

  /** Pairs that the program itself gave. */
  record Explicit(SortedMap<String, String> values) implements Layer {
    @Override
    public String origin(String key) {
      return "given to Session.open";
    }
  }

  /** System properties that start with {@code drawbar.}. */
  record SystemProperties(SortedMap<String, String> values) implements Layer {
    static SystemProperties of(Map<String, String> properties) {
      SortedMap<String, String> ours = new TreeMap<>(properties);
      ours.keySet().removeIf(name -> !name.startsWith(Config.NAMESPACE));
      return new SystemProperties(ours);
    }

    @Override
    public String origin(String key) {
      return "system property";
    }
  }

  /** Environment variables that start with {@code DRAWBAR_}, by name in lower case and dotted. */
  record Environment(SortedMap<String, String> values) implements Layer {

    private static final String START = "DRAWBAR_";

    static Environment of(Map<String, String> variables) {
      SortedMap<String, String> ours = new TreeMap<>();
      variables.forEach(
          (name, value) -> {
            if (name.startsWith(START)) {
              ours.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
          });
      return new Environment(ours);
    }

    @Override
    public String nameFor(String key) {
      return key.toLowerCase(Locale.ROOT).replace('-', '.').replace('_', '.');
    }

    @Override
    public String origin(String key) {
      return "environment variable " + nameFor(key).toUpperCase(Locale.ROOT).replace('.', '_');
    }
  }

  /** A properties file. */
  record PropertiesFile(String path, SortedMap<String, String> values) implements Layer {
    @Override
    public String origin(String key) {
      return path;
    }
  }
}
