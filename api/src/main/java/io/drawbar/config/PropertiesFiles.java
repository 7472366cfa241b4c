package io.drawbar.config;

import io.drawbar.error.DrawbarException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds and reads {@code drawbar.properties}. */
final class PropertiesFiles {

  static final String NAME = "drawbar.properties";

  private PropertiesFiles() {}

  /** The file of a directory or, if it has none, of a class path. */
  static Optional<Layer> find(Path directory, ClassLoader classPath) {
    Path file = directory.resolve(NAME).toAbsolutePath().normalize();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        return Optional.of(read(in, "file " + file));
      } catch (IOException e) {
        throw unreadable("file " + file, e);
      }
    }
    URL resource = classPath.getResource(NAME);
    if (resource == null) {
      return Optional.empty();
    }
    try (InputStream in = resource.openStream()) {
      return Optional.of(read(in, "class path file " + resource));
    } catch (IOException e) {
      throw unreadable("class path file " + resource, e);
    }
  }

  private static Layer read(InputStream in, String path) throws IOException {
    Properties properties = new Properties();
    try {
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw unreadable(path, e);
    }
    SortedMap<String, String> values = new TreeMap<>();
    // The format keeps blanks at the end of a line, which nobody sees and nobody means.
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).strip()));
    return new Layer.PropertiesFile(path, values);
  }

  private static DrawbarException unreadable(String path, Exception cause) {
    String reason = String.valueOf(cause.getMessage());
    String stop = reason.endsWith(".") ? "" : ".";
    return new DrawbarException(
        "cannot read the configuration %s: %s%s Correct the file, or remove it."
            .formatted(path, reason, stop),
        cause);
  }
}
