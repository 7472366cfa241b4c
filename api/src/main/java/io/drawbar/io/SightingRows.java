package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.LongColumn;
import io.drawbar.column.StringColumn;
import io.drawbar.text.Utf8;
import io.drawbar.type.DataType;
import io.drawbar.type.Schema;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Sightings as rows of a dataset, one for each column and kind of cell in a block: what a source
 * hands out that is looked at instead of read.
 */
final class SightingRows {
  static final Schema SCHEMA =
      Schema.empty()
          .with("column", DataType.STRING)
          .with("kind", DataType.LONG)
          .with("count", DataType.LONG)
          .with("file", DataType.LONG)
          .with("position", DataType.LONG)
          .with("field", DataType.LONG)
          .with("text", DataType.STRING);

  private final List<long[]> numbers = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();

  void add(String column, CellKind kind, Sighting sighting) {
    numbers.add(
        new long[] {
          kind.ordinal(), sighting.count(), sighting.file(), sighting.position(), sighting.field()
        });
    texts.add(column);
    texts.add(sighting.text());
  }

  /** The rows so far, which are forgotten. */
  Batch batch() {
    int rows = numbers.size();
    LongColumn[] longs = new LongColumn[SCHEMA.size() - 2];
    for (int c = 0; c < longs.length; c++) {
      long[] values = new long[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = numbers.get(i)[c];
      }
      longs[c] = new LongColumn(rows, values, null);
    }
    Batch batch =
        Batch.of(
            SCHEMA,
            rows,
            texts(0, rows),
            longs[0],
            longs[1],
            longs[2],
            longs[3],
            longs[4],
            texts(1, rows));
    numbers.clear();
    texts.clear();
    return batch;
  }

  private StringColumn texts(int first, int rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] starts = new int[rows];
    int[] ends = new int[rows];
    for (int i = 0; i < rows; i++) {
      starts[i] = bytes.size();
      bytes.writeBytes(Utf8.encode(texts.get(2 * i + first)));
      ends[i] = bytes.size();
    }
    return new StringColumn(rows, bytes.toByteArray(), starts, ends, null);
  }

  /** Adds the rows of a batch to a partial. */
  static void addTo(Sightings sightings, Batch batch) {
    CellKind[] kinds = CellKind.values();
    for (int n = 0; n < batch.selected(); n++) {
      int row = batch.row(n);
      Sighting sighting =
          new Sighting(
              number(batch, 2, row),
              (int) number(batch, 3, row),
              number(batch, 4, row),
              (int) number(batch, 5, row),
              (String) batch.column(6).value(row));
      String column = (String) batch.column(0).value(row);
      sightings.add(column, kinds[(int) number(batch, 1, row)], sighting);
    }
  }

  private static long number(Batch batch, int column, int row) {
    return ((LongColumn) batch.column(column)).values()[row];
  }
}
