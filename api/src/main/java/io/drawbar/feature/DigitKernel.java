package io.drawbar.feature;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.math.OrderedBits;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Counts, of the values of each element whose first bits are wanted, the next few bits. Elements
 * are LONG and DOUBLE columns, and those of vector columns, in order.
 *
 * @param columns LONG, DOUBLE and vector columns
 * @param known how many first bits of {@link OrderedBits} are known, below 64
 * @param digits how many bits are counted next
 * @param prefixes of each element those first bits that are wanted, as numbers, ascending
 */
record DigitKernel(List<String> columns, int known, int digits, long[][] prefixes)
    implements LeafKernel<DigitCounts> {
  private static final long serialVersionUID = 1;

  /** The number of each element's first counter; after the last, how many there are. */
  int[] firstCounters() {
    int[] first = new int[prefixes.length + 1];
    for (int i = 0; i < prefixes.length; i++) {
      first[i + 1] = first[i] + (prefixes[i].length << digits);
    }
    return first;
  }

  @Override
  public DigitCounts identity() {
    return new DigitCounts(firstCounters()[prefixes.length], prefixes.length);
  }

  @Override
  public DigitCounts decode(DataInput in) throws IOException {
    return DigitCounts.decode(in, firstCounters()[prefixes.length], prefixes.length);
  }

  @Override
  public BlockFold<DigitCounts> open() {
    return new Fold();
  }

  /*
   * The counters may be a million, too many to have and to merge for each block: a block keeps the
   * numbers of those that it hits.
   */
  private final class Fold implements BlockFold<DigitCounts> {
    private final DigitCounts defects = new DigitCounts(0, prefixes.length);
    private final int[] firstCounters = firstCounters();
    private int[] hits = new int[1024];
    private int hit;

    @Override
    public void batch(Batch batch) {
      int element = 0;
      for (int c = 0; c < columns.size(); c++) {
        ColumnVector column = batch.column(c);
        if (column instanceof LongColumn longs) {
          addLongs(batch, longs, element++);
        } else if (column instanceof DoubleColumn doubles) {
          addDoubles(batch, doubles.values(), column, element++);
        } else if (column instanceof VectorColumn vectors) {
          for (double[] values : vectors.elements()) {
            addDoubles(batch, values, column, element++);
          }
        } else {
          SparseVectorColumn sparse = (SparseVectorColumn) column;
          addSparse(batch, sparse, element);
          element += sparse.dimension();
        }
      }
    }

    private void addLongs(Batch batch, LongColumn column, int element) {
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        if (column.isNull(row)) {
          defects.addNull(element);
        } else {
          addBits(OrderedBits.of(column.values()[row]), element);
        }
      }
    }

    private void addDoubles(Batch batch, double[] values, ColumnVector column, int element) {
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        if (column.isNull(row)) {
          defects.addNull(element);
        } else {
          add(values[row], element);
        }
      }
    }

    private void addSparse(Batch batch, SparseVectorColumn column, int first) {
      double[] whole = new double[column.dimension()];
      for (int n = 0; n < batch.selected(); n++) {
        int row = batch.row(n);
        boolean isNull = column.isNull(row);
        if (!isNull) {
          column.copyTo(row, whole);
        }
        for (int j = 0; j < whole.length; j++) {
          if (isNull) {
            defects.addNull(first + j);
          } else {
            add(whole[j], first + j);
          }
        }
      }
    }

    private void add(double value, int element) {
      if (value != value) {
        defects.addNotNumber(element);
        return;
      }
      if (Double.isInfinite(value)) {
        defects.addInfinity(element);
      }
      addBits(OrderedBits.of(value), element);
    }

    private void addBits(long bits, int element) {
      // A shift by 64 is one by 0.
      long prefix = known == 0 ? 0 : bits >>> (64 - known);
      int range = Arrays.binarySearch(prefixes[element], prefix);
      if (range < 0) {
        return;
      }
      if (hit == hits.length) {
        hits = Arrays.copyOf(hits, 2 * hit);
      }
      int digit = (int) ((bits << known) >>> (64 - digits));
      hits[hit++] = firstCounters[element] + (range << digits) + digit;
    }

    @Override
    public void endBlock(DigitCounts into) {
      for (int i = 0; i < hit; i++) {
        into.add(hits[i]);
      }
      hit = 0;
      into.addDefects(defects);
      defects.clearDefects();
    }
  }
}
