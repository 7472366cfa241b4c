package io.drawbar.engine.spark;

import io.drawbar.spi.EngineException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/** What would go wrong in Spark later and say less: looked at before it is started. */
final class Preflight {

  private static final String OPEN = "--add-opens=";
  private static final String STANDALONE = "spark://";
  private static final int CONNECT_MILLIS = 3_000;

  private Preflight() {}

  /**
   * Refuses a JVM that was started without what Spark needs on Java 17.
   *
   * @throws EngineException with the flags to add
   */
  static void checkModules() {
    List<String> missing = missing(SparkConf.class.getModule());
    if (!missing.isEmpty()) {
      throw new EngineException(
          "spark: this JVM was started without what Spark needs on Java 17. Add these flags to the"
              + " java command, to Surefire's argLine or to the JVM arguments of the run"
              + " configuration (drawbar.engine = local needs none):\n"
              + String.join("\n", missing));
    }
  }

  /** The flags of Spark's own launcher that a module has not been given. */
  static List<String> missing(Module user) {
    return Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
        .filter(flag -> flag.startsWith(OPEN) && !isOpen(flag.substring(OPEN.length()), user))
        .toList();
  }

  /** Whether {@code module/package=ALL-UNNAMED} holds; for a module that the JVM has not, too. */
  private static boolean isOpen(String flag, Module user) {
    String[] names = flag.substring(0, flag.indexOf('=')).split("/");
    return ModuleLayer.boot().findModule(names[0]).stream()
        .allMatch(module -> module.isOpen(names[1], user));
  }

  /**
   * Refuses a standalone master that does not answer, which Spark would try for a minute.
   *
   * @throws EngineException if none of the addresses answers
   */
  static void checkMaster(String master) {
    if (!master.startsWith(STANDALONE)) {
      return;
    }
    List<String> silent = new ArrayList<>();
    for (String address : master.substring(STANDALONE.length()).split(",")) {
      URI uri = URI.create(STANDALONE + address);
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
        return;
      } catch (IOException | IllegalArgumentException e) {
        silent.add(address + " (" + e.getMessage() + ")");
      }
    }
    throw new EngineException(
        "spark: no Spark master answers at %s. Start it, or correct %s; local[*] needs none."
            .formatted(String.join(" or ", silent), SparkKeys.MASTER.name()));
  }
}
