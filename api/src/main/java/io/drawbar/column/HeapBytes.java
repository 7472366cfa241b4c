package io.drawbar.column;

/** What columns take on the heap: their arrays, each counted once; headers are not. */
final class HeapBytes {
  private HeapBytes() {}

  static long of(Batch batch) {
    long bytes = 0;
    for (int c = 0; c < batch.schema().size(); c++) {
      bytes += of(batch.column(c));
    }
    return bytes;
  }

  private static long of(ColumnVector column) {
    long bytes = column.nulls() == null ? 0 : column.nulls().length;
    if (column instanceof LongColumn longs) {
      return bytes + Long.BYTES * (long) longs.values().length;
    }
    if (column instanceof DoubleColumn doubles) {
      return bytes + Double.BYTES * (long) doubles.values().length;
    }
    if (column instanceof BooleanColumn flags) {
      return bytes + flags.values().length;
    }
    if (column instanceof StringColumn texts) {
      return bytes + texts.bytes().length + bounds(texts.starts(), texts.ends());
    }
    if (column instanceof VectorColumn dense) {
      for (double[] element : dense.elements()) {
        bytes += Double.BYTES * (long) element.length;
      }
      return bytes;
    }
    if (column instanceof SparseVectorColumn sparse) {
      long stored = Integer.BYTES * (long) sparse.indices().length;
      stored += Double.BYTES * (long) sparse.values().length;
      return bytes + stored + bounds(sparse.starts(), sparse.ends());
    }
    ListColumn lists = (ListColumn) column;
    return bytes + bounds(lists.starts(), lists.ends()) + of(lists.items());
  }

  private static long bounds(int[] starts, int[] ends) {
    return Integer.BYTES * ((long) starts.length + (starts == ends ? 0 : ends.length));
  }
}
