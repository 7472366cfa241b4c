package io.drawbar;

import io.drawbar.error.DrawbarException;
import io.drawbar.internal.kernel.FirstBadRow;
import io.drawbar.internal.kernel.StageReport;
import io.drawbar.spi.LeafInput;
import io.drawbar.spi.Source;
import io.drawbar.spi.Stage;
import io.drawbar.spi.StageGraph;
import io.drawbar.spi.Tolerance;
import io.drawbar.spi.TooManyBadRowsException;
import java.util.Locale;
import java.util.SortedMap;

/** Holds what has been read against what sources tolerate. */
final class BadRowLimits {
  private BadRowLimits() {}

  /**
   * Checks each stage that reads.
   *
   * @param reports of all of its tasks
   * @throws TooManyBadRowsException for the first one whose rows do not fit too often
   */
  static void check(StageGraph graph, SortedMap<Integer, StageReport> reports) {
    for (Stage stage : graph.stages()) {
      StageReport report = reports.get(stage.id());
      if (report != null && stage.input() instanceof LeafInput leaves) {
        check(leaves.source(), report);
      }
    }
  }

  /**
   * Refuses sources that say more of bad rows than that they are left out: a program that takes
   * rows into a job of its own would not hear of it.
   */
  static void refuse(StageGraph graph) {
    for (Stage stage : graph.stages()) {
      if (stage.input() instanceof LeafInput leaves
          && !leaves.source().tolerance().equals(Tolerance.ANY)) {
        throw new DrawbarException(
            ("%s: how many rows may be bad, and where they go, is seen to when a run has ended, and"
                    + " these rows go into a job of the engine's own. Say cache() before, which is a"
                    + " run that does.")
                .formatted(leaves.source().describe()));
      }
    }
  }

  private static void check(Source source, StageReport report) {
    Tolerance tolerance = source.tolerance();
    long unfit = report.rowsBad() + report.rowsMended();
    boolean isCount = unfit > tolerance.atMost();
    if (!isCount && unfit <= tolerance.atMostShare() * report.rowsIn()) {
      return;
    }
    FirstBadRow first = report.firstBad().orElseThrow();
    throw new TooManyBadRowsException(
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d rows %s, and at most %s may be. The first one is %s: %s"
                + " Correct the data or the schema, or raise %s.",
            source.describe(),
            unfit,
            report.rowsIn(),
            report.rowsMended() == 0 ? "are bad" : "are bad, or have fields that were made null",
            isCount
                ? String.format(Locale.ROOT, "%,d", tolerance.atMost())
                : "a share of " + tolerance.atMostShare(),
            source.place(first.file(), first.offset()),
            first.reason(),
            isCount ? "atMost(...)" : "atMostShare(...)"));
  }
}
