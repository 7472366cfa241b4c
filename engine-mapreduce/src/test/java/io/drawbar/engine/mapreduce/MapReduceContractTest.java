package io.drawbar.engine.mapreduce;

import io.drawbar.testkit.EngineContractTest;

/** What all engines do, done by Hadoop MapReduce. */
final class MapReduceContractTest extends EngineContractTest {
  @Override
  protected String engine() {
    return MapReduceEngineFactory.NAME;
  }

  /** Hadoop's local runner does not; see YarnTest. */
  @Override
  protected boolean triesTasksAgain() {
    return false;
  }
}
