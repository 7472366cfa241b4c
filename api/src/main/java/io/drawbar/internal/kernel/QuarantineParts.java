package io.drawbar.internal.kernel;

import io.drawbar.column.BatchBuilder;
import io.drawbar.spi.BadRow;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import io.drawbar.spi.PartWriter;
import io.drawbar.type.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the bad rows that a task meets into parts of a quarantine, under temporary names, some
 * leaves to a part. A part without rows is not written.
 */
final class QuarantineParts {
  private static final int MOST_ROWS = 1024;
  private static final long MOST_CHARACTERS = 1 << 20;

  private final Feed.Quarantine quarantine;
  private final String attempt;
  private final List<PartReceipt> receipts = new ArrayList<>();
  private final BatchBuilder waiting = new BatchBuilder(BadRow.SCHEMA);
  private long characters;
  private long part = -1;
  private PartFile file;
  private PartWriter writer;
  private long rows;

  QuarantineParts(Feed.Quarantine quarantine, String attempt) {
    this.quarantine = quarantine;
    this.attempt = attempt;
  }

  /** Adds a row of a leaf; leaves ascend. */
  void add(long leaf, BadRow row) throws IOException {
    long begun = PartNames.BY_LEAF.part(leaf);
    if (begun != part) {
      endPart();
      part = begun;
    }
    waiting.append(
        Row.of(
            BadRow.SCHEMA,
            row.file(),
            row.offset(),
            row.line(),
            row.column(),
            row.reason(),
            row.text()));
    characters += row.text() == null ? 0 : row.text().length();
    rows++;
    if (waiting.rows() == MOST_ROWS || characters > MOST_CHARACTERS) {
      write();
    }
  }

  private void write() throws IOException {
    if (writer == null) {
      String name = PartNames.BY_LEAF.name(part) + quarantine.sink().extension();
      file = quarantine.protocol().create(attempt, name);
      writer = quarantine.sink().open(file, BadRow.SCHEMA);
    }
    writer.write(waiting.build());
    characters = 0;
  }

  private void endPart() throws IOException {
    if (waiting.rows() > 0) {
      write();
    }
    if (writer != null) {
      PartWriter ended = writer;
      writer = null;
      ended.close();
      receipts.add(new PartReceipt(file.name(), file.path(), rows));
    }
    rows = 0;
  }

  /** All parts, once there are no more rows. */
  List<PartReceipt> end() throws IOException {
    endPart();
    return receipts;
  }

  void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
