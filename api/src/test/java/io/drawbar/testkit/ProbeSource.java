package io.drawbar.testkit;

import io.drawbar.column.Batch;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A source that tells a {@link Probe} who reads it when, and has its readers wait for each other.
 *
 * @param source has the rows
 * @param probe the name of the probe
 */
record ProbeSource(Source source, String probe) implements Source {
  /** A range of the source with its place among all of them. */
  private record Range(Split split, int position, int ranges) implements Split {
    @Override
    public long firstUnit() {
      return split.firstUnit();
    }

    @Override
    public long bytes() {
      return split.bytes();
    }
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
    Probe.find(probe).beginCutting();
    try {
      List<Split> splits = source.splits(layout, desired, alignment);
      List<Split> ranges = new ArrayList<>();
      for (int position = 0; position < splits.size(); position++) {
        ranges.add(new Range(splits.get(position), position, splits.size()));
      }
      return ranges;
    } finally {
      Probe.find(probe).endCutting();
    }
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    Range range = (Range) split;
    Probe.find(probe).open(range.position(), range.ranges());
    return new Reader(source.open(range.split(), layout, columns), range, Probe.find(probe));
  }

  private record Reader(LeafReader reader, Range range, Probe probe) implements LeafReader {
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
      return reader.nextBlock();
    }

    @Override
    public long bytesRead() {
      return reader.bytesRead();
    }

    @Override
    public void close() throws IOException {
      reader.close();
      probe.close(range.position(), range.ranges());
    }
  }
}
