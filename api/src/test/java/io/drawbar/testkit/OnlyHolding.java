package io.drawbar.testkit;

import io.drawbar.spi.Capabilities;
import io.drawbar.spi.Engine;
import io.drawbar.spi.HeldData;
import io.drawbar.spi.Run;
import io.drawbar.spi.StageGraph;
import java.util.Optional;

/**
 * An engine that holds rows and does nothing else: proof that a training was supersteps over what
 * the engine holds, and not run after run. Closing this leaves the engine running.
 */
public record OnlyHolding(Engine engine) implements Engine {
  @Override
  public Capabilities capabilities() {
    return engine.capabilities();
  }

  @Override
  public Run run(StageGraph graph) {
    throw new AssertionError("a run of '%s', where rows should be held".formatted(graph.name()));
  }

  @Override
  public Optional<HeldData> hold(StageGraph graph) {
    return engine.hold(graph);
  }

  @Override
  public void close() {}
}
