package io.drawbar.io;

import io.drawbar.config.Config;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.Sink;
import io.drawbar.spi.Tolerance;
import java.io.Serializable;

/**
 * What becomes of rows that do not fit the schema declared for them. Which those are depends on the
 * file and the schema alone; see the package page.
 *
 * <pre>{@code
 * Csv.of(Loan.class).at("loans").badRows(BadRows.skip().atMost(100).atMostShare(0.01))
 * Csv.of(Loan.class).at("loans").badRows(BadRows.nullField())
 * Csv.of(Loan.class).at("loans").badRows(BadRows.quarantine("bad-loans"))
 * session.read(Json.of(BadRow.class).at("bad-loans"))
 * }</pre>
 */
public sealed interface BadRows extends Serializable {
  /** The first one in the data ends the run, with an error that shows it. So it is by default. */
  static BadRows failFast() {
    return new FailFast();
  }

  /** They are left out, and counted. */
  static Tolerated skip() {
    return new Tolerated(Treatment.SKIP, Tolerance.ANY);
  }

  /**
   * A field that does not fit its column becomes null, and is counted. A row is bad that cannot be
   * mended so, because the column is required or the row's structure is broken; it is left out.
   */
  static Tolerated nullField() {
    return new Tolerated(Treatment.NULL_FIELD, Tolerance.ANY);
  }

  /**
   * They are left out, counted, and written to a folder of JSON lines, each as a {@link
   * io.drawbar.spi.BadRow}. A run that reads all of the source puts the folder in the place of the
   * one before; see the package page for which runs these are.
   *
   * @param path a folder, of which the one that was written last may be there
   */
  static Tolerated quarantine(String path) {
    Sink sink = new QuarantineSink(OutputPlace.folder(path));
    return new Tolerated(Treatment.SKIP, new Tolerance(Long.MAX_VALUE, 1, sink));
  }

  /** How many there may be, and where they go. */
  Tolerance tolerance();

  /** The same as a session's configuration has it. */
  default BadRows configured(Config config) {
    return this;
  }

  /** The first one ends the run. */
  record FailFast() implements BadRows {
    @Override
    public Tolerance tolerance() {
      return Tolerance.ANY;
    }
  }

  /** What is done with a row that does not end the run. */
  enum Treatment {
    /** It is left out. */
    SKIP,
    /** It is kept without the values that do not fit, if it can be. */
    NULL_FIELD
  }

  /**
   * They do not end the run, as long as they are not too many.
   *
   * @param treatment what is done with them
   * @param tolerance how many there may be
   */
  record Tolerated(Treatment treatment, Tolerance tolerance) implements BadRows {
    /**
     * The run fails, with a {@link io.drawbar.spi.TooManyBadRowsException}, if more rows do not
     * fit: are bad, or have fields made null. It is found out when all rows have been read, so that
     * the error is the same on every engine.
     *
     * @param rows at least 0
     * @throws DrawbarException if it is less
     */
    public Tolerated atMost(long rows) {
      if (rows < 0) {
        throw new DrawbarException("at most %s bad rows: it is 0 or more".formatted(rows));
      }
      return with(new Tolerance(rows, tolerance.atMostShare(), tolerance.sink()));
    }

    /**
     * The run fails if a larger share of the rows read do not fit; see {@link #atMost}. A run that
     * needs only the first rows, {@code show} say, does not look at this.
     *
     * @param share from 0 to 1
     * @throws DrawbarException if it is not
     */
    public Tolerated atMostShare(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new DrawbarException(
            "at most the share %s of bad rows: it is from 0 to 1, 0.01 for one in a hundred"
                .formatted(share));
      }
      return with(new Tolerance(tolerance.atMost(), share, tolerance.sink()));
    }

    @Override
    public Tolerated configured(Config config) {
      return with(tolerance.configured(config));
    }

    private Tolerated with(Tolerance other) {
      return new Tolerated(treatment, other);
    }
  }
}
