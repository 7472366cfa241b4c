package io.drawbar.internal.kernel;

import io.drawbar.column.BatchBuilder;
import io.drawbar.spi.SpillFile;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that a task has put in order, a memory full at a time, and put down: runs, and how they are
 * merged. A merge holds a batch of each of its runs, so the length of batches and the number of
 * runs in a merge follow from the task's share of memory; of more runs than that, each pass makes
 * longer ones.
 */
final class SortedRuns {
  static final int MOST_BATCH_BYTES = 1 << 18;
  private static final int LEAST_BATCH_BYTES = 1 << 9;
  private static final int MOST_MERGED = 64;

  private final TaskScope scope;
  private final Schema schema;
  private final RowRank rank;
  private final int most;
  private final long batchBytes;
  private final int merged;
  private List<SpilledRun> runs = new ArrayList<>();
  private SpillFile file;

  /** About how many bytes of a batch a row takes. */
  private long rowBytes = 1;

  /**
   * No runs.
   *
   * @param rank the order of the rows
   * @param most how many rows of all are wanted, at most; the first ones
   */
  SortedRuns(TaskScope scope, Schema schema, RowRank rank, int most) {
    this.scope = scope;
    this.schema = schema;
    this.rank = rank;
    this.most = most;
    long share = scope.memory.most();
    // A batch is there encoded and decoded, and a join merges two sides: half of the share.
    batchBytes = Math.max(LEAST_BATCH_BYTES, Math.min(share / 128, MOST_BATCH_BYTES));
    merged = (int) Math.max(2, Math.min(share / (8 * batchBytes), MOST_MERGED));
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /**
   * Puts down a run.
   *
   * @param sorted the numbers of its rows, in order
   * @param bytes what they take, about
   */
  void add(int[] sorted, long bytes, Units.Rows rows) throws IOException {
    if (file == null) {
      file = scope.spillFile();
    }
    int count = Math.min(sorted.length, most);
    rowBytes = Math.max(rowBytes, bytes / Math.max(1, sorted.length));
    SpilledRun run = new SpilledRun(scope, file);
    int batchRows = batchRows();
    for (int from = 0; from < count; from += batchRows) {
      int[] some = Arrays.copyOfRange(sorted, from, Math.min(from + batchRows, count));
      run.add(rows.batch(some, some.length));
    }
    runs.add(run);
  }

  private int batchRows() {
    return (int) Math.max(1, batchBytes / rowBytes);
  }

  /** All rows in order; there are no more. */
  RunMerge merge() throws IOException {
    while (runs.size() > merged) {
      SpillFile longer = scope.spillFile();
      List<SpilledRun> fewer = new ArrayList<>();
      for (int from = 0; from < runs.size(); from += merged) {
        List<SpilledRun> some = runs.subList(from, Math.min(from + merged, runs.size()));
        fewer.add(some.size() == 1 ? moved(some.get(0), longer) : merged(some, longer));
      }
      scope.close(file);
      file = longer;
      runs = fewer;
    }
    scope.memory.keep(2 * batchBytes * runs.size()); // until the task ends
    return new RunMerge(schema, rank, runs, most);
  }

  private SpilledRun moved(SpilledRun run, SpillFile into) throws IOException {
    SpilledRun same = new SpilledRun(scope, into);
    for (int number = 0; number < run.batches(); number++) {
      same.add(run.batch(schema, number));
    }
    return same;
  }

  private SpilledRun merged(List<SpilledRun> some, SpillFile into) throws IOException {
    SpilledRun longer = new SpilledRun(scope, into);
    RunMerge merge = new RunMerge(schema, rank, some, most);
    BatchBuilder batch = new BatchBuilder(schema);
    int batchRows = batchRows();
    while (merge.next()) {
      batch.append(merge.batch(), merge.row());
      if (batch.rows() == batchRows) {
        longer.add(batch.build());
      }
    }
    if (batch.rows() > 0) {
      longer.add(batch.build());
    }
    return longer;
  }
}
