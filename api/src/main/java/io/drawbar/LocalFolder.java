package io.drawbar;

import io.drawbar.config.ConfigKey;
import io.drawbar.error.DrawbarException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Folders that configuration names, of this machine or mounted there. */
final class LocalFolder {
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  private LocalFolder() {}

  /**
   * The folder as an absolute path.
   *
   * @param key whose value it is
   * @throws DrawbarException if it is elsewhere
   */
  static Path of(ConfigKey<String> key, String value) {
    if (SCHEME.matcher(value).matches()) {
      throw new DrawbarException(
          "%s is '%s', and must be a folder of the machine on which the program runs, or one that is mounted there"
              .formatted(key.name(), value));
    }
    return Path.of(value).toAbsolutePath().normalize();
  }
}
