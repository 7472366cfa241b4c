package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.ListColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import java.util.Arrays;

/** How often terms are in lists, by their hashes, as sparse vectors. */
final class TermCounts implements Evaluator {
  private final Evaluator terms;
  private final int elements;

  TermCounts(Evaluator terms, int elements) {
    this.terms = terms;
    this.elements = elements;
  }

  @Override
  public ColumnVector evaluate(Batch batch) {
    ListColumn lists = (ListColumn) terms.evaluate(batch);
    StringColumn items = (StringColumn) lists.items();
    int[] starts = new int[batch.rows()];
    int[] ends = new int[batch.rows()];
    int[] indices = new int[items.size()];
    double[] counts = new double[items.size()];
    int stored = 0;
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      starts[row] = stored;
      int end = stored;
      for (int k = lists.starts()[row]; !lists.isNull(row) && k < lists.ends()[row]; k++) {
        if (!items.isNull(k)) {
          indices = reserve(indices, end);
          indices[end++] = position(items, k);
        }
      }
      Arrays.sort(indices, stored, end);
      counts = counts.length < indices.length ? Arrays.copyOf(counts, indices.length) : counts;
      for (int k = stored, last = end; k < last; k++) {
        if (stored > starts[row] && indices[stored - 1] == indices[k]) {
          counts[stored - 1]++;
        } else {
          indices[stored] = indices[k];
          counts[stored++] = 1;
        }
      }
      ends[row] = stored;
    }
    return new SparseVectorColumn(
        batch.rows(), elements, starts, ends, indices, counts, lists.nulls());
  }

  private static int[] reserve(int[] indices, int used) {
    return used < indices.length ? indices : Arrays.copyOf(indices, Math.max(64, 2 * used));
  }

  private int position(StringColumn items, int item) {
    long hash = Hashing.xxh64(items.bytes(), items.starts()[item], items.ends()[item]);
    return (int) Long.remainderUnsigned(hash, elements);
  }
}
