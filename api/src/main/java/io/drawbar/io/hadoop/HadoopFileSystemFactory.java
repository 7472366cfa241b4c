package io.drawbar.io.hadoop;

import io.drawbar.config.Config;
import io.drawbar.config.ConfigKey;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.FileSystemFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How Hadoop's file systems are found, where Hadoop is on the class path. */
public final class HadoopFileSystemFactory implements FileSystemFactory {
  /** Hadoop's own settings. */
  static final ConfigKey<Map<String, String>> CONF =
      ConfigKey.prefix(
          "drawbar.hadoop",
          "Settings of Hadoop's file systems by their names, such as fs.s3a.endpoint; stronger than"
              + " the *-site.xml files on the class path.");

  private static final String HADOOP = "org.apache.hadoop.fs.FileSystem";

  /** Called by the service loader. */
  public HadoopFileSystemFactory() {}

  @Override
  public List<ConfigKey<?>> keys() {
    return List.of(CONF);
  }

  @Override
  public Optional<FileSystem> find(String scheme, Config config) {
    if (!hasHadoop()) {
      return Optional.empty();
    }
    try {
      return HadoopFileSystem.find(scheme, config.value(CONF)).map(FileSystem.class::cast);
    } catch (LinkageError e) {
      throw incomplete(scheme, e);
    }
  }

  /** What to say if classes are missing that Hadoop needs. */
  static DrawbarException incomplete(String scheme, LinkageError e) {
    return new DrawbarException(
        ("the Hadoop on the class path has not all that %s:// needs: %s. Have hadoop-client-api and"
                + " hadoop-client-runtime there in one version, 3.3 or newer, for s3a hadoop-aws of"
                + " the same version with its software.amazon.awssdk:bundle, and no unshaded Hadoop"
                + " jars beside them.")
            .formatted(scheme, e),
        e);
  }

  private static boolean hasHadoop() {
    try {
      Class.forName(HADOOP, false, HadoopFileSystemFactory.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
