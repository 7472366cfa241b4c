package io.drawbar.io.parquet;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.error.DrawbarException;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.DamagedFileException;
import io.drawbar.spi.FileSystem;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** Reads row groups, each of which is a leaf, block by block. */
final class ParquetReader implements LeafReader {
  /** How many bytes of all columns are asked for at a time. */
  private static final int BUFFERS = 64 << 20;

  private static final int LEAST_PIECE = 1 << 18;
  private static final int MOST_PIECE = 8 << 20;

  private final ParquetSplit split;
  private final FileSystem system;
  private final int blockRows;
  private final Schema wanted;
  private final Footer footer;
  private final int end;
  private final List<ColumnBinding> bindings;
  private final List<ColumnReader> columns = new ArrayList<>();
  private final Decompressor decompressor = new Decompressor();
  private int group;
  private long groupStart;
  private long rowsDone;
  private long rowsLeft;
  private long bytesRead;

  /**
   * Columns that nobody asked for, and that are read because only their values say they are good.
   */
  private final List<Integer> checked = new ArrayList<>();

  /**
   * A reader before the first row group of a range.
   *
   * @param bindings of all declared columns, in their order
   * @param wanted the columns that blocks have
   */
  ParquetReader(
      ParquetSplit split,
      FileSystem system,
      Layout layout,
      Footer footer,
      List<ColumnBinding> bindings,
      Schema wanted) {
    this.split = split;
    this.system = system;
    this.footer = footer;
    this.bindings = bindings;
    this.wanted = wanted;
    blockRows = layout.blockRows();
    end = Math.min(split.endGroup(), footer.groups().size());
    bindings.forEach(binding -> columns.add(null));
    group = split.firstGroup() - 1;
    groupStart = footer.firstRow(Math.min(split.firstGroup(), end));
    bytesRead = footer.bytesRead();
  }

  @Override
  public boolean nextLeaf() throws IOException {
    while (nextBlock() != null) {
      // What the caller did not look at is checked all the same.
    }
    leave();
    do {
      if (group >= split.firstGroup()) {
        groupStart += footer.groups().get(group).getRowCount();
      }
      group++;
    } while (group < end && footer.groups().get(group).getRowCount() == 0);
    if (group >= end) {
      return false;
    }
    enter(footer.groups().get(group));
    return true;
  }

  private void enter(BlockMetaData rows) {
    rowsDone = 0;
    rowsLeft = rows.getRowCount();
    checked.clear();
    int used = 0;
    for (int c = 0; c < bindings.size(); c++) {
      boolean isWanted = wanted.names().contains(bindings.get(c).field().name());
      if (!isWanted && !bindings.get(c).isGood(rows)) {
        checked.add(c);
      }
      used += isWanted ? 1 : 0;
    }
    int piece = BUFFERS / Math.max(1, used + checked.size());
    piece = Math.max(LEAST_PIECE, Math.min(MOST_PIECE, piece));
    for (int c = 0; c < bindings.size(); c++) {
      if (wanted.names().contains(bindings.get(c).field().name()) || checked.contains(c)) {
        begin(c, rows, piece);
      }
    }
  }

  private void begin(int c, BlockMetaData rows, int piece) {
    ColumnBinding binding = bindings.get(c);
    ColumnChunkMetaData chunk = rows.getColumns().get(binding.index());
    Decompressor.check(chunk.getCodec(), place(c));
    long start = chunk.getStartingPos();
    ChunkInput in =
        new ChunkInput(system, split.path(), start, start + chunk.getTotalSize(), piece);
    if (columns.get(c) == null) {
      columns.set(c, binding.reader());
    }
    columns.get(c).begin(new Pages(in, binding.leaf(), chunk, decompressor));
  }

  /** A row group has been read. */
  private void leave() {
    for (ColumnReader column : columns) {
      if (column != null && column.pages != null) {
        bytesRead += column.pages.bytesRead();
        column.pages = null;
      }
    }
  }

  @Override
  public long unit() {
    return Unit.leaf(split.file(), group);
  }

  @Override
  public Batch nextBlock() throws IOException {
    if (rowsLeft == 0) {
      return null;
    }
    int rows = (int) Math.min(blockRows, rowsLeft);
    ColumnVector[] block = new ColumnVector[wanted.size()];
    Bad bad = null;
    for (int c = 0; c < bindings.size(); c++) {
      if (columns.get(c) != null && columns.get(c).pages != null) {
        Bad here = read(c, rows, block);
        bad = bad == null || (here != null && here.row < bad.row) ? here : bad;
      }
    }
    if (bad != null) {
      throw bad.exception;
    }
    rowsLeft -= rows;
    rowsDone += rows;
    return Batch.of(wanted, rows, block);
  }

  /** The first bad row of a column, in a block. */
  private record Bad(int row, BadRowException exception) {}

  private Bad read(int c, int rows, ColumnVector[] block) throws IOException {
    ColumnReader column = columns.get(c);
    ColumnVector values;
    try {
      column.beginBlock(rows);
      column.read(rows);
      values = column.vector(rows);
    } catch (ValueRangeException e) {
      return bad(c, e.row(), e.getMessage());
    } catch (DamageException e) {
      throw Footer.damaged(place(c) + ", page " + column.pages.number(), e.getMessage());
    } catch (MemoryLimitException e) {
      throw new MemoryLimitException(place(c) + ": " + e.getMessage());
    } catch (DrawbarException e) {
      throw e;
    } catch (RuntimeException e) {
      // A reader of the library, or a loop of ours, has met bytes that cannot be.
      throw new DamagedFileException(
          "%s, page %s, cannot be decoded (%s). Write it again, or fetch it again."
              .formatted(place(c), column.pages.number(), e));
    }
    String name = bindings.get(c).field().name();
    if (wanted.names().contains(name)) {
      block[wanted.indexOf(name)] = values;
    }
    if (bindings.get(c).field().isRequired() && values.nulls() != null) {
      for (int row = 0; row < rows; row++) {
        if (values.isNull(row)) {
          return bad(
              c,
              row,
              "the value is null, and %s is required; declare it with Field.optional, or with Long,"
                      .formatted(bindings.get(c).field())
                  + " Double or Boolean in a record");
        }
      }
    }
    return null;
  }

  private Bad bad(int c, int row, String how) {
    long first = groupStart + rowsDone + 1;
    String where = row < 0 ? "a row from %s on".formatted(first) : "row " + (first + row);
    return new Bad(
        Math.max(0, row),
        new BadRowException(
            "%s, %s (row group %s), column '%s': %s"
                .formatted(split.shown(), where, group, bindings.get(c).field().name(), how)));
  }

  private String place(int c) {
    return "%s, row group %s, column '%s'"
        .formatted(split.shown(), group, String.join(".", bindings.get(c).leaf().getPath()));
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() {
    leave();
    decompressor.close();
  }
}
