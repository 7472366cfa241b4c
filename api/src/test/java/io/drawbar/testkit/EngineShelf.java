package io.drawbar.testkit;

import io.drawbar.Session;
import io.drawbar.config.Config;
import io.drawbar.spi.Engine;
import java.util.function.IntFunction;

/**
 * Keeps the engine of one parallelism running, for as long as no other is asked for: starting one
 * may take seconds, and some engines allow one in a process.
 */
final class EngineShelf implements AutoCloseable {
  private final IntFunction<Engine> start;
  private Engine running;
  private int parallelism;

  /** A shelf with nothing on it, and what starts an engine that runs so many tasks at once. */
  EngineShelf(IntFunction<Engine> start) {
    this.start = start;
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

  /** A session with the layout of a variant; closing it leaves the engine running. */
  Session session(Variant variant) {
    return Session.attach(
        new SharedEngine(engine(variant.parallelism())), variant.layout(Config.of()));
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
