package io.drawbar.spi;

/**
 * Runs stage graphs. It never sees a row, an expression or a model: it starts tasks, moves frames
 * and retries what fails. It owns scheduling, placement, transport and security.
 */
public interface Engine extends AutoCloseable {
  /** What it can do; checked before anything runs. */
  Capabilities capabilities();

  /**
   * Starts running a graph.
   *
   * @throws EngineException if it cannot start
   */
  Run run(StageGraph graph);

  /** Gives back what the engine holds; runs still going are cancelled. */
  @Override
  void close();
}
