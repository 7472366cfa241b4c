package io.drawbar.engine.flink;

import io.drawbar.spi.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places for files of one engine: a folder that driver and tasks see, and a temporary one of
 * this process, made when first asked for.
 */
final class Scratch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

  private final String configured;
  private final List<RunFolder> kept = new ArrayList<>();
  private java.nio.file.Path local;

  /**
   * None yet.
   *
   * @param configured the value of {@link FlinkKeys#SCRATCH_FOLDER}
   */
  Scratch(String configured) {
    this.configured = configured;
  }

  /**
   * Checks that the tasks of a program see what is written here.
   *
   * @param program its options of Flink
   * @throws EngineException if they run elsewhere, and no folder is configured
   */
  void requireSeenBy(ReadableConfig program) {
    if (configured.isEmpty() && !FlinkEngine.isLocal(program)) {
      throw new EngineException(
          ("the environment's jobs run on a cluster ('%s'): set %s to a folder that its task"
                  + " managers and this program see, such as one of a distributed file system.")
              .formatted(program.get(DeploymentOptions.TARGET), FlinkKeys.SCRATCH_FOLDER.name()));
    }
  }

  /** The temporary folder of this process. */
  synchronized java.nio.file.Path local() {
    if (local == null) {
      try {
        local = Files.createTempDirectory("drawbar-flink-");
      } catch (IOException e) {
        throw new EngineException(
            "flink needs a temporary folder: %s. Check the space and the rights of %s."
                .formatted(e, System.getProperty("java.io.tmpdir")),
            e);
      }
    }
    return local;
  }

  /** A new folder that driver and tasks see. */
  RunFolder create() throws IOException {
    return RunFolder.below(configured.isEmpty() ? new Path(local().toUri()) : new Path(configured));
  }

  /** The same; it is there until this is closed. */
  synchronized RunFolder createKept() {
    try {
      RunFolder folder = create();
      kept.add(folder);
      return folder;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Why a folder that driver and tasks see cannot be used. */
  EngineException unusable(IOException cause) {
    return new EngineException(
        "flink could not pass on data: %s. Check the space and the rights of %s, or set %s."
            .formatted(
                cause.getMessage(),
                configured.isEmpty() ? System.getProperty("java.io.tmpdir") : configured,
                FlinkKeys.SCRATCH_FOLDER.name()),
        cause);
  }

  @Override
  public synchronized void close() {
    kept.forEach(Scratch::delete);
    kept.clear();
    if (local != null) {
      try {
        FileUtils.deleteDirectory(local.toFile());
      } catch (IOException e) {
        LOG.warn("Cannot remove {}", local, e);
      }
      local = null;
    }
  }

  /** Removes a folder; what is left is no reason to fail. */
  static void delete(RunFolder folder) {
    try {
      folder.delete();
    } catch (IOException e) {
      LOG.warn("Cannot remove {}", folder.uri(), e);
    }
  }
}
