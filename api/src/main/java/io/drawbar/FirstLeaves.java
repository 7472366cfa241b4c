package io.drawbar;

import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Tolerance;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/**
 * The first leaves of a source; of a compressed file, which is one piece, the whole. What is beyond
 * is not looked at, so what is bad there is no error.
 *
 * @param count how many pieces
 */
record FirstLeaves(Source source, int count) implements Source {
  /** More than there are leaves: pieces are then as small as can be, wherever it runs. */
  private static final int FINEST = Integer.MAX_VALUE;

  /** How many pieces there are in all. */
  static int pieces(Source source, Layout layout) {
    return source.splits(layout, FINEST, 1).size();
  }

  @Override
  public Schema schema() {
    return source.schema();
  }

  @Override
  public String describe() {
    return "the first %s leaves of %s".formatted(count, source.describe());
  }

  @Override
  public boolean isOrdered() {
    return source.isOrdered();
  }

  @Override
  public Tolerance tolerance() {
    return source.tolerance().ofSome();
  }

  @Override
  public String place(int file, long offset) {
    return source.place(file, offset);
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    List<Split> all = source.splits(layout, FINEST, alignment);
    return all.subList(0, Math.min(all.size(), count));
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    return source.open(split, layout, columns);
  }
}
