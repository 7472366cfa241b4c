package io.drawbar.spi;

import java.util.List;

/**
 * Rows that stay near the workers of an engine, and outlive the run that has read them. One
 * superstep runs at a time.
 */
public interface HeldData extends AutoCloseable {
  /** The run that reads them, under way; supersteps come after it has ended well. */
  Run loading();

  /**
   * Folds every block once.
   *
   * @param state what all workers get
   * @return the frames of the workers, or fewer, merged by {@link SuperstepProgram#merger}
   * @throws EngineException if the engine gave up, or the rows have been let go of, also meanwhile
   * @throws InterruptedException if the thread that waits is interrupted; the superstep is then
   *     cancelled, and another may follow
   */
  List<byte[]> superstep(SuperstepProgram program, byte[] state) throws InterruptedException;

  /**
   * Lets go of the rows, everywhere; cancels a superstep that runs, and the reading of rows. Does
   * nothing the second time. {@link Engine#close} does this to all that are left.
   */
  @Override
  void close();
}
