package io.drawbar.testkit;

import io.drawbar.type.Row;
import java.util.List;

/**
 * Rows in order, with their ids.
 *
 * @param layout how rows that are read are cut into leaves: part of their ids
 */
record OracleRows(List<Row> rows, List<Long> ids, GeneratedPipeline.Layout layout) {
  /** The good rows of a source. */
  static OracleRows of(GeneratedSource source, GeneratedPipeline.Layout layout) {
    // A bad row ends every run, so nobody sees the ids of the others.
    List<Row> rows = source.rows();
    List<Long> ids =
        source.hasBadRow() ? rows.stream().map(row -> 0L).toList() : source.ids(layout);
    return new OracleRows(rows, ids, layout);
  }

  OracleRows with(List<Row> otherRows, List<Long> otherIds) {
    return new OracleRows(otherRows, otherIds, layout);
  }
}
