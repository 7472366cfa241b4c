package io.drawbar.internal.kernel;

import java.io.IOException;

/** Where the last operator of a stage puts its frames. */
interface Outbox {
  /**
   * Sends a frame.
   *
   * @param frame its first {@link Envelope#BYTES} bytes are free for the header
   * @param unit the first unit that its rows are of
   */
  void send(int receiver, long unit, byte[] frame) throws IOException;

  /** Ends the task: nothing follows. */
  void end(TaskSummary summary) throws IOException;
}
