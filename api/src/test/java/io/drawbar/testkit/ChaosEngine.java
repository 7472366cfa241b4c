package io.drawbar.testkit;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.Progress;
import io.drawbar.spi.Run;
import io.drawbar.spi.Runs;
import io.drawbar.spi.StageGraph;

/**
 * An engine that does what the SPI allows and no sane engine does, all of it by a seed: tasks of
 * random ranges, run in random order and interleaved, several attempts at one of which some are
 * given up half way and all but one are dropped, frames delivered with those of all producers
 * mixed, partials merged in random trees. Code and splits go through Java serialisation, so that
 * what cannot be shipped to a cluster fails here. One thread does everything, so a seed means one
 * course of events.
 */
public final class ChaosEngine implements Engine {
  private static final String NAME = "chaos";

  private final int parallelism;
  private final Fault fault;
  private final ChaosTally tally;
  private final Runs runs = new Runs(NAME);
  private long nextSeed;
  private String lastRun = "no run yet";

  /**
   * An engine that keeps the SPI's contract.
   *
   * @param seed of its first run; each following run has the next one
   * @param parallelism how many tasks are interleaved, at most
   */
  public ChaosEngine(long seed, int parallelism) {
    this(seed, parallelism, Fault.NONE, new ChaosTally());
  }

  ChaosEngine(long seed, int parallelism, Fault fault, ChaosTally tally) {
    nextSeed = seed;
    this.parallelism = parallelism;
    this.fault = fault;
    this.tally = tally;
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(NAME, parallelism, Capabilities.Reach.THIS_MACHINE);
  }

  @Override
  public Run run(StageGraph graph) {
    long seed = nextSeed++;
    lastRun = "new ChaosEngine(" + seed + "L, " + parallelism + ") repeats the last run";
    ChaosRun run = new ChaosRun(fault.graph(graph), seed, parallelism, fault, tally);
    return runs.start(graph.name(), new Progress(), run::execute, () -> {});
  }

  @Override
  public void close() {
    runs.close();
  }

  /** How to repeat the last run. */
  @Override
  public String toString() {
    return "chaos (" + lastRun + ")";
  }
}
