package io.drawbar.spi;

import java.util.Map;
import java.util.Optional;

/**
 * Runs stage graphs. It never sees a row, an expression or a model: it starts tasks, moves frames
 * and retries what fails. It owns scheduling, placement, transport and security.
 */
public interface Engine extends AutoCloseable {
  /** What it can do; checked before anything runs. */
  Capabilities capabilities();

  /**
   * What its own configuration says of file systems, by keys of ours, {@code
   * drawbar.hadoop.fs.defaultFS} say; whatever a session is configured with goes before it.
   */
  default Map<String, String> fileSettings() {
    return Map.of();
  }

  /**
   * Starts running a graph.
   *
   * @throws EngineException if it cannot start
   */
  Run run(StageGraph graph);

  /**
   * Starts reading rows that are to stay near the workers, for supersteps. All stages of the graph
   * read leaves, and their tasks have {@link StageTask#held} once their input has ended; the frames
   * that they emit until then are merged as the terminal says.
   *
   * @return empty if this engine keeps nothing between runs: each superstep is then a run
   * @throws EngineException if it cannot start
   */
  default Optional<HeldData> hold(StageGraph graph) {
    return Optional.empty();
  }

  /** Gives back what the engine holds, rows, too; runs still going are cancelled. */
  @Override
  void close();
}
