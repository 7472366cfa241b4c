package io.drawbar.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.drawbar.Session;
import io.drawbar.error.DrawbarException;
import io.drawbar.io.compression.Compression;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees that lacks an optional library on its class path. */
class MissingJarsTest {
  /** Runs in a class path of its own. */
  public static final class Program {
    private Program() {}

    /** The message of what goes wrong when a path is read. */
    public static String failure(String path) {
      try (Session session = Session.open()) {
        session.read(TextFiles.at(path)).count();
        return "";
      } catch (DrawbarException e) {
        return e.getMessage();
      }
    }
  }

  @Test
  void theJarToAddIsNamed() throws Exception {
    String failure = failure("hdfs://host/in", "hadoop-");
    assertThat(failure)
        .contains("hdfs://host/in")
        .contains("org.apache.hadoop:hadoop-client-api")
        .contains("org.apache.hadoop:hadoop-client-runtime");
  }

  @Test
  void halfOfHadoopIsNotEnough() throws Exception {
    assertThat(failure("hdfs://host/in", "hadoop-client-runtime"))
        .contains("hdfs://")
        .contains("hadoop-client-runtime");
  }

  @Test
  void theLibraryOfACompressionIsNamed(@TempDir Path folder) throws Exception {
    assertNamed(Compression.ZSTD, folder, "zstd-jni", "com.github.luben:zstd-jni");
    assertNamed(Compression.LZ4, folder, "lz4-java", "at.yawk.lz4:lz4-java");
    assertNamed(Compression.SNAPPY, folder, "snappy-java", "org.xerial.snappy:snappy-java");
    assertNamed(
        Compression.BZIP2, folder, "commons-compress", "org.apache.commons:commons-compress");
  }

  private static void assertNamed(
      Compression compression, Path folder, String jar, String coordinates) throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt" + compression.suffix()), "?");
    assertThat(failure(file.toString(), jar)).contains(file.toString()).contains(coordinates);
  }

  /** What happens without the jars whose names contain a text. */
  private static String failure(String path, String without) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader others =
        new URLClassLoader(urls(without), ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(others);
      return (String)
          others
              .loadClass(Program.class.getName())
              .getMethod("failure", String.class)
              .invoke(null, path);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL[] urls(String without) throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (!path.getFileName().toString().contains(without)) {
        urls.add(path.toUri().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }
}
