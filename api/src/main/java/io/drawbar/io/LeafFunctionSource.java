package io.drawbar.io;

import io.drawbar.column.Batch;
import io.drawbar.column.LongColumn;
import io.drawbar.spi.Layout;
import io.drawbar.spi.LeafReader;
import io.drawbar.spi.Source;
import io.drawbar.spi.Split;
import io.drawbar.spi.Unit;
import io.drawbar.type.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The leaves of files of CSV whose quotes span lines, as rows of {@link LeafFunctions}.
 *
 * @param wholes the files, a split each, of several leaves, and none compressed: those are read
 *     from their start, where there is nothing to find out
 */
record LeafFunctionSource(InputFiles files, ArrayList<TextSplit> wholes, CsvDialect dialect)
    implements Source {
  private static final long serialVersionUID = 1;

  static LeafFunctionSource of(InputFiles files, CsvDialect dialect, Layout layout) {
    ArrayList<TextSplit> wholes = new ArrayList<>();
    for (Split split : files.splits(layout, 1, 1)) {
      TextSplit whole = (TextSplit) split;
      if (!whole.isCompressed() && whole.endLeaf() > 1) {
        wholes.add(whole.range(wholes.size(), 0, whole.endLeaf(), layout));
      }
    }
    return new LeafFunctionSource(files, wholes, dialect);
  }

  @Override
  public Schema schema() {
    return LeafFunctions.SCHEMA;
  }

  @Override
  public String describe() {
    return "quotes in csv " + files.describe();
  }

  @Override
  public List<Split> splits(Layout layout, int desired, int alignment) {
    long leaves = wholes.stream().mapToLong(TextSplit::endLeaf).sum();
    long step = Math.max(1, leaves / Math.max(1, desired));
    List<Split> splits = new ArrayList<>();
    for (TextSplit whole : wholes) {
      for (long first = 0; first < whole.endLeaf(); first += step) {
        long end = Math.min(whole.endLeaf(), first + step);
        splits.add(whole.range(whole.file(), first, end, layout));
      }
    }
    return splits;
  }

  @Override
  public LeafReader open(Split split, Layout layout, List<String> columns) throws IOException {
    return new Reader((TextSplit) split, layout, columns);
  }

  private final class Reader implements LeafReader {
    private static final int CHUNK = 1 << 16;

    private final TextSplit split;
    private final Layout layout;
    private final Schema wanted;
    private final RowAutomaton automaton = new RowAutomaton(dialect);
    private final CountingStream stored;
    private final TextBuffer buffer;
    private int at;
    private long leaf;
    private boolean isTold = true;

    Reader(TextSplit split, Layout layout, List<String> columns) throws IOException {
      this.split = split;
      this.layout = layout;
      wanted = new Schema(columns.stream().map(LeafFunctions.SCHEMA::field).toList());
      leaf = split.firstLeaf() - 1;
      long start = TextSplit.position(split.firstLeaf(), layout);
      boolean isAtMark = start <= TextReader.MARK_BYTES;
      long first = isAtMark ? 0 : start;
      long end = TextSplit.position(split.endLeaf(), layout);
      stored = new CountingStream(files.system().open(split.path(), first));
      buffer = new TextBuffer(stored, first, end, CHUNK);
      boolean opened = false;
      try {
        at = isAtMark ? Math.max(TextReader.afterMark(buffer), (int) start) : 0;
        opened = true;
      } finally {
        if (!opened) {
          buffer.close();
        }
      }
    }

    @Override
    public boolean nextLeaf() throws IOException {
      if (!isTold) {
        nextBlock();
      }
      leaf++;
      isTold = leaf >= split.endLeaf();
      return !isTold;
    }

    @Override
    public long unit() {
      return Unit.leaf(split.file(), leaf);
    }

    @Override
    public Batch nextBlock() throws IOException {
      if (isTold) {
        return null;
      }
      isTold = true;
      long end = TextSplit.position(leaf + 1, layout);
      int function = RowAutomaton.identity();
      while (buffer.position(at) < end) {
        if (at == buffer.limit()) {
          if (buffer.ended()) {
            break;
          }
          at -= buffer.drop(at);
          buffer.more(at);
          continue;
        }
        int to = (int) Math.min(buffer.limit(), at + (end - buffer.position(at)));
        function = automaton.after(function, buffer.bytes(), at, to);
        at = to;
      }
      long[][] values = {{unit()}, {function}};
      LongColumn[] columns =
          wanted.names().stream()
              .map(name -> new LongColumn(1, values[LeafFunctions.SCHEMA.indexOf(name)], null))
              .toArray(LongColumn[]::new);
      return Batch.of(wanted, 1, columns);
    }

    @Override
    public long bytesRead() {
      return stored.count();
    }

    @Override
    public void close() throws IOException {
      buffer.close();
    }
  }
}
