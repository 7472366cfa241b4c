package io.drawbar.engine.flink;

import io.drawbar.testkit.UserProjectTest;

/** A user's project with {@code drawbar-engine-flink}. */
final class FlinkUserProjectTest extends UserProjectTest {
  @Override
  protected String engine() {
    return "flink";
  }
}
