package io.drawbar.internal.kernel;

import io.drawbar.column.Batch;
import io.drawbar.column.BooleanColumn;
import io.drawbar.column.ColumnBuilder;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.ListColumn;
import io.drawbar.column.LongColumn;
import io.drawbar.column.SparseVectorColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.spi.PartFile;
import io.drawbar.spi.PartReceipt;
import io.drawbar.spi.PartWriter;
import io.drawbar.spi.PartitionFolders;
import io.drawbar.type.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A part whose rows go into several files, by the values of some columns.
 *
 * <p>The first {@value #MOST_OPEN} partitions that the rows of a part come to have a writer each.
 * Rows of all others are kept until there are {@value #MOST_KEPT} bytes of them, and then written
 * partition by partition, with one writer at a time. So there are never many open files, and which
 * rows are in which file is decided by the rows of the part alone.
 */
final class PartitionedPart implements Closeable {
  static final int MOST_OPEN = 16;
  static final int MOST_KEPT = 8 << 20;
  private static final int BLOCK = 4096;

  /** Opens a file of the part and takes receipts. */
  interface Files {
    PartFile create(String folder, String suffix) throws IOException;

    PartWriter open(PartFile file, Schema inFiles) throws IOException;

    void finished(PartReceipt receipt) throws IOException;
  }

  /** The values of a row as bytes, for looking up. */
  private static final class Key {
    private byte[] bytes = new byte[64];
    private int length;

    void put(int b) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      bytes[length++] = (byte) b;
    }

    void putLong(long value) {
      for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
        put((int) (value >>> shift));
      }
    }

    Key copy() {
      Key copy = new Key();
      copy.bytes = Arrays.copyOf(bytes, length);
      copy.length = length;
      return copy;
    }

    @Override
    public int hashCode() {
      int hash = 1;
      for (int i = 0; i < length; i++) {
        hash = 31 * hash + bytes[i];
      }
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
    }
  }

  /** The rows of equal values. */
  private static final class Partition {
    final String folder;
    final int number;
    int files;
    PartFile file;
    PartWriter writer;
    long rows;
    int[] selection = new int[16];
    int selected;

    Partition(String folder, int number) {
      this.folder = folder;
      this.number = number;
    }

    boolean isDirect() {
      return number < MOST_OPEN;
    }

    void select(int row) {
      if (selected == selection.length) {
        selection = Arrays.copyOf(selection, 2 * selected);
      }
      selection[selected++] = row;
    }
  }

  private final Schema schema;
  private final int[] keys;
  private final int[] values;
  private final Schema inFiles;
  private final Files files;
  private final Map<Key, Partition> byKey = new HashMap<>();
  private final List<Partition> partitions = new ArrayList<>();
  private final List<Partition> touched = new ArrayList<>();
  private final Key probe = new Key();
  private int[] chosen = new int[BLOCK];
  private ColumnBuilder[] builders;
  private int[] keptOf = new int[BLOCK];
  private int kept;
  private long keptBytes;

  PartitionedPart(Schema schema, List<String> columns, Files files) {
    this.schema = schema;
    this.files = files;
    keys = columns.stream().mapToInt(schema::indexOf).toArray();
    inFiles = PartitionFolders.inFiles(schema, columns);
    values = inFiles.names().stream().mapToInt(schema::indexOf).toArray();
    forget();
  }

  private void forget() {
    builders =
        inFiles.fields().stream()
            .map(field -> ColumnBuilder.of(field.type()))
            .toArray(ColumnBuilder[]::new);
    kept = 0;
    keptBytes = 0;
  }

  /** A unit begins. */
  void beginUnit(long unit) throws IOException {
    for (Partition partition : direct()) {
      partition.writer.beginUnit(unit);
    }
  }

  /** A block ends. */
  void endBlock() throws IOException {
    for (Partition partition : direct()) {
      partition.writer.endBlock();
    }
  }

  private List<Partition> direct() {
    return partitions.subList(0, Math.min(MOST_OPEN, partitions.size()));
  }

  /** Writes the rows that count. */
  void write(Batch batch, long unit) throws IOException {
    ColumnVector[] columns = batch.columns();
    ColumnVector[] written = new ColumnVector[values.length];
    for (int c = 0; c < values.length; c++) {
      written[c] = columns[values[c]];
    }
    int rest = 0;
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      Partition partition = partition(columns, row);
      if (partition.isDirect()) {
        if (partition.selected == 0) {
          touched.add(partition);
        }
        partition.select(row);
      } else {
        keep(partition, row, rest++, written);
        if (keptBytes >= MOST_KEPT) {
          append(written, rest);
          rest = 0;
          flush(unit);
        }
      }
    }
    append(written, rest);
    Batch rows = Batch.of(inFiles, batch.rows(), written);
    for (Partition partition : touched) {
      if (partition.writer == null) {
        open(partition, unit);
      }
      partition.writer.write(rows.select(partition.selection, partition.selected));
      partition.rows += partition.selected;
      partition.selected = 0;
    }
    touched.clear();
  }

  private Partition partition(ColumnVector[] columns, int row) {
    probe.length = 0;
    for (int key : keys) {
      put(columns[key], row);
    }
    Partition known = byKey.get(probe);
    if (known == null) {
      StringBuilder folder = new StringBuilder();
      for (int key : keys) {
        folder
            .append(PartitionFolders.folder(schema.field(key).name(), columns[key].value(row)))
            .append('/');
      }
      known = new Partition(folder.toString(), partitions.size());
      partitions.add(known);
      byKey.put(probe.copy(), known);
    }
    return known;
  }

  private void put(ColumnVector column, int row) {
    if (column.isNull(row)) {
      probe.put(0);
    } else if (column instanceof LongColumn longs) {
      probe.put(1);
      probe.putLong(longs.values()[row]);
    } else if (column instanceof BooleanColumn flags) {
      probe.put(flags.values()[row] ? 2 : 3);
    } else {
      StringColumn texts = (StringColumn) column;
      probe.put(4);
      probe.putLong(texts.ends()[row] - texts.starts()[row]);
      for (int i = texts.starts()[row]; i < texts.ends()[row]; i++) {
        probe.put(texts.bytes()[i]);
      }
    }
  }

  private void keep(Partition partition, int row, int rest, ColumnVector[] written) {
    if (rest == chosen.length) {
      chosen = Arrays.copyOf(chosen, 2 * rest);
    }
    chosen[rest] = row;
    if (kept == keptOf.length) {
      keptOf = Arrays.copyOf(keptOf, 2 * kept);
    }
    keptOf[kept++] = partition.number;
    for (ColumnVector column : written) {
      keptBytes += bytes(column, row);
    }
  }

  /** About how many bytes a value takes: of the value alone, whoever holds it. */
  private static long bytes(ColumnVector column, int row) {
    if (column.isNull(row)) {
      return 1;
    }
    if (column instanceof StringColumn texts) {
      return 9L + texts.ends()[row] - texts.starts()[row];
    }
    if (column instanceof VectorColumn vectors) {
      return 1 + 8L * vectors.elements().length;
    }
    if (column instanceof SparseVectorColumn vectors) {
      return 9 + 12L * (vectors.ends()[row] - vectors.starts()[row]);
    }
    if (column instanceof ListColumn lists) {
      long bytes = 9;
      for (int i = lists.starts()[row]; i < lists.ends()[row]; i++) {
        bytes += bytes(lists.items(), i);
      }
      return bytes;
    }
    return 9;
  }

  private void append(ColumnVector[] written, int count) {
    for (int c = 0; c < written.length && count > 0; c++) {
      builders[c].appendAll(written[c], chosen, count);
    }
  }

  /** Writes the rows kept: each partition in turn, in the order in which they came up. */
  private void flush(long unit) throws IOException {
    if (kept == 0) {
      return;
    }
    int[] ends = new int[partitions.size() + 1];
    for (int i = 0; i < kept; i++) {
      ends[keptOf[i] + 1]++;
    }
    for (int p = 0; p < partitions.size(); p++) {
      ends[p + 1] += ends[p];
    }
    int[] starts = ends.clone();
    int[] sorted = new int[kept];
    for (int i = 0; i < kept; i++) {
      sorted[starts[keptOf[i]]++] = i;
    }
    ColumnVector[] columns =
        Arrays.stream(builders).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
    for (int p = 0; p < partitions.size(); p++) {
      if (ends[p] < ends[p + 1]) {
        write(partitions.get(p), columns, Arrays.copyOfRange(sorted, ends[p], ends[p + 1]), unit);
      }
    }
    forget();
  }

  private void write(Partition partition, ColumnVector[] columns, int[] rows, long unit)
      throws IOException {
    open(partition, unit);
    for (int from = 0; from < rows.length; from += BLOCK) {
      int[] block = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + BLOCK));
      ColumnVector[] picked = new ColumnVector[columns.length];
      for (int c = 0; c < picked.length; c++) {
        picked[c] = Gather.gather(columns[c], block, block.length);
      }
      partition.writer.write(Batch.of(inFiles, block.length, picked));
      partition.writer.endBlock();
    }
    partition.rows = rows.length;
    finish(partition);
  }

  private void open(Partition partition, long unit) throws IOException {
    String suffix =
        partition.files == 0 ? "" : String.format(Locale.ROOT, "_%06d", partition.files);
    partition.file = files.create(partition.folder, suffix);
    partition.writer = files.open(partition.file, inFiles);
    partition.writer.beginUnit(unit);
    partition.files++;
  }

  private void finish(Partition partition) throws IOException {
    PartWriter finished = partition.writer;
    partition.writer = null;
    finished.close();
    files.finished(new PartReceipt(partition.file.name(), partition.file.path(), partition.rows));
    partition.rows = 0;
  }

  /** Writes what is left, and closes all files. */
  void finish(long unit) throws IOException {
    flush(unit);
    for (Partition partition : direct()) {
      finish(partition);
    }
  }

  /** Closes what is open of a part that is not finished. */
  @Override
  public void close() throws IOException {
    IOException first = null;
    for (Partition partition : partitions) {
      if (partition.writer != null) {
        try {
          partition.writer.close();
        } catch (IOException e) {
          first = first == null ? e : first;
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
