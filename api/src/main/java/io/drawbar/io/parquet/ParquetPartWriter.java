package io.drawbar.io.parquet;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.spi.PartWriter;
import io.drawbar.type.Schema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/**
 * Writes rows into a Parquet file, straight from columns.
 *
 * <p>Where row groups and pages end depends on the rows alone, and not on how much memory there is
 * or in which batches they come: so the same rows are the same file.
 */
final class ParquetPartWriter implements PartWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  /** How much of a text there is in the index of pages. */
  private static final int INDEX_BYTES = 64;

  private final OutputStream stream;
  private final MessageType type;
  private final ParquetProperties properties;
  private final PageCodec codec;
  private final RowGroups groups;
  private final ParquetFileWriter file;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private CellWriter[] cells;
  private long rows;
  private long bytes;
  private boolean isBroken;

  ParquetPartWriter(
      OutputStream stream, String name, Schema schema, PageCodec codec, RowGroups groups)
      throws IOException {
    this.stream = new BufferedOutputStream(stream, BUFFER_BYTES);
    this.codec = codec;
    this.groups = groups;
    type = WrittenTypes.of(schema);
    properties =
        ParquetProperties.builder()
            .withAllocator(HeapByteBufferAllocator.getInstance())
            .withColumnIndexTruncateLength(INDEX_BYTES)
            .build();
    boolean isOpen = false;
    try {
      file =
          new ParquetFileWriter(
              new Target(this.stream, name),
              type,
              ParquetFileWriter.Mode.CREATE,
              groups.bytes(),
              0,
              INDEX_BYTES,
              Integer.MAX_VALUE,
              true);
      file.start();
      isOpen = true;
    } finally {
      if (!isOpen) {
        stream.close();
      }
    }
  }

  @Override
  public void write(Batch batch) throws IOException {
    isBroken = true;
    ColumnVector[] columns = batch.columns();
    for (int n = 0; n < batch.selected(); n++) {
      if (store == null) {
        beginGroup();
      }
      int row = batch.row(n);
      for (int c = 0; c < columns.length; c++) {
        bytes += cells[c].write(columns[c], row);
      }
      store.endRecord();
      rows++;
      if (rows == groups.rows() || bytes >= groups.bytes()) {
        endGroup();
      }
    }
    isBroken = false;
  }

  private void beginGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            new PageCompressor(codec),
            type,
            HeapByteBufferAllocator.getInstance(),
            INDEX_BYTES,
            true);
    store = properties.newColumnWriteStore(type, pages);
    List<CellWriter> writers = new ArrayList<>();
    for (ColumnDescriptor leaf : type.getColumns()) {
      writers.add(new CellWriter(store.getColumnWriter(leaf)));
    }
    cells = writers.toArray(CellWriter[]::new);
    rows = 0;
    bytes = 0;
  }

  private void endGroup() throws IOException {
    file.startBlock(rows);
    store.flush();
    pages.flushToFileWriter(file);
    file.endBlock();
    forget();
  }

  private void forget() {
    if (store != null) {
      store.close();
      pages.close();
    }
    store = null;
    pages = null;
    cells = null;
  }

  /** Ends the file, unless an attempt that has failed is being cleared away. */
  @Override
  public void close() throws IOException {
    try (stream) {
      if (!isBroken) {
        isBroken = true;
        if (store != null) {
          endGroup();
        }
        file.end(Map.of());
      }
    } finally {
      forget();
    }
  }

  /** What the library writes to. */
  private record Target(OutputStream stream, String name) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new Counting(stream);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }

    @Override
    public String getPath() {
      return name;
    }
  }

  private static final class Counting extends PositionOutputStream {
    private final OutputStream out;
    private long position;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      position++;
    }

    @Override
    public void write(byte[] from, int start, int length) throws IOException {
      out.write(from, start, length);
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
