package io.drawbar.io;

import io.drawbar.column.ColumnVector;
import io.drawbar.column.ListColumn;
import io.drawbar.type.ListType;
import java.util.Arrays;

/** Arrays of any length, whose items are a column of their own. */
final class JsonListColumn extends JsonColumn {
  private final JsonColumn items;
  private int[] starts = new int[FIRST];
  private int[] ends = new int[FIRST];

  JsonListColumn(ListType type) {
    super(type);
    items = JsonColumn.of(type.item());
  }

  @Override
  void begin() {
    super.begin();
    items.begin();
  }

  @Override
  void grow(int capacity) {
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
  }

  @Override
  void put(JsonScanner in) throws BadTextException {
    if (in.next() != '[') {
      throw mismatch(in, type);
    }
    in.open();
    starts[size] = items.size;
    for (boolean more = !in.isEmpty(); more; more = in.more()) {
      if (in.next() == 'n') {
        in.word("null");
        items.addNull();
      } else {
        items.add(in);
      }
    }
    ends[size] = items.size;
  }

  @Override
  void omit() {
    starts[size] = items.size;
    ends[size] = items.size;
  }

  @Override
  ColumnVector column() {
    return new ListColumn(size, starts, ends, items.column(), nullsIfAny());
  }
}
