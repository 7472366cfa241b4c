package io.drawbar.spi;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that one engine holds, until each is closed: what {@link Engine#close} has to let go of.
 */
public final class Holdings implements AutoCloseable {
  /** Guarded by this, as is closed. */
  private final List<HeldData> held = new ArrayList<>();

  private boolean closed;

  /** Remembers rows until they are removed; those that come after {@link #close} are closed. */
  public void add(HeldData rows) {
    synchronized (this) {
      if (!closed) {
        held.add(rows);
        return;
      }
    }
    rows.close();
  }

  /** Forgets rows, which have been closed. */
  public synchronized void remove(HeldData rows) {
    held.removeIf(one -> one == rows);
  }

  /** How many there are. */
  public synchronized int count() {
    return held.size();
  }

  private synchronized List<HeldData> end() {
    closed = true;
    return List.copyOf(held);
  }

  /**
   * Closes all that have not been closed, also after one that fails to; then throws its failure.
   */
  @Override
  public void close() {
    RuntimeException failure = null;
    for (HeldData rows : end()) {
      try {
        rows.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
