package io.drawbar.engine.spark;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.EngineFactory;
import java.util.List;

/** Finds the engine by the name {@code spark}. Touches no class of Spark until it is made. */
public final class SparkEngineFactory implements EngineFactory {

  static final String NAME = "spark";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return SparkKeys.all();
  }

  @Override
  public Engine create(Config config) {
    try {
      return SparkEngine.start(config);
    } catch (LinkageError e) {
      throw new EngineException(
          ("spark: the class path does not fit: %s. drawbar-engine-spark was built with Spark 4.1.0"
                  + " for Scala 2.13; `mvn dependency:tree` shows who brings other versions of"
                  + " org.apache.spark, org.scala-lang or org.apache.hadoop, or excludes them.")
              .formatted(e),
          e);
    }
  }
}
