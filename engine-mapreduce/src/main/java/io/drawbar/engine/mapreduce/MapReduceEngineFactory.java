package io.drawbar.engine.mapreduce;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import io.drawbar.spi.Engine;
import io.drawbar.spi.EngineException;
import io.drawbar.spi.EngineFactory;
import java.security.CodeSource;
import java.util.List;

/** How Hadoop MapReduce is found under the name {@code mapreduce}. */
public final class MapReduceEngineFactory implements EngineFactory {

  static final String NAME = "mapreduce";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return MapReduceKeys.all();
  }

  @Override
  public Engine create(Config config) {
    try {
      return new MapReduceEngine(Hadoop.of(config));
    } catch (LinkageError e) {
      throw new EngineException(
          String.format(
              "engine mapreduce does not fit the Hadoop on the class path (%s): %s. Have"
                  + " hadoop-client-api and hadoop-client-runtime there in one version, 3.3 or"
                  + " newer, and no unshaded Hadoop jars beside them.",
              hadoopJar(), e),
          e);
    }
  }

  private static String hadoopJar() {
    try {
      String name = "org.apache.hadoop.mapreduce.Job";
      ClassLoader loader = MapReduceEngineFactory.class.getClassLoader();
      CodeSource source = Class.forName(name, false, loader).getProtectionDomain().getCodeSource();
      return source == null ? "of unknown origin" : source.getLocation().toString();
    } catch (ClassNotFoundException | LinkageError e) {
      return "there is none";
    }
  }
}
