package io.drawbar.engine.flink;

import io.drawbar.testkit.EngineContractTest;

/** What all engines do, done by Flink. */
final class FlinkContractTest extends EngineContractTest {
  @Override
  protected String engine() {
    return FlinkEngineFactory.NAME;
  }
}
