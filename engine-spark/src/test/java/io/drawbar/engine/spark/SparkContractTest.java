package io.drawbar.engine.spark;

import io.drawbar.testkit.EngineContractTest;

/** Spark in this process. */
final class SparkContractTest extends EngineContractTest {
  @Override
  protected String engine() {
    return "spark";
  }
}
