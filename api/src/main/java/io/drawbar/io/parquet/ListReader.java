package io.drawbar.io.parquet;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.ListColumn;
import io.drawbar.column.VectorColumn;
import io.drawbar.spi.MemoryLimitException;
import io.drawbar.type.DataType;
import io.drawbar.type.VectorType;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads a column of lists, of lists of lists, or of vectors.
 *
 * <p>Each value has two levels. The repetition level says which list it goes on with: 0 begins a
 * row, 1 adds an item to the row's list, 2 to the last list in it, and so on. The definition level
 * says how far there is something: a list that is null or empty is one entry that ends early.
 */
final class ListReader extends ColumnReader {
  private static final int LEVELS = 1 << 12;

  /** The most items of the lists of one block: an eighth of the heap. */
  private static final int MOST_ITEMS =
      (int) Math.min(1 << 28, Runtime.getRuntime().maxMemory() / 8 / 16);

  private final DataType type;
  private final int most;

  /** Lists around a value, from the outermost. */
  private final Lists[] lists;

  private final int[] repetitions = new int[LEVELS];
  private final int[] definitions = new int[LEVELS];

  /** Levels that have been taken of the page, and those of them that have been used. */
  private int taken;

  private int used;

  private int items;
  private boolean[] nullItems = {};
  private boolean hasNullItems;
  private double[][] elements;

  /** The lists of one depth. */
  private static final class Lists {
    /** The level from which on such a list is there; one more, and it has an item. */
    final int level;

    int[] starts = {};
    boolean[] nulls = {};
    boolean hasNulls;
    int count;

    Lists(int level) {
      this.level = level;
    }

    void add(int start, boolean isNull) {
      if (starts.length < count + 2) {
        starts = Arrays.copyOf(starts, (count + 2) * 2);
        nulls = Arrays.copyOf(nulls, (count + 2) * 2);
      }
      starts[count] = start;
      nulls[count] = isNull;
      hasNulls |= isNull;
      count++;
    }
  }

  ListReader(ValueColumn values, DataType type, int[] levels) {
    super(values);
    this.type = type;
    most = values.leaf.getMaxDefinitionLevel();
    lists = Arrays.stream(levels).mapToObj(Lists::new).toArray(Lists[]::new);
  }

  @Override
  void begin(Pages pages) {
    super.begin(pages);
    taken = 0;
    used = 0;
  }

  @Override
  void beginBlock(int rows) {
    values.beginBlock();
    items = 0;
    hasNullItems = false;
    for (Lists some : lists) {
      some.count = 0;
      some.hasNulls = false;
    }
  }

  @Override
  void read(int rows) throws IOException {
    while (true) {
      if (used == taken && !moreLevels()) {
        break;
      }
      if (lists[0].count == rows && repetitions[used] == 0) {
        break;
      }
      take(rows);
    }
    if (lists[0].count < rows) {
      throw new DamageException("it has fewer rows than the footer says");
    }
  }

  /** Has levels of the page, or of the next; false at the end of the row group. */
  private boolean moreLevels() throws IOException {
    if (left == 0 && !nextPage()) {
      return false;
    }
    taken = Math.min(left, LEVELS);
    used = 0;
    left -= taken;
    pages.repetitions.read(repetitions, 0, taken);
    pages.definitions.read(definitions, 0, taken);
    return true;
  }

  /** Takes what belongs to the rows of the block, of the levels that are there. */
  private void take(int rows) {
    int first = items;
    int present = 0;
    reserve(items + (taken - used));
    while (used < taken && !(repetitions[used] == 0 && lists[0].count == rows)) {
      int repetition = repetitions[used];
      int definition = definitions[used];
      used++;
      if (repetition > lists.length || (repetition > 0 && lists[repetition - 1].count == 0)) {
        throw new DamageException("a value goes on with a list that is not there");
      }
      int depth = repetition;
      while (depth < lists.length) {
        Lists list = lists[depth];
        list.add(next(depth), definition < list.level);
        if (definition <= list.level) {
          break;
        }
        depth++;
      }
      if (depth == lists.length) {
        boolean isNull = definition < most;
        nullItems[items] = isNull;
        hasNullItems |= isNull;
        present += isNull ? 0 : 1;
        items++;
      }
    }
    values.read(first, present);
    if (present < items - first) {
      values.spread(nullItems, first, present, items - first);
    }
  }

  /** The index of the next item of a list of a depth. */
  private int next(int depth) {
    return depth + 1 < lists.length ? lists[depth + 1].count : items;
  }

  private void reserve(int count) {
    if (count > MOST_ITEMS) {
      throw tooMany(count);
    }
    if (nullItems.length < count) {
      int room = (int) Math.min(MOST_ITEMS, count * 3L / 2);
      nullItems = Arrays.copyOf(nullItems, room);
      values.reserve(room);
    }
  }

  @Override
  ColumnVector vector(int rows) {
    ColumnVector column = values.vector(items, hasNullItems ? nullItems : null);
    if (type instanceof VectorType vector) {
      return vectors(rows, vector.size());
    }
    for (int depth = lists.length - 1; depth >= 0; depth--) {
      Lists list = lists[depth];
      int size = depth == 0 ? rows : list.count;
      int[] starts = list.starts;
      int[] ends = starts.length == 0 ? starts : Arrays.copyOfRange(starts, 1, starts.length);
      if (size > 0) {
        ends[size - 1] = next(depth);
      }
      column = new ListColumn(size, starts, ends, column, list.hasNulls ? list.nulls : null);
    }
    return column;
  }

  /** Lists of the one length that all vectors of a column have. */
  private ColumnVector vectors(int rows, int size) {
    Lists list = lists[0];
    for (int row = 0; row < rows; row++) {
      int end = row + 1 < rows ? list.starts[row + 1] : items;
      if (!list.nulls[row] && end - list.starts[row] != size) {
        throw new ValueRangeException(
            row,
            "a list of %s items, where a vector has %s".formatted(end - list.starts[row], size));
      }
    }
    if ((long) size * rows > MOST_ITEMS) {
      throw tooMany((long) size * rows);
    }
    if (elements == null || elements[0].length < rows) {
      elements = new double[size][rows];
    }
    double[] numbers = ((DoubleValues) values).values();
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < size && !list.nulls[row]; j++) {
        int item = list.starts[row] + j;
        if (hasNullItems && nullItems[item]) {
          throw new ValueRangeException(row, "item %s of a vector is null".formatted(j));
        }
        elements[j][row] = numbers[item];
      }
    }
    return new VectorColumn(rows, elements, list.hasNulls ? list.nulls : null);
  }

  private static MemoryLimitException tooMany(long count) {
    return new MemoryLimitException(
        ("the lists of a block have %s items, and may have %s. Use a smaller drawbar.block.rows,"
                + " or give the JVM more heap (-Xmx).")
            .formatted(count, MOST_ITEMS));
  }
}
