package io.drawbar.spi;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import java.util.List;

/**
 * How an engine is found: a cheap thing with a name, listed for {@link java.util.ServiceLoader}.
 */
public interface EngineFactory {
  /** The value of {@code drawbar.engine} that means this engine. */
  String name();

  /** The configuration keys it understands beyond the common ones. */
  List<ConfigKey<?>> keys();

  /**
   * Makes the engine.
   *
   * @throws EngineException if what it needs is missing; says what and what to do
   */
  Engine create(Config config);
}
