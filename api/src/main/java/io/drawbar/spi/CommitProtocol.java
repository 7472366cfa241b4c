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
   * @throws io.drawbar.error.DrawbarException if the target is there and must not be, or cannot be
   *     written
   */
  void begin();

  /**
   * Creates a part for an attempt, in a task.
   *
   * @param name what it will be called, below folders perhaps: {@code year=2024/part-00000.csv};
   *     {@link PartFile#name} is what it is called in the receipt
   */
  PartFile create(String attempt, String name) throws IOException;

  /**
   * Does, on the driver, what can be done before anybody sees anything: checks the parts and brings
   * them together. Who commits several protocols prepares all of them and then commits one after
   * the other, so that little is left to fail between the commits; {@link #abort} undoes it.
   *
   * @param parts those that {@link #commit} will be called with
   */
  default void prepare(List<PartReceipt> parts) {}

  /**
   * Makes exactly these parts the output, on the driver; {@link #prepare prepares} if nobody has.
   * When it returns the output is complete; when it throws what is at the place is what was there
   * before, unless the error says that the output is decided on.
   */
  void commit(List<PartReceipt> parts);

  /** Removes everything that attempts have written, on the driver; does not throw. */
  void abort();
}
