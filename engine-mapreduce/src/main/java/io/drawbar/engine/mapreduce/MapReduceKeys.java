package io.drawbar.engine.mapreduce;

import io.drawbar.config.ConfigKey;
import java.util.List;
import java.util.Map;

/** The configuration keys of this engine, beyond the common ones. */
public final class MapReduceKeys {

  /** The folder that working folders are made in, see {@link #all()}. */
  public static final ConfigKey<String> SCRATCH_FOLDER =
      ConfigKey.string(
          "drawbar.mapreduce.scratch.folder",
          "",
          "Where each run makes its working folder, a path or URI that driver and tasks see; empty"
              + " is java.io.tmpdir locally and .drawbar in the user's home on a cluster.");

  /** The jar shipped to a cluster. */
  public static final ConfigKey<String> JAR =
      ConfigKey.string(
          "drawbar.mapreduce.jar",
          "",
          "The jar with the pipeline, Drawbar and what they need, shipped to a cluster; empty is"
              + " the jar that holds this engine, right if all is in one. Not used locally.");

  /** Hadoop's own settings. */
  public static final ConfigKey<Map<String, String>> CONF =
      ConfigKey.prefix(
          "drawbar.mapreduce.conf",
          "Hadoop's own settings by their names, such as mapreduce.framework.name or fs.defaultFS;"
              + " stronger than the *-site.xml files on the class path.");

  private MapReduceKeys() {}

  /** All of them. */
  public static List<ConfigKey<?>> all() {
    return List.of(SCRATCH_FOLDER, JAR, CONF);
  }
}
