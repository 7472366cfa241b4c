package io.drawbar.engine.flink;

import io.drawbar.testkit.FilesByUriTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Hadoop's {@code viewfs} over a folder: its classes, with settings that tasks must get. */
final class FlinkFilesByUriTest extends FilesByUriTest {
  @TempDir Path mounted;

  @Override
  protected String engine() {
    return FlinkEngineFactory.NAME;
  }

  @Override
  protected String root() {
    return "viewfs://here/m";
  }

  @Override
  protected Map<String, String> settings() throws IOException {
    return Map.of(
        "drawbar.hadoop.fs.viewfs.mounttable.here.link./m",
        Files.createDirectories(mounted.resolve("m")).toUri().toString());
  }
}
