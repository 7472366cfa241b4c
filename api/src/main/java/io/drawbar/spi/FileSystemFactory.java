package io.drawbar.spi;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import java.util.List;
import java.util.Optional;

/**
 * Makes file systems for URIs, found by {@link java.util.ServiceLoader}; cheap to make, and free of
 * classes that may not be there. A path {@code store://place/file} goes to the factory that finds a
 * file system for {@code store}.
 */
public interface FileSystemFactory {
  /** The configuration keys that it reads. */
  default List<ConfigKey<?>> keys() {
    return List.of();
  }

  /**
   * The file system of a scheme; empty if it knows none.
   *
   * @param scheme what is before the colon, in lower case
   * @throws io.drawbar.error.DrawbarException if it knows one that lacks something
   */
  Optional<FileSystem> find(String scheme, Config config);
}
