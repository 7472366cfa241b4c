package io.drawbar;

import io.drawbar.column.Batch;
import io.drawbar.column.BatchBuilder;
import io.drawbar.spi.BadRowListener;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.List;

/** A source that leaves bad rows out as it should not. */
record LosingSource(Source source, Loss loss) implements Source {
  /** How they get lost. */
  enum Loss {
    /** Those after them move up. */
    MOVES_UP,
    /** Nobody is told. */
    SILENT
  }

  @Override
  public Schema schema() {
    return source.schema();
  }

  @Override
  public String describe() {
    return source.describe();
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    return source.splits(layout, desired, alignment);
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    return new Losing(source.open(split, layout, columns), loss);
  }

  private record Losing(LeafReader reader, Loss loss) implements LeafReader {
    @Override
    public void tell(BadRowListener listener) {
      // Nobody hears of it.
    }

    @Override
    public boolean nextLeaf() throws IOException {
      return reader.nextLeaf();
    }

    @Override
    public long unit() {
      return reader.unit();
    }

    @Override
    public Batch nextBlock() throws IOException {
      Batch block = reader.nextBlock();
      if (block == null || loss == Loss.SILENT) {
        return block;
      }
      BatchBuilder good = new BatchBuilder(block.schema());
      for (int n = 0; n < block.selected(); n++) {
        good.append(block, block.row(n));
      }
      return good.build();
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
