package io.drawbar.spi;

import io.drawbar.config.Config;
import java.io.Serializable;
import java.util.Optional;

/**
 * How many rows of a source may not fit its schema, and where bad ones go. The driver holds to it
 * when all of a source has been read, so that it does not depend on how the work was divided.
 *
 * @param atMost how many rows may not fit
 * @param atMostShare which share of all rows, from 0 to 1
 * @param sink takes the bad rows, of {@link BadRow#SCHEMA}; null if they are only counted
 */
public record Tolerance(long atMost, double atMostShare, Sink sink) implements Serializable {
  /** Of a source that counts what is bad, or ends with it. */
  public static final Tolerance ANY = new Tolerance(Long.MAX_VALUE, 1, null);

  public Tolerance {
    if (atMost < 0 || !(atMostShare >= 0 && atMostShare <= 1)) {
      throw new IllegalArgumentException(
          "at most %s rows, at most the share %s: a count is at least 0, a share from 0 to 1"
              .formatted(atMost, atMostShare));
    }
  }

  /** Takes the bad rows; empty if they are only counted. */
  public Optional<Sink> quarantine() {
    return Optional.ofNullable(sink);
  }

  /** The same as a session's configuration has it. */
  public Tolerance configured(Config config) {
    return sink == null ? this : new Tolerance(atMost, atMostShare, sink.configured(config));
  }

  /** What holds of some leaves: a share is one of all rows, and a quarantine has all bad ones. */
  public Tolerance ofSome() {
    return new Tolerance(atMost, 1, null);
  }
}
