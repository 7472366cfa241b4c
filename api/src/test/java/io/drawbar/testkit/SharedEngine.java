package io.drawbar.testkit;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import java.util.Optional;

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
  public Optional<HeldData> hold(StageGraph graph) {
    return engine.hold(graph);
  }

  @Override
  public void close() {}
}
