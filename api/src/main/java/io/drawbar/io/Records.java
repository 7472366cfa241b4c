package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.column.BatchCodec;
import io.drawbar.spi.BadRowException;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.RowCheck;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.RecordBinding;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Rows in memory: one file with leaves of a number of rows.
 *
 * <pre>{@code
 * session.read(Records.of(List.of(new Point(1, 2), new Point(3, 4)), Point.class))
 * }</pre>
 *
 * <p>The rows are copied when the source is made; later changes to the list are not seen. They go
 * to the tasks inside the splits, as bytes.
 */
public final class Records implements Source {
  private static final long serialVersionUID = 1;
  private static final int CHUNK_ROWS = 4096;

  private final Schema schema;
  private final long count;

  /** Only on the driver: Java serialisation never carries rows. */
  private final transient List<Batch> chunks;

  private Records(Schema schema, int count, IntFunction<Row> rows) {
    this.schema = schema;
    this.count = count;
    List<Batch> copied = new ArrayList<>();
    BatchBuilder builder = new BatchBuilder(schema);
    for (int i = 0; i < count; i++) {
      Row row = rows.apply(i);
      RowCheck.check(schema, row, "the records", i + 1);
      builder.append(row);
      if (builder.rows() == CHUNK_ROWS) {
        copied.add(builder.build());
      }
    }
    if (builder.rows() > 0) {
      copied.add(builder.build());
    }
    chunks = copied;
  }

  /**
   * The given rows.
   *
   * @throws BadRowException if a row has other columns or a value that is not of its column's type;
   *     names the row, counted from 1, and the column
   */
  public static Records of(Schema schema, List<Row> rows) {
    return new Records(schema, rows.size(), rows::get);
  }

  /**
   * The given records, a column a component.
   *
   * @throws io.drawbar.type.RecordBindingException if the class cannot be rows
   * @throws BadRowException if a record is null
   */
  public static <R extends Record> Records of(List<R> records, Class<R> recordClass) {
    RecordBinding<R> binding = RecordBinding.of(recordClass);
    return new Records(
        binding.schema(),
        records.size(),
        i -> records.get(i) == null ? null : binding.row(records.get(i)));
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public String describe() {
    return "records (%s rows)".formatted(count);
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    if (chunks == null) {
      throw new IllegalStateException("records are cut into splits on the driver, not in a task");
    }
    long leaves = (count + layout.leafRows() - 1) / layout.leafRows();
    long share = Math.max(1, (leaves + desired - 1) / Math.max(1, desired));
    long step = (share + alignment - 1) / alignment * alignment;
    List<Split> splits = new ArrayList<>();
    for (long first = 0; first < leaves; first += step) {
      splits.add(split(layout, first, Math.min(leaves, first + step)));
    }
    return splits;
  }

  private RecordSplit split(Layout layout, long firstLeaf, long endLeaf) {
    List<byte[]> blocks = new ArrayList<>();
    List<Long> leafOf = new ArrayList<>();
    for (long leaf = firstLeaf; leaf < endLeaf; leaf++) {
      long end = Math.min(count, (leaf + 1) * layout.leafRows());
      for (long from = leaf * layout.leafRows(); from < end; from += layout.blockRows()) {
        blocks.add(encode(from, Math.min(end, from + layout.blockRows())));
        leafOf.add(leaf);
      }
    }
    return new RecordSplit(
        leafOf.stream().mapToLong(Long::longValue).toArray(), blocks.toArray(byte[][]::new));
  }

  private byte[] encode(long from, long to) {
    BatchBuilder builder = new BatchBuilder(schema);
    for (long i = from; i < to; i++) {
      builder.append(chunks.get((int) (i / CHUNK_ROWS)), (int) (i % CHUNK_ROWS));
    }
    return BatchCodec.encode(builder.build(), 0);
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) {
    return new RecordReader((RecordSplit) split, schema, columns);
  }
}
