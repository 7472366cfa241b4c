package io.drawbar.testkit;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * Keeps the engine of one parallelism running, for as long as no other is asked for: starting one
 * may take seconds, and some engines allow one in a process.
 */
final class EngineShelf implements AutoCloseable {
  private final IntFunction<Engine> start;
  private final BiFunction<Variant, Config, Config> settings;
  private Engine running;
  private int parallelism;

  /**
   * A shelf with nothing on it.
   *
   * @param start starts an engine that runs so many tasks at once
   * @param settings the configuration of sessions
   */
  EngineShelf(IntFunction<Engine> start, BiFunction<Variant, Config, Config> settings) {
    this.start = start;
    this.settings = settings;
  }

  /** The engine that runs so many tasks at once. */
  Engine engine(int wanted) {
    if (running == null || parallelism != wanted) {
      close();
      running = start.apply(wanted);
      parallelism = wanted;
    }
    return running;
  }

  /** A session for a variant; closing it leaves the engine running. */
  Session session(Variant variant) {
    return Session.attach(
        new SharedEngine(engine(variant.parallelism())), settings.apply(variant, Config.of()));
  }

  @Override
  public void close() {
    if (running != null) {
      Engine ended = running;
      running = null;
      ended.close();
    }
  }
}
