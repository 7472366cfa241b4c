package io.drawbar.spi;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Gets output to its place, all of it or nothing. Attempts write where nobody looks; the driver
 * learns from the receipts of the tasks that counted which files are the output. Files of other
 * attempts are never named and go with the temporary folder.
 */
public interface CommitProtocol extends Serializable {
  /**
   * Prepares a run, on the driver.
   *
   * @throws io.drawbar.error.DrawbarException if the target is already there or cannot be written
   */
  void begin();

  /** Creates a part for an attempt, in a task. */
  PartFile create(String attempt, String name) throws IOException;

  /**
   * Makes exactly these parts the output, on the driver. When it returns the output is complete;
   * when it throws there is none.
   */
  void commit(List<PartReceipt> parts);

  /** Removes everything that attempts have written, on the driver; does not throw. */
  void abort();
}
