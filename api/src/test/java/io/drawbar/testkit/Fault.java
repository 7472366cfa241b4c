package io.drawbar.testkit;

import io.drawbar.spi.StageGraph;
import java.util.List;
import java.util.Random;

/** Something that an engine does wrong: planted to show that it is caught. */
interface Fault {
  /** The receiver of the frames of the last stage. */
  int DRIVER = -1;

  /** Nothing is wrong. */
  Fault NONE = new Fault() {};

  /** What is run in the place of a graph. */
  default StageGraph graph(StageGraph graph) {
    return graph;
  }

  /**
   * What is delivered in the place of frames.
   *
   * @param stage the receiving stage, or {@link #DRIVER}
   */
  default List<byte[]> deliver(int stage, List<byte[]> frames, Random random) {
    return frames;
  }
}
