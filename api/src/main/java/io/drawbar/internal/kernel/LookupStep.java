package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchCodec;
import io.drawbar.column.ColumnVector;
import io.drawbar.expr.EvaluationException;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Arrays;

/**
 * Adds columns of the one row with the same key of a table that travels with the program; nulls
 * where there is none. Narrow: rows keep their order.
 *
 * @param left the rows that come
 * @param right the table
 * @param table its rows, encoded
 * @param output the left's columns, then the table's but its keys
 */
public record LookupStep(JoinStep.Side left, JoinStep.Side right, byte[] table, Schema output)
    implements Step {

  /**
   * Checks that no key is there twice; one with a null is no key.
   *
   * @throws EvaluationException naming the first key that is
   */
  public static void checkUnique(JoinStep.Side side, byte[] table) {
    Batch rows = KeyColumns.withoutNulls(BatchCodec.decode(side.schema(), table, 0), side.keys());
    RowBuffer buffer =
        new RowBuffer(side.schema(), HashRank.of(side.keys()), TaskMemory.unlimited());
    buffer.add(KeyColumns.canonical(rows, side.keys()));
    RightTable byKey = new RightTable(buffer, side);
    if (byKey.keys() == buffer.rows()) {
      return;
    }
    int first = Integer.MAX_VALUE;
    for (int key = 0; key < byKey.keys(); key++) {
      if (byKey.start(key + 1) - byKey.start(key) > 1) {
        first = Math.min(first, byKey.row(byKey.start(key) + 1));
      }
    }
    int row = rows.row(first);
    Object[] values = Arrays.stream(side.keys()).mapToObj(k -> rows.column(k).value(row)).toArray();
    throw new EvaluationException(
        "lookup by %s: the key %s is there more than once; make it unique, or use leftJoin"
            .formatted(ColumnNames.of(side.schema(), side.keys()), Arrays.toString(values)));
  }

  @Override
  public Operator open(TaskScope scope, Operator next) {
    RowBuffer rows = new RowBuffer(right.schema(), HashRank.of(right.keys()), scope.memory);
    Batch decoded = BatchCodec.decode(right.schema(), table, 0);
    rows.add(KeyColumns.canonical(KeyColumns.withoutNulls(decoded, right.keys()), right.keys()));
    RightTable byKey = new RightTable(rows, right);
    scope.memory.hold(byKey.heapBytes(), "a lookup");
    int[] added = right.addedTo(left, output);
    return new Forwarding(next) {
      private long[] hashes = new long[0];

      @Override
      public void batch(Batch batch) throws IOException {
        ColumnVector[] keys = KeyColumns.of(KeyColumns.canonical(batch, left.keys()), left.keys());
        if (hashes.length < batch.selected()) {
          hashes = new long[batch.selected()];
        }
        Hashing.hash(batch, keys, hashes);
        int[] found = new int[batch.rows()];
        for (int n = 0; n < batch.selected(); n++) {
          int key = byKey.find(keys, batch.row(n), hashes[n]);
          found[batch.row(n)] = key < 0 ? -1 : byKey.row(byKey.start(key));
        }
        ColumnVector[] columns = new ColumnVector[output.size()];
        for (int c = 0; c < columns.length; c++) {
          int own = left.schema().size();
          columns[c] =
              c < own
                  ? batch.column(c)
                  : Gather.gatherOrNull(rows.columns()[added[c - own]], found, batch.rows());
        }
        next.batch(batch.withColumns(output, columns));
      }
    };
  }

  @Override
  public String describe() {
    return "look up by " + ColumnNames.of(left.schema(), left.keys());
  }
}
