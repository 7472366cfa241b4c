package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.spi.SpillFile;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.Arrays;

/**
 * The rows of one key, to be gone over again and again: where they are in batches that have been
 * read, and of a key that has many, in a file.
 */
final class Partners {
  /** What remembering a row takes, beside the row. */
  private static final int PLACE_BYTES = 16;

  /** Does something with a row. */
  @FunctionalInterface
  interface Use {
    void row(Batch batch, int row) throws IOException;
  }

  private final TaskScope scope;
  private final Schema schema;
  private final long mostBytes;
  private Batch[] batches = new Batch[4];
  private int[] rows = new int[4];
  private int count;
  private long bytes;
  private SpillFile file;
  private SpilledRun spilled;

  Partners(TaskScope scope, Schema schema) {
    this.scope = scope;
    this.schema = schema;
    mostBytes = Math.min(scope.memory.most() / 8, SortedRuns.MOST_BATCH_BYTES);
  }

  /** Forgets all rows. */
  void clear() throws IOException {
    Arrays.fill(batches, 0, count, null);
    count = 0;
    bytes = 0;
    if (file != null) {
      scope.close(file);
      file = null;
      spilled = null;
    }
  }

  /** Adds the row that a merge is at. */
  void add(RunMerge merge) throws IOException {
    if (count == rows.length) {
      batches = Arrays.copyOf(batches, 2 * count);
      rows = Arrays.copyOf(rows, 2 * count);
    }
    batches[count] = merge.batch();
    rows[count++] = merge.row();
    bytes += merge.rowBytes() + PLACE_BYTES;
    if (bytes > mostBytes) {
      spill();
    }
  }

  private void spill() throws IOException {
    if (file == null) {
      file = scope.spillFile();
      spilled = new SpilledRun(scope, file);
    }
    BatchBuilder builder = new BatchBuilder(schema);
    for (int i = 0; i < count; i++) {
      builder.append(batches[i], rows[i]);
    }
    spilled.add(builder.build());
    Arrays.fill(batches, 0, count, null);
    count = 0;
    bytes = 0;
  }

  /** Goes over all rows, in the order in which they were added. */
  void each(Use use) throws IOException {
    for (int number = 0; spilled != null && number < spilled.batches(); number++) {
      Batch batch = spilled.batch(schema, number);
      for (int row = 0; row < batch.rows(); row++) {
        use.row(batch, row);
      }
    }
    for (int i = 0; i < count; i++) {
      use.row(batches[i], rows[i]);
    }
  }
}
