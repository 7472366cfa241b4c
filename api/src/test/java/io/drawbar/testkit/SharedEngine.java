package io.drawbar.testkit;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;

/** An engine that outlives the sessions on it: closing this does nothing. */
record SharedEngine(Engine engine) implements Engine {
  @Override
  public Capabilities capabilities() {
    return engine.capabilities();
  }

  @Override
  public Run run(StageGraph graph) {
    return engine.run(graph);
  }

  @Override
  public void close() {}
}
