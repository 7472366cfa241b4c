package io.drawbar.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The programs that are written by hand for an engine, honestly and idiomatically: what Drawbar is
 * held against. Each engine's are in a package and a source folder of their own, which the build
 * adds with the engine. All have the same two things: as many tasks at a time as there are cores,
 * and the settings that the engine's manual recommends for such a job.
 */
abstract class ByHand implements AutoCloseable {
  private final Map<String, Map<String, Contender>> offers = new TreeMap<>();

  /** The number of tasks at a time. */
  static final int CORES = Runtime.getRuntime().availableProcessors();

  /** The programs for an engine, not yet started. */
  static ByHand on(String engine) {
    String capital = Character.toUpperCase(engine.charAt(0)) + engine.substring(1);
    String name = ByHand.class.getPackageName() + "." + capital + "ByHand";
    try {
      return (ByHand) Class.forName(name).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          ("no programs written by hand for engine '%s' on the class path: compile with"
                  + " -Ddrawbar.engine=%1$s or -Pall-engines")
              .formatted(engine),
          e);
    }
  }

  /** Says that there is a program for a job. */
  final void offer(Work job, String name, Contender program) {
    offers.computeIfAbsent(job.name(), j -> new TreeMap<>()).put(name, program);
  }

  /** The names of the programs for a job, in order. */
  final List<String> contenders(Work job) {
    return new ArrayList<>(offers.getOrDefault(job.name(), Map.of()).keySet());
  }

  /** A program for a job. */
  final Contender contender(Work job, String name) {
    Contender found = offers.getOrDefault(job.name(), Map.of()).get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "%s has no '%s' for %s; it has %s"
              .formatted(getClass().getSimpleName(), name, job.name(), contenders(job)));
    }
    return found;
  }

  /** Starts the engine, which is not what is timed. */
  abstract void start() throws Exception;

  /** Stops it. */
  @Override
  public abstract void close() throws Exception;
}
