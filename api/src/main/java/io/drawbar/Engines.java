package io.drawbar;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import io.drawbar.config.CoreKeys;
import io.drawbar.error.NearestName;
import io.drawbar.io.UriFileSystem;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.EngineFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The engines on the class path. */
final class Engines {
  /** Engines that have a module of their own, whether it is there or not. */
  private static final List<String> MODULES = List.of("spark", "flink", "mapreduce");

  /** What engines are called elsewhere. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "hadoop", "mapreduce",
          "mr", "mapreduce",
          "yarn", "mapreduce",
          "embedded", "local",
          "inprocess", "local");

  private Engines() {}

  /**
   * Makes the engine that configuration asks for.
   *
   * @throws EngineNotFoundException if it is not there; names the jar to add and what was found
   * @throws io.drawbar.config.UnknownKeyException if configuration has a key that nobody reads
   */
  static Engine open(Config config) {
    Map<String, EngineFactory> found = found();
    String name = config.value(CoreKeys.ENGINE);
    EngineFactory factory = found.get(name);
    if (factory == null) {
      throw notFound(name, config, found);
    }
    check(config, found);
    return factory.create(config);
  }

  /**
   * Checks what is configured for an engine that the program has made.
   *
   * @throws io.drawbar.config.UnknownKeyException if configuration has a key that nobody reads
   */
  static void check(Config config) {
    check(config, found());
  }

  private static Map<String, EngineFactory> found() {
    Map<String, EngineFactory> found = new TreeMap<>();
    for (EngineFactory factory : ServiceLoader.load(EngineFactory.class, loader())) {
      EngineFactory other = found.put(factory.name(), factory);
      if (other != null && !other.getClass().equals(factory.getClass())) {
        throw new EngineException(
            "two engines are named '%s': %s and %s; take one off the class path"
                .formatted(
                    factory.name(), other.getClass().getName(), factory.getClass().getName()));
      }
    }
    return found;
  }

  private static ClassLoader loader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? Engines.class.getClassLoader() : context;
  }

  private static EngineNotFoundException notFound(
      String name, Config config, Map<String, EngineFactory> found) {
    List<String> known = new ArrayList<>(found.keySet());
    MODULES.stream().filter(m -> !known.contains(m)).forEach(known::add);
    String advice =
        MODULES.contains(name)
            ? "Add io.drawbar:drawbar-engine-%s to the class path, or set".formatted(name)
            : (suggestion(name, known, found) + " Set").strip();
    return new EngineNotFoundException(
        "no engine named '%s' (%s); found: %s.%n%s %s to one of the names found. There are: %s."
            .formatted(
                name,
                config.origin(CoreKeys.ENGINE.name()),
                String.join(", ", found.keySet()),
                advice,
                CoreKeys.ENGINE.name(),
                String.join(", ", known)));
  }

  private static String suggestion(
      String name, List<String> known, Map<String, EngineFactory> found) {
    String other = OTHER_NAMES.get(name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", ""));
    return Optional.ofNullable(other)
        .or(() -> NearestName.of(name, known))
        .map(
            near ->
                found.containsKey(near)
                    ? "Did you mean '%s'?".formatted(near)
                    : "Did you mean '%s'? That needs io.drawbar:drawbar-engine-%s on the class path."
                        .formatted(near, near))
        .orElse("");
  }

  /** Keys of engines that are not there are let through: one file may configure several. */
  private static void check(Config config, Map<String, EngineFactory> found) {
    List<ConfigKey<?>> known = new ArrayList<>(CoreKeys.all());
    found.values().forEach(factory -> known.addAll(factory.keys()));
    UriFileSystem.factories().forEach(factory -> known.addAll(factory.keys()));
    List<String> tolerated =
        MODULES.stream().filter(m -> !found.containsKey(m)).map(m -> "drawbar." + m + ".").toList();
    config.check(known, tolerated);
  }
}
