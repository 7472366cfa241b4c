package io.drawbar.internal.local;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import io.drawbar.config.CoreKeys;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineFactory;
import io.drawbar.spi.SpillFolder;
import java.util.List;

/** The engine that is always there: threads of this process. */
public final class LocalEngineFactory implements EngineFactory {
  @Override
  public String name() {
    return LocalEngine.NAME;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of();
  }

  @Override
  public Engine create(Config config) {
    int wanted = config.value(CoreKeys.PARALLELISM);
    int parallelism = wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    String spillFolder = config.value(CoreKeys.SPILL_FOLDER);
    return new LocalEngine(
        parallelism,
        CoreKeys.memoryBytes(config),
        spillFolder.isEmpty() ? SpillFolder.ofSystem() : SpillFolder.at(spillFolder));
  }
}
