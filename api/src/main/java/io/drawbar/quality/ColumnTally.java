package io.drawbar.quality;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.type.DataType;
import io.drawbar.type.ListType;
import io.drawbar.type.VectorType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is counted of a column: nulls; numbers, which are the values of a LONG, DOUBLE or BOOLEAN
 * column, the lengths of texts, the elements of vectors and the sizes of lists; values, except for
 * vectors and lists; and texts.
 */
final class ColumnTally {
  private final NumberTally numbers;
  private final ValueCounts values;
  private final TextTally texts;
  private long nulls;
  private long nullItems;

  ColumnTally(DataType type, ProfileLimits limits) {
    numbers = new NumberTally(limits.bins());
    boolean isText = type == DataType.STRING;
    texts = isText ? new TextTally() : null;
    if (type instanceof VectorType || type instanceof ListType) {
      values = null;
    } else {
      values =
          isText ? ValueCounts.ofTexts(limits.values()) : ValueCounts.ofNumbers(limits.values());
    }
  }

  long nulls() {
    return nulls;
  }

  long nullItems() {
    return nullItems;
  }

  NumberTally numbers() {
    return numbers;
  }

  /** Null for vectors and lists. */
  ValueCounts values() {
    return values;
  }

  /** Null for all but texts. */
  TextTally texts() {
    return texts;
  }

  void add(Batch batch, ColumnVector column) {
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      if (column.isNull(row)) {
        nulls++;
      } else if (column instanceof LongColumn longs) {
        numbers.add(longs.values()[row]);
        values.add(longs.values()[row], 1);
      } else if (column instanceof DoubleColumn doubles) {
        double value = doubles.values()[row];
        numbers.add(value);
        // One NaN and one zero.
        values.add(Double.doubleToLongBits(value + 0.0), 1);
      } else if (column instanceof BooleanColumn booleans) {
        long value = booleans.values()[row] ? 1 : 0;
        numbers.add(value);
        values.add(value, 1);
      } else if (column instanceof StringColumn strings) {
        addText(strings, row);
      } else if (column instanceof ListColumn lists) {
        addList(lists, row);
      } else {
        addVector(column, row);
      }
    }
  }

  private void addText(StringColumn column, int row) {
    byte[] bytes = column.bytes();
    int from = column.starts()[row];
    int to = column.ends()[row];
    long length = 0;
    for (int i = from; i < to; i++) {
      length += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    numbers.add(length);
    values.add(bytes, from, to);
    texts.add(bytes, from, to, length);
  }

  private void addList(ListColumn column, int row) {
    int from = column.starts()[row];
    int to = column.ends()[row];
    numbers.add((long) to - from);
    for (int i = from; i < to; i++) {
      nullItems += column.items().isNull(i) ? 1 : 0;
    }
  }

  private void addVector(ColumnVector column, int row) {
    if (column instanceof SparseVectorColumn sparse) {
      int from = sparse.starts()[row];
      int to = sparse.ends()[row];
      for (int k = from; k < to; k++) {
        numbers.add(sparse.values()[k]);
      }
      numbers.addZeros(sparse.dimension() - (to - from));
      return;
    }
    for (double[] element : ((VectorColumn) column).elements()) {
      numbers.add(element[row]);
    }
  }

  /** Begins anew, as part of another. */
  void clear(ColumnTally whole) {
    nulls = 0;
    nullItems = 0;
    numbers.clear(whole.numbers);
    if (values != null) {
      values.clear(whole.values.ceiling());
    }
    if (texts != null) {
      texts.clear();
    }
  }

  void merge(ColumnTally other) {
    nulls += other.nulls;
    nullItems += other.nullItems;
    numbers.merge(other.numbers);
    if (values != null) {
      values.merge(other.values);
    }
    if (texts != null) {
      texts.merge(other.texts);
    }
  }

  void encode(DataOutput out) throws IOException {
    out.writeLong(nulls);
    out.writeLong(nullItems);
    numbers.encode(out);
    if (values != null) {
      values.encode(out);
    }
    if (texts != null) {
      texts.encode(out);
    }
  }

  /** Reads what {@link #encode} wrote, into nothing. */
  void decode(DataInput in) throws IOException {
    nulls = in.readLong();
    nullItems = in.readLong();
    if (nulls < 0 || nullItems < 0) {
      throw new IOException("a column of %s nulls and %s null items".formatted(nulls, nullItems));
    }
    numbers.decode(in);
    if (values != null) {
      values.addDecoded(in);
    }
    if (texts != null) {
      texts.decode(in);
    }
  }
}
