package io.drawbar;

import java.util.OptionalLong;

/**
 * A person's wish that a training end with what there is, and where that came to be: all that tells
 * such a training from one that was left in peace, for {@link Provenance}.
 */
final class EarlyEnd {
  private volatile boolean wanted;
  private long supersteps;
  private OptionalLong after = OptionalLong.empty();

  void want() {
    wanted = true;
  }

  boolean isWanted() {
    return wanted;
  }

  /** An iteration ended well after so many supersteps. */
  synchronized void ended(long more, boolean isCutShort) {
    supersteps += more;
    if (isCutShort && after.isEmpty()) {
      after = OptionalLong.of(supersteps);
    }
  }

  /** After how many supersteps, of all iterations, one was cut short for the first time. */
  synchronized OptionalLong after() {
    return after;
  }
}
