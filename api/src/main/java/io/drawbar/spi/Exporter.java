package io.drawbar.spi;

/**
 * Makes something of an engine's own out of a dataset: a Spark {@code DataFrame}, a Flink {@code
 * DataStream}. The work is the engine's from then on: it may run the graph whenever its own dataset
 * is used, several times, or never.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
public interface Exporter<T> {
  /**
   * Exports a dataset.
   *
   * @param engine that of the dataset's session
   * @param graph collects the rows; not run yet
   * @param frames reads what its stages of the result emit
   * @param runs is to be told of runs that are not begun by {@link Engine#run}, where the engine
   *     hears of them
   */
  T export(Engine engine, StageGraph graph, FrameReader frames, ExportedRuns runs);
}
