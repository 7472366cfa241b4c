package io.drawbar.spi;

import java.io.IOException;

/** Takes the frames of a task; what it does with them is the engine's business. */
@FunctionalInterface
public interface FrameOutput {
  /**
   * Sends a frame to a task of the consuming stage, or to the driver (receiver 0) from a stage of
   * the result.
   *
   * @param receiver from 0 to one less than the context's receivers
   * @param frame not changed afterwards
   */
  void emit(int receiver, byte[] frame) throws IOException;
}
