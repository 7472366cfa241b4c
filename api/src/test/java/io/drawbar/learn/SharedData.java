package io.drawbar.learn;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the shared data sets: by system property, or beside the checkout. */
final class SharedData {
  static final String MISSING =
      "no shared/data above the working directory, and no -Dshared.data: skipped";

  // Not below "drawbar.", where a session refuses keys that it does not know.
  private static final String PROPERTY = "shared.data";

  private SharedData() {}

  static Optional<Path> find(String name) {
    String folder = System.getProperty(PROPERTY);
    if (folder != null) {
      return Optional.of(Path.of(folder, name)).filter(Files::isReadable);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared").resolve("data").resolve(name);
      if (Files.isReadable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }
}
