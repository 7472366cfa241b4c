package io.drawbar.io.parquet;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Writes the values of a column with their levels: how far there is something, and which list an
 * item goes on with; see {@link ListReader}.
 */
final class CellWriter {
  private static final int LEVEL_BYTES = 1;

  private final ColumnWriter out;
  private long bytes;

  CellWriter(ColumnWriter out) {
    this.out = out;
  }

  /**
   * Writes the value of a row.
   *
   * @return the bytes of the value before encoding
   */
  long write(ColumnVector column, int row) {
    bytes = 0;
    write(column, row, 0, 0, 0);
    return bytes;
  }

  /**
   * Writes a value or an item.
   *
   * @param repetition the list that it goes on with
   * @param depth how many lists are around it
   * @param level the definition level of what is around it
   */
  private void write(ColumnVector column, int row, int repetition, int depth, int level) {
    bytes += LEVEL_BYTES;
    if (column.isNull(row)) {
      out.writeNull(repetition, level);
    } else if (column instanceof DoubleColumn doubles) {
      bytes += Double.BYTES;
      out.write(doubles.values()[row], repetition, level + 1);
    } else if (column instanceof LongColumn longs) {
      bytes += Long.BYTES;
      out.write(longs.values()[row], repetition, level + 1);
    } else if (column instanceof StringColumn texts) {
      text(texts, row, repetition, level + 1);
    } else if (column instanceof BooleanColumn flags) {
      out.write(flags.values()[row], repetition, level + 1);
    } else if (column instanceof ListColumn lists) {
      list(lists, row, repetition, depth, level);
    } else if (column instanceof VectorColumn vectors) {
      vector(vectors, row, repetition, depth, level);
    } else {
      vector((SparseVectorColumn) column, row, repetition, depth, level);
    }
  }

  private void text(StringColumn texts, int row, int repetition, int level) {
    int start = texts.starts()[row];
    int length = texts.ends()[row] - start;
    bytes += length;
    // The array is another's, who may fill it anew: what is kept of it is copied.
    out.write(Binary.fromReusedByteArray(texts.bytes(), start, length), repetition, level);
  }

  private void list(ListColumn lists, int row, int repetition, int depth, int level) {
    int start = lists.starts()[row];
    int end = lists.ends()[row];
    if (start == end) {
      out.writeNull(repetition, level + 1);
    }
    for (int i = start; i < end; i++) {
      write(lists.items(), i, i == start ? repetition : depth + 1, depth + 1, level + 2);
    }
  }

  private void vector(VectorColumn vectors, int row, int repetition, int depth, int level) {
    double[][] elements = vectors.elements();
    for (int j = 0; j < elements.length; j++) {
      element(elements[j][row], j == 0 ? repetition : depth + 1, level + 2);
    }
  }

  private void vector(SparseVectorColumn vectors, int row, int repetition, int depth, int level) {
    int k = vectors.starts()[row];
    int end = vectors.ends()[row];
    for (int j = 0; j < vectors.dimension(); j++) {
      boolean isStored = k < end && vectors.indices()[k] == j;
      double value = isStored ? vectors.values()[k++] : 0.0;
      element(value, j == 0 ? repetition : depth + 1, level + 2);
    }
  }

  private void element(double value, int repetition, int level) {
    bytes += Double.BYTES;
    out.write(value, repetition, level);
  }
}
