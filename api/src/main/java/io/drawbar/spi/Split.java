package io.drawbar.spi;

import java.io.Serializable;
import java.util.List;

/** A range of whole leaves of one file, read by one task. */
public interface Split extends Serializable {
  /** The unit of its first leaf: see {@link Unit#leaf}. What fails before that is placed here. */
  long firstUnit();

  /** About how many bytes it takes to read, for balancing tasks. */
  long bytes();

  /** What people call its file, for messages; empty if it has no name. */
  default String shown() {
    return "";
  }

  /** Hosts that have the data near, best first; empty where it makes no difference. */
  default List<String> locations() {
    return List.of();
  }
}
