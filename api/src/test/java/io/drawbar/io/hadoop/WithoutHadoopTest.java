package io.drawbar.io.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program sees that has no Hadoop, or half of one, on its class path. */
class WithoutHadoopTest {
  /** Runs in a class path of its own. */
  public static final class Program {
    private Program() {}

    /** The message of what goes wrong when a path is read. */
    public static String failure(String path) {
      try (io.drawbar.Session session = io.drawbar.Session.open()) {
        session.read(io.drawbar.io.TextFiles.at(path)).count();
        return "";
      } catch (io.drawbar.error.DrawbarException e) {
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
