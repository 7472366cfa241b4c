package io.drawbar.internal.kernel;

import io.drawbar.spi.BadRow;
import io.drawbar.spi.BadRowListener;
import io.drawbar.spi.Unit;
import java.io.IOException;

/** Counts the rows of a task that do not fit, and puts the bad ones where they go. */
final class BadRowTally implements BadRowListener {
  private final TaskScope scope;
  private final Feed.Quarantine quarantine;
  private final QuarantineParts parts;
  private final long atMost;

  BadRowTally(TaskScope scope, Feed feed) {
    this.scope = scope;
    Feed.FromSource source = feed instanceof Feed.FromSource read ? read : null;
    quarantine = source == null ? null : source.quarantine();
    parts = quarantine == null ? null : new QuarantineParts(quarantine, scope.context.attempt());
    atMost = quarantine == null ? 0 : source.source().tolerance().atMost();
  }

  /** A run with more bad rows than it may have fails, so that nobody will read them. */
  @Override
  public boolean wantsAll() {
    return parts != null && scope.report.rowsBad <= atMost;
  }

  @Override
  public void bad(BadRow row) throws IOException {
    boolean isKept = wantsAll();
    scope.report.rowsBad++;
    see(row);
    if (isKept) {
      parts.add(scope.unit, row);
    }
  }

  @Override
  public void mended(BadRow row, int fields) {
    scope.report.rowsMended++;
    scope.report.fieldsNulled += fields;
    see(row);
  }

  /** They come in order, so only the first one of a file is worth a look. */
  private void see(BadRow row) {
    int file = Unit.file(scope.unit);
    FirstBadRow first = scope.report.firstBad;
    if (first == null || first.file() > file) {
      scope.report.firstBad = new FirstBadRow(file, row.offset(), row.reason());
    }
  }

  /** Has the summary say where the rows are. */
  void end(TaskSummary summary) throws IOException {
    if (parts != null) {
      summary.quarantined(quarantine.name(), parts.end());
    }
  }

  void close() throws IOException {
    if (parts != null) {
      parts.close();
    }
  }
}
