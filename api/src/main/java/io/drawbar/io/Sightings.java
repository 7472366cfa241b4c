package io.drawbar.io;

import io.drawbar.iterate.Partial;
import io.drawbar.text.Utf8;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What has been seen in some blocks, by the name of the column and the kind of the cell: counts,
 * which add up, and first places, whose least is kept. So merging is exact.
 *
 * <p>It is bounded. With more columns, or longer names, than is allowed it knows nothing any more
 * but that, and so does every partial that it is merged into: whether that happens does not depend
 * on the order either, since the names of all blocks together are what they are.
 */
final class Sightings implements Partial<Sightings> {
  /** The most columns, those of the files that are not read counted, too. */
  static final int MOST_COLUMNS = 10_000;

  /** The most bytes that their names have together, in UTF-8; of fields in objects, the paths. */
  static final int MOST_NAME_BYTES = 1 << 22;

  private static final int MOST_TEXT_BYTES = 1 << 13;

  /** The name under which rows are counted, and files. */
  static final String ROWS = "";

  private final TreeMap<String, Sighting[]> columns = new TreeMap<>();
  private long nameBytes;
  private boolean overflown;

  /** Whether there were too many columns; then nothing else is known. */
  boolean isOverflown() {
    return overflown;
  }

  /** The names of columns, in the order of their characters. */
  List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** What is known of a kind of cell, or null if there was none. */
  Sighting of(String column, CellKind kind) {
    Sighting[] kinds = columns.get(column);
    return kinds == null ? null : kinds[kind.ordinal()];
  }

  /** How many cells of a kind there were. */
  long count(String column, CellKind kind) {
    Sighting sighting = of(column, kind);
    return sighting == null ? 0 : sighting.count();
  }

  void add(String column, CellKind kind, Sighting sighting) {
    if (kind == CellKind.OVERFLOW) {
      overflow();
    }
    if (overflown) {
      return;
    }
    Sighting[] kinds = columns.get(column);
    if (kinds == null) {
      nameBytes += Utf8.encode(column).length;
      // Rows are counted under a name that is no column's.
      if (columns.size() > MOST_COLUMNS || nameBytes > MOST_NAME_BYTES) {
        overflow();
        return;
      }
      kinds = new Sighting[CellKind.COUNT];
      columns.put(column, kinds);
    }
    Sighting before = kinds[kind.ordinal()];
    kinds[kind.ordinal()] = before == null ? sighting : before.and(sighting);
  }

  private void overflow() {
    overflown = true;
    columns.clear();
  }

  @Override
  public void merge(Sightings other) {
    if (other.overflown) {
      overflow();
    }
    for (Map.Entry<String, Sighting[]> column : other.columns.entrySet()) {
      for (CellKind kind : CellKind.values()) {
        Sighting sighting = column.getValue()[kind.ordinal()];
        if (sighting != null) {
          add(column.getKey(), kind, sighting);
        }
      }
    }
  }

  @Override
  public void encode(DataOutput out) throws IOException {
    out.writeBoolean(overflown);
    out.writeInt(columns.size());
    for (Map.Entry<String, Sighting[]> column : columns.entrySet()) {
      write(out, column.getKey());
      int present = 0;
      for (int k = 0; k < CellKind.COUNT; k++) {
        present |= column.getValue()[k] == null ? 0 : 1 << k;
      }
      out.writeInt(present);
      for (Sighting sighting : column.getValue()) {
        if (sighting != null) {
          out.writeLong(sighting.count());
          out.writeInt(sighting.file());
          out.writeLong(sighting.position());
          out.writeInt(sighting.field());
          write(out, sighting.text());
        }
      }
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if it is something else
   */
  static Sightings decode(DataInput in) throws IOException {
    Sightings sightings = new Sightings();
    sightings.overflown = in.readBoolean();
    int count = within(in.readInt(), MOST_COLUMNS + 1, "columns");
    for (int i = 0; i < count; i++) {
      String name = read(in, MOST_NAME_BYTES);
      int present = within(in.readInt(), (1 << CellKind.COUNT) - 1, "kinds");
      for (CellKind kind : CellKind.values()) {
        if ((present >>> kind.ordinal() & 1) != 0) {
          Sighting sighting =
              new Sighting(
                  in.readLong(),
                  in.readInt(),
                  in.readLong(),
                  in.readInt(),
                  read(in, MOST_TEXT_BYTES));
          sightings.add(name, kind, sighting);
        }
      }
    }
    return sightings;
  }

  private static void write(DataOutput out, String text) throws IOException {
    byte[] bytes = Utf8.encode(text);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String read(DataInput in, int most) throws IOException {
    byte[] bytes = new byte[within(in.readInt(), most, "bytes of text")];
    in.readFully(bytes);
    return Utf8.toString(bytes, 0, bytes.length);
  }

  private static int within(int value, int most, String what) throws IOException {
    if (value < 0 || value > most) {
      throw new IOException("sightings with %s %s, at most %s".formatted(value, what, most));
    }
    return value;
  }
}
