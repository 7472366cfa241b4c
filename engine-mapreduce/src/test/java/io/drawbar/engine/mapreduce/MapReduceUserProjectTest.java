package io.drawbar.engine.mapreduce;

import io.drawbar.testkit.UserProjectTest;

/** A user's project with {@code drawbar-engine-mapreduce}. */
final class MapReduceUserProjectTest extends UserProjectTest {
  @Override
  protected String engine() {
    return "mapreduce";
  }
}
