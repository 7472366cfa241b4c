package io.drawbar.testkit;

import io.drawbar.io.Records;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.Row;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rows in another order, in other leaves and blocks, each time they are read, as the rows of an
 * engine's own dataset may be: a source without order.
 */
final class ShuffledSource implements Source {
  private static final AtomicLong READS = new AtomicLong();

  private final Schema schema;
  private final transient List<Row> rows;

  ShuffledSource(Schema schema, List<Row> rows) {
    this.schema = schema;
    this.rows = rows;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public String describe() {
    return "shuffled rows";
  }

  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    long read = READS.incrementAndGet();
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(read * 0x9E3779B97F4A7C15L));
    int leafRows = 1 + (int) ((read * 5 + desired) % 23);
    Layout other = new Layout(layout.leafBytes(), leafRows, 1 + (int) (read % 7));
    return Records.of(schema, shuffled).splits(other, desired, alignment);
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    return Records.of(schema, List.of()).open(split, layout, columns);
  }
}
