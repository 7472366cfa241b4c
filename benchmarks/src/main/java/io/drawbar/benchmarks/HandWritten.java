package io.drawbar.benchmarks;

import java.nio.file.Path;

/**
 * The jobs of the benchmarks as one would write them by hand for an engine, honestly and
 * idiomatically: what Drawbar is held against. Each engine's are in a source folder of their own,
 * which the build adds with the engine.
 */
public interface HandWritten extends AutoCloseable {
  /** Counts the words of a text file, ASCII letters, lower case; returns how many differ. */
  long wordCount(Path file) throws Exception;

  /** Starts what the engine needs before a job can run. */
  static HandWritten on(String engine) throws ReflectiveOperationException {
    String name = Character.toUpperCase(engine.charAt(0)) + engine.substring(1) + "HandWritten";
    return (HandWritten)
        Class.forName(HandWritten.class.getPackageName() + "." + name)
            .getDeclaredConstructor()
            .newInstance();
  }
}
