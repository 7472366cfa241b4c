package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.type.Schema;
import java.io.IOException;

/**
 * The end of a stage: sends each row to the receiver that owns the hash of its key.
 *
 * @param keys columns, by position
 * @param use what the keys are for
 */
public record SendByKeyStep(Schema schema, int[] keys, HashRanges ranges, Use use) implements Step {
  /** What keys are for. */
  public enum Use {
    /** They put rows in order, as they are. */
    ORDER,
    /** Rows are matched by them and come out in any case; there is one zero. */
    MATCH_OR_KEEP,
    /** Rows are matched by them; one with a null has no match and is not sent. */
    MATCH
  }

  /** Sends rows to receivers whose ranges are cut at so many places: see {@link HashRanges}. */
  public static SendByKeyStep of(Schema schema, int[] keys, int granules, Use use) {
    return new SendByKeyStep(schema, keys, new HashRanges(granules), use);
  }

  @Override
  public Operator open(TaskScope scope, Operator next) {
    return new Ending() {
      private final RowOutboxes outboxes = new RowOutboxes(schema, scope);
      private long[] hashes = new long[0];

      @Override
      public void batch(Batch rows) throws IOException {
        Batch batch = use == Use.ORDER ? rows : KeyColumns.canonical(rows, keys);
        if (use == Use.MATCH) {
          batch = KeyColumns.withoutNulls(batch, keys);
        }
        if (hashes.length < batch.selected()) {
          hashes = new long[batch.selected()];
        }
        Hashing.hash(batch, KeyColumns.of(batch, keys), hashes);
        int receivers = scope.context.receivers();
        for (int n = 0; n < batch.selected(); n++) {
          outboxes.choose(ranges.receiver(hashes[n], receivers), batch.row(n));
        }
        outboxes.take(batch);
      }

      @Override
      public void endInput() throws IOException {
        outboxes.flush();
      }
    };
  }

  @Override
  public String describe() {
    return "send by hash of " + ColumnNames.of(schema, keys);
  }
}
