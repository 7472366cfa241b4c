package io.drawbar.engine.spark;

import io.drawbar.testkit.UserProjectTest;

/** A user's project with {@code drawbar-engine-spark}. */
final class SparkUserProjectTest extends UserProjectTest {
  @Override
  protected String engine() {
    return "spark";
  }
}
