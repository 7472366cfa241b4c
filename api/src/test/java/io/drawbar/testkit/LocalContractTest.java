package io.drawbar.testkit;

/** The embedded engine, with more threads, against itself with one. */
final class LocalContractTest extends EngineContractTest {
  @Override
  protected String engine() {
    return "local";
  }

  /** A thread of this process does not fail for a while. */
  @Override
  protected boolean triesTasksAgain() {
    return false;
  }
}
