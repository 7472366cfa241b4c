package io.drawbar.io;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.DoubleColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.spi.UnwritableValueException;
import io.drawbar.type.Schema;
import io.drawbar.type.VectorType;
import java.io.OutputStream;

/** Writes rows in LIBSVM's format: a number and the elements of a vector that are not 0.0. */
final class LibSvmPartWriter extends TextPartWriter {
  private final int label;

  LibSvmPartWriter(OutputStream out, String part, Schema schema) {
    super(out, part, schema);
    label = schema.field(0).type() instanceof VectorType ? 1 : 0;
  }

  @Override
  void row(ColumnVector[] columns, int row) {
    for (int c = 0; c < columns.length; c++) {
      if (columns[c].isNull(row)) {
        throw new UnwritableValueException(
            "%s, column '%s': LIBSVM's format has no null. Leave such rows out, or fill them."
                .formatted(place(), schema.field(c).name()));
      }
    }
    if (columns[label] instanceof LongColumn longs) {
      number(longs.values()[row]);
    } else {
      number(((DoubleColumn) columns[label]).values()[row]);
    }
    if (columns[1 - label] instanceof VectorColumn dense) {
      double[][] elements = dense.elements();
      for (int j = 0; j < elements.length; j++) {
        feature(j, elements[j][row]);
      }
    } else {
      SparseVectorColumn sparse = (SparseVectorColumn) columns[1 - label];
      for (int i = sparse.starts()[row]; i < sparse.ends()[row]; i++) {
        feature(sparse.indices()[i], sparse.values()[i]);
      }
    }
  }

  /** An element; 0.0 is left out, but not -0.0, which would not be read back. */
  private void feature(int index, double value) {
    if (Double.doubleToRawLongBits(value) != 0) {
      put((byte) ' ');
      number(index + 1L);
      put((byte) ':');
      number(value);
    }
  }
}
