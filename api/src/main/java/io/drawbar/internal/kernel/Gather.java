package io.drawbar.internal.kernel;

import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.type.DataType;
import java.util.Arrays;

/** Picks rows of a column by index, in any order and any number of times. */
final class Gather {
  private Gather() {}

  static ColumnVector gather(ColumnVector column, int[] rows, int count) {
    boolean[] nulls = nulls(column, rows, count);
    if (column instanceof LongColumn longs) {
      long[] values = new long[count];
      for (int i = 0; i < count; i++) {
        values[i] = longs.values()[rows[i]];
      }
      return new LongColumn(count, values, nulls);
    }
    if (column instanceof DoubleColumn doubles) {
      return new DoubleColumn(count, gather(doubles.values(), rows, count), nulls);
    }
    if (column instanceof StringColumn text) {
      int[] starts = gather(text.starts(), rows, count);
      return new StringColumn(count, text.bytes(), starts, gather(text.ends(), rows, count), nulls);
    }
    if (column instanceof BooleanColumn flags) {
      boolean[] values = new boolean[count];
      for (int i = 0; i < count; i++) {
        values[i] = flags.values()[rows[i]];
      }
      return new BooleanColumn(count, values, nulls);
    }
    if (column instanceof VectorColumn vectors) {
      double[][] elements = new double[vectors.elements().length][];
      for (int j = 0; j < elements.length; j++) {
        elements[j] = gather(vectors.elements()[j], rows, count);
      }
      return new VectorColumn(count, elements, nulls);
    }
    if (column instanceof SparseVectorColumn vectors) {
      return new SparseVectorColumn(
          count,
          vectors.dimension(),
          gather(vectors.starts(), rows, count),
          gather(vectors.ends(), rows, count),
          vectors.indices(),
          vectors.values(),
          nulls);
    }
    ListColumn lists = (ListColumn) column;
    int[] starts = gather(lists.starts(), rows, count);
    return new ListColumn(count, starts, gather(lists.ends(), rows, count), lists.items(), nulls);
  }

  /** As {@link #gather}, with nulls where the index is -1. */
  static ColumnVector gatherOrNull(ColumnVector column, int[] rows, int count) {
    if (column.size() == 0) {
      return nothing(column.type(), count);
    }
    int[] present = Arrays.copyOf(rows, count);
    boolean[] nulls = null;
    for (int i = 0; i < count; i++) {
      if (rows[i] < 0) {
        nulls = nulls == null ? new boolean[count] : nulls;
        nulls[i] = true;
        present[i] = 0;
      }
    }
    ColumnVector gathered = gather(column, present, count);
    if (nulls == null) {
      return gathered;
    }
    for (int i = 0; i < count; i++) {
      nulls[i] |= gathered.isNull(i);
    }
    return gathered.withNulls(nulls);
  }

  private static ColumnVector nothing(DataType type, int count) {
    ColumnBuilder builder = ColumnBuilder.of(type);
    for (int i = 0; i < count; i++) {
      builder.appendNull();
    }
    return builder.build();
  }

  private static boolean[] nulls(ColumnVector column, int[] rows, int count) {
    if (column.nulls() == null) {
      return null;
    }
    boolean[] nulls = new boolean[count];
    for (int i = 0; i < count; i++) {
      nulls[i] = column.nulls()[rows[i]];
    }
    return nulls;
  }

  private static double[] gather(double[] values, int[] rows, int count) {
    double[] gathered = new double[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[rows[i]];
    }
    return gathered;
  }

  private static int[] gather(int[] values, int[] rows, int count) {
    int[] gathered = new int[count];
    for (int i = 0; i < count; i++) {
      gathered[i] = values[rows[i]];
    }
    return gathered;
  }
}
