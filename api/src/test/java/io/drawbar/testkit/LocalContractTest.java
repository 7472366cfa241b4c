package io.drawbar.testkit;

/** The embedded engine, with more threads, against itself with one. */
final class LocalContractTest extends EngineContractTest {
  @Override
  protected String engine() {
    return "local";
  }
}
