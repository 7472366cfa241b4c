package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.column.ColumnVector;
import io.drawbar.column.LongColumn;
import io.drawbar.iterate.BlockFold;
import io.drawbar.iterate.LeafKernel;
import io.drawbar.iterate.Partial;
import io.drawbar.text.DecimalFormatter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How many keys several rows have, how many rows these are, and the keys that most rows have. */
final class Duplicates implements Partial<Duplicates> {
  private static final int SHOWN = 5;
  private static final int LONGEST = 200;

  /** A key, and how many rows have it. */
  private record Key(long rows, String text) {
    static final Comparator<Key> IN_ORDER =
        Comparator.comparingLong((Key key) -> -key.rows()).thenComparing(Key::text);
  }

  private final List<Key> most = new ArrayList<>();
  private long keys;
  private long rows;

  /** How many keys several rows have. */
  long keys() {
    return keys;
  }

  /** How many rows have such a key. */
  long rows() {
    return rows;
  }

  /** The keys that most rows have, as text, with their numbers of rows. */
  List<String> shown() {
    return most.stream().map(key -> "%s: %s rows".formatted(key.text(), key.rows())).toList();
  }

  private void add(Key key) {
    most.add(key);
    most.sort(Key.IN_ORDER);
    if (most.size() > SHOWN) {
      most.remove(SHOWN);
    }
  }

  @Override
  public void merge(Duplicates other) {
    keys += other.keys;
    rows += other.rows;
    other.most.forEach(this::add);
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeLong(keys);
    out.writeLong(rows);
    out.writeByte(most.size());
    for (Key key : most) {
      out.writeLong(key.rows());
      out.writeUTF(key.text());
    }
  }

  /**
   * Looks at rows that are keys several rows have.
   *
   * @param columns those of the key, and a LONG, how many rows have it
   */
  record Kernel(List<String> columns) implements LeafKernel<Duplicates> {
    private static final long serialVersionUID = 1;

    @Override
    public Duplicates identity() {
      return new Duplicates();
    }

    @Override
    public Duplicates decode(DataInput in) throws IOException {
      Duplicates found = new Duplicates();
      found.keys = in.readLong();
      found.rows = in.readLong();
      int shown = in.readUnsignedByte();
      if (found.keys < 0 || found.rows < 0 || shown > SHOWN) {
        throw new IOException(
            "%s rows of %s keys, %s shown".formatted(found.rows, found.keys, shown));
      }
      for (int k = 0; k < shown; k++) {
        found.most.add(new Key(in.readLong(), in.readUTF()));
      }
      return found;
    }

    @Override
    public BlockFold<Duplicates> open() {
      return new BlockFold<>() {
        private Duplicates block = new Duplicates();

        @Override
        public void batch(Batch batch) {
          LongColumn counts = (LongColumn) batch.column(columns.size() - 1);
          for (int n = 0; n < batch.selected(); n++) {
            int row = batch.row(n);
            block.keys++;
            block.rows += counts.values()[row];
            block.add(new Key(counts.values()[row], text(batch, row)));
          }
        }

        @Override
        public void endBlock(Duplicates into) {
          into.merge(block);
          block = new Duplicates();
        }
      };
    }

    private String text(Batch batch, int row) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < columns.size() - 1; c++) {
        ColumnVector column = batch.column(c);
        Object value = column.value(row);
        text.append(c == 0 ? "" : ", ").append(columns.get(c)).append('=');
        text.append(value instanceof Double d ? DecimalFormatter.toString(d) : value);
      }
      return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text.toString();
    }
  }
}
